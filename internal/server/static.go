package server

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"sort"
	"strings"

	"galley/internal/forge"
	"galley/internal/post"
	"galley/internal/sass"
	"galley/internal/site"
)

// staticKinds are the files of a site that are served: none of them can carry
// a script but SVG, which the policy keeps from running any.
var staticKinds = map[string]string{
	".css": "text/css; charset=utf-8",
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".avif": "image/avif", ".svg": "image/svg+xml", ".ico": "image/x-icon", ".bmp": "image/bmp",
	".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".wav": "audio/wav", ".flac": "audio/flac",
	".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg",
	".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8",
}

// kindOf is the type of a file that is served, by its name; empty for others.
func kindOf(name string) string { return staticKinds[strings.ToLower(path.Ext(name))] }

// maxStatic is the largest file of a site that is served, in bytes: it is held
// in memory on its way.
const maxStatic = 32 << 20

// static answers with a file of the site at its default branch, or of the
// built-in templates where the site has none of that name.
func (s *Server) static(w http.ResponseWriter, r *http.Request) {
	data, etag, err := s.staticFile(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	kind := kindOf(r.URL.Path)
	h := w.Header()
	staticPolicy(h)
	switch {
	case strings.HasPrefix(kind, "font/"):
		h.Set("Access-Control-Allow-Origin", "*") // fonts are only loaded across origins with it
	case kind == "application/pdf":
		h.Set("Content-Disposition", "attachment") // a sandboxed viewer does not open
	}
	s.cached(w, r, etag, kind, data)
}

// staticFile finds what a request's path stands for. etag is empty where
// nothing names the content.
func (s *Server) staticFile(r *http.Request) (data []byte, etag string, err error) {
	missing := refuse(http.StatusNotFound, kindNotFound, "The site has no such file on its default branch, or none that Galley serves.")
	name := strings.TrimPrefix(r.URL.Path, "/")
	if !served(name) {
		return nil, "", missing
	}
	f, err := s.forge(r)
	if errors.Is(err, forge.ErrUnauthorized) && s.cfg.Public != nil {
		f, err = remembering{forge.Within(s.cfg.Public, s.cfg.Folder), s.blobs}, nil
	}
	if err != nil {
		return nil, "", err // for built-in files, too: the site may have its own
	}
	tree, err := s.trees.of(r.Context(), f, "")
	if err != nil {
		return nil, "", err
	}
	entry, ok := find(tree, name)
	if !ok {
		if data, etag, err = s.styleSheet(r, f, tree, name); data != nil || err != nil {
			return data, etag, err
		}
		// The site's pages may be in a folder of their host.
		if at, err := s.siteOf(r.Context(), f, tree); err == nil {
			if inside, found := strings.CutPrefix("/"+name, at.site.Config().BaseURL+"/"); found && inside != name && served(inside) {
				name = inside
				if entry, ok = find(tree, name); !ok {
					if data, etag, err = s.styleSheet(r, f, tree, name); data != nil || err != nil {
						return data, etag, err
					}
				}
			}
		}
	}
	if !ok {
		data, err := fs.ReadFile(s.cfg.BuiltIn, name)
		if errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(name, "assets/") {
			return nil, "", missing
		}
		return data, "", err
	}
	if entry.Size > maxStatic {
		return nil, "", refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "The file is too large to be shown here: it has more than %d MB.", maxStatic>>20)
	}
	data, err = f.Blob(r.Context(), entry.Blob)
	if err == nil && mayBePage(name) && post.Parse(data).HasFrontMatter {
		return s.rendered(r, f, tree, name, data)
	}
	return data, entry.Blob, err
}

// mayBePage tells whether a file that is served is one that a build renders
// when it begins with front matter: a style sheet made by a template, say.
func mayBePage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".css", ".svg", ".txt":
		return true
	}
	return false
}

// rendered gives a file as the built site has it.
func (s *Server) rendered(r *http.Request, f forge.Forge, tree forge.Tree, name string, src []byte) (data []byte, etag string, err error) {
	at, err := s.siteOf(r.Context(), f, tree)
	if err != nil {
		return nil, "", err
	}
	var page site.Page
	if err := s.renders.run(r.Context(), &at.ending, func() { page = at.site.RenderPost(name, src) }); err != nil {
		return nil, "", err
	}
	return page.HTML, "", nil
}

// styleSheet compiles the sheet in Sass that a style sheet is made of; it gives
// nothing where there is none. etag names the CSS.
func (s *Server) styleSheet(r *http.Request, f forge.Forge, tree forge.Tree, name string) (css []byte, etag string, err error) {
	base, is := strings.CutSuffix(name, ".css")
	if !is || s.cfg.Sass == nil {
		return nil, "", nil
	}
	for _, ext := range []string{".scss", ".sass"} {
		entry, ok := find(tree, base+ext)
		if !ok || entry.Size > maxPost {
			continue
		}
		src, err := f.Blob(r.Context(), entry.Blob)
		if err != nil {
			return nil, "", err
		}
		if !post.Parse(src).HasFrontMatter {
			continue
		}
		at, err := s.siteOf(r.Context(), f, tree)
		if err != nil {
			return nil, "", err
		}
		files, err := forge.Snapshot(r.Context(), atTree{f, tree}, "")
		if err != nil {
			return nil, "", err
		}
		var result sass.Result
		var compiled error
		// Its Liquid takes as long as a page's.
		err = s.renders.run(r.Context(), &at.ending, func() {
			result, compiled = site.StyleSheet(r.Context(), at.site, files, base+ext, src)
		})
		if err == nil {
			err = compiled
		}
		if mistake, wrong := errors.AsType[*sass.Error](err); wrong {
			return nil, "", refuse(http.StatusUnprocessableEntity, kindUnsupported, "The style sheet has a mistake. %v", mistake)
		} else if err != nil {
			return nil, "", err
		}
		sum := sha256.Sum256(result.CSS)
		return result.CSS, hex.EncodeToString(sum[:20]), nil
	}
	return nil, "", nil
}

// served tells whether a path is one that a built site would have, and of a
// kind that is served.
func served(name string) bool {
	if forge.CheckReadPath(name) != nil || kindOf(name) == "" {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.ContainsAny(part[:1], "._#~") || strings.HasSuffix(part, "~") {
			return false
		}
	}
	return true
}

// find looks a path up in a tree, whose entries are sorted by it.
func find(tree forge.Tree, name string) (forge.Entry, bool) {
	i := sort.Search(len(tree.Entries), func(i int) bool { return tree.Entries[i].Path >= name })
	if i < len(tree.Entries) && tree.Entries[i].Path == name {
		return tree.Entries[i], true
	}
	return forge.Entry{}, false
}
