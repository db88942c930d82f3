package server

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"galley/internal/forge"
)

// appPrefix is where the app's assets are served.
const appPrefix = "/app/"

// nonceMark is what the app's page has in place of a nonce.
const nonceMark = "{{NONCE}}"

// pageMark is what it has in place of its own name, which tells its version.
const pageMark = "{{PAGE}}"

// assets is the built app.
type assets struct {
	files fs.FS
	// served are the files that may be asked for, by name. The names hold a
	// hash of the content.
	served map[string]asset
	pages  pages  // index.html, in each language
	name   string // of the English one, which tells the version
	inline string // sources of a policy that let the page's own scripts run
	frame  string // address of the frame's script; empty without a build
	// patcher is that script, audit the one that checks a copy of a page.
	patcher, audit frameScript
	worker         string // name of the service worker's file; empty without one
}

// frameScript is a script as it stands in documents of frames.
type frameScript struct {
	text []byte
	hash string // source of a policy that lets it run there
}

type asset struct {
	kind      string
	etag      string
	encodings []string // that it is there in, best first
}

// encodings are the codings that files are there in, best first, and how their
// names end.
var encodings = []struct{ name, ending string }{{"br", ".br"}, {"gzip", ".gz"}}

// assetKinds are the types of the app's files. WebAssembly has to be told as
// such, or the browser will not compile it while it loads.
var assetKinds = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".wasm": "application/wasm",
	".json": "application/json", ".map": "application/json", ".svg": "image/svg+xml", ".png": "image/png",
	".ico": "image/x-icon", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
}

// notBuilt is the app's page where there is no app.
const notBuilt = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Galley</title>
<p>The editor is not built into this program. Run <code>make build</code> and start <code>bin/galley</code>.</p></html>
`

func newAssets(files fs.FS) (*assets, error) {
	a := &assets{files: files, served: map[string]asset{}, pages: newPages([]byte(notBuilt))}
	data, err := fs.ReadFile(files, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return a, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the assets' manifest: %w", err)
	}
	var manifest map[string]string
	if err := json.Unmarshal(data, &manifest); err != nil {
		return nil, fmt.Errorf("reading the assets' manifest: %w", err)
	}
	a.name = manifest["index.html"]
	for name, file := range manifest {
		if language, ok := pageLanguage(name); ok {
			page, err := fs.ReadFile(files, file)
			if err != nil {
				return nil, fmt.Errorf("reading the app's page: %w", err)
			}
			// The same scripts stand in all.
			a.inline = scriptHashes(page)
			page = bytes.ReplaceAll(page, []byte(pageMark), []byte(manifest["index.html"]))
			if err := a.pages.add(language, page); err != nil {
				return nil, err
			}
			continue
		}
		kind, ok := assetKinds[path.Ext(file)]
		if !ok {
			return nil, fmt.Errorf("the assets have a file of an unknown type: %s", file)
		}
		entry := asset{kind: kind}
		if entry.etag, err = contentTag(files, file); err != nil {
			return nil, fmt.Errorf("reading the app's assets: %w", err)
		}
		for _, e := range encodings {
			if _, err := fs.Stat(files, file+e.ending); err == nil {
				entry.encodings = append(entry.encodings, e.name)
			}
		}
		a.served[file] = entry
		switch name {
		case "service-worker.js":
			a.worker = file
		case "frame.js":
			a.frame = appPrefix + file
			if a.patcher, err = readFrameScript(files, file); err != nil {
				return nil, fmt.Errorf("reading the frame's script: %w", err)
			}
		case "audit.js":
			if a.audit, err = readFrameScript(files, file); err != nil {
				return nil, fmt.Errorf("reading the script that checks pages: %w", err)
			}
		}
	}
	return a, nil
}

func readFrameScript(files fs.FS, name string) (frameScript, error) {
	script, err := fs.ReadFile(files, name)
	if err != nil {
		return frameScript{}, err
	}
	script = inlined(script)
	return frameScript{script, scriptHashes(scriptElement(script, ""))}, nil
}

// inlineScript is a script that stands in the app's page.
var inlineScript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// scriptHashes are sources of a policy, each with a space before it, for the
// scripts that stand in a page. A hash says what may run, and is the same in a
// page that a browser has kept.
func scriptHashes(page []byte) string {
	var sources strings.Builder
	for _, script := range inlineScript.FindAllSubmatch(page, -1) {
		sum := sha256.Sum256(script[1])
		sources.WriteString(" 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")
	}
	return sources.String()
}

// contentTag hashes a file.
func contentTag(files fs.FS, name string) (string, error) {
	f, err := files.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close() // read only
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)[:12]), nil
}

// newNonce makes a nonce for one answer's policy.
func newNonce() string {
	var raw [16]byte
	_, _ = rand.Read(raw[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// page answers with the app's page, in the language that is wanted, under a policy
// with a nonce of its own. It is never answered with "not modified": the kept page
// would have the nonce of another policy.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	nonce := newNonce()
	h := w.Header()
	appPolicy(h, nonce, s.assets.inline)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Galley-Page", s.assets.name)
	h.Add("Vary", "Accept-Language, Cookie")
	page := s.assets.pages.of(r)
	body := bytes.ReplaceAll(page.text, []byte(nonceMark), []byte(nonce))
	h.Set("Content-Language", page.language)
	if page.language != english {
		body = packed(w, r, body) // its words are many
	}
	_, _ = w.Write(body)
}

// editPage answers with the app's page for a post. Where the address has the
// post's name in another of Unicode's forms, it leads on to the file's own.
func (s *Server) editPage(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if path := s.respelled(r, query.Get("path")); path != "" && query.Get("pull") == "" {
		query.Set("path", path)
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, "/edit?"+query.Encode(), http.StatusFound)
		return
	}
	s.page(w, r)
}

// respelled is forge.Respelled for the branch that a request names. What cannot be
// found out is told when the post is asked for.
func (s *Server) respelled(r *http.Request, path string) string {
	if !strings.ContainsFunc(path, func(c rune) bool { return c >= utf8.RuneSelf }) {
		return ""
	}
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return ""
	}
	tree, err := s.trees.of(r.Context(), f, branch)
	if err != nil {
		return ""
	}
	return forge.Respelled(tree.Entries, path)
}

// asset answers with one of the app's files, for a year: another content has
// another name.
func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	s.serveAsset(w, r, r.PathValue("name"), "public, max-age=31536000, immutable")
}

// serviceWorker answers GET /service-worker.js. Its address stays the same, so
// that browsers have to ask for it each time. Without one they are told that
// there is none, and give up the one that they have.
func (s *Server) serviceWorker(w http.ResponseWriter, r *http.Request) {
	s.serveAsset(w, r, s.assets.worker, "no-cache")
}

// serveAsset answers with a file of the app, that may be kept as `caching` says.
func (s *Server) serveAsset(w http.ResponseWriter, r *http.Request, name, caching string) {
	a, ok := s.assets.served[name]
	if !ok {
		s.fail(w, r, refuse(http.StatusNotFound, kindNotFound, "Galley has no such file. It may be of an older version; reload the page."))
		return
	}
	file, etag := name, a.etag
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	for _, e := range encodings {
		if len(a.encodings) > 0 && slices.Contains(a.encodings, e.name) && accepts(r, e.name) {
			h.Set("Content-Encoding", e.name)
			file, etag = name+e.ending, a.etag+"-"+e.name
			break
		}
	}
	f, err := s.assets.files.Open(file)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	defer f.Close() // read only
	content, ok := f.(io.ReadSeeker)
	if !ok { // embedded files and those on disk are
		data, err := io.ReadAll(f)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		content = bytes.NewReader(data)
	}
	assetPolicy(h)
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", caching)
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, content)
}

// cached answers with content that the browser may keep and ask about. etag
// names the content; when empty it is made of it. Caches that several people
// share may not: not everybody may see every repository.
func (s *Server) cached(w http.ResponseWriter, r *http.Request, etag, kind string, data []byte) {
	if etag == "" {
		sum := sha256.Sum256(data)
		etag = hex.EncodeToString(sum[:12])
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// accepts tells whether a request's Accept-Encoding allows a coding. A coding
// is only used when it is asked for by its name: "*" alone is what programs
// send that do not know.
func accepts(r *http.Request, coding string) bool {
	for _, header := range r.Header.Values("Accept-Encoding") {
		for part := range strings.SplitSeq(header, ",") {
			name, params, _ := strings.Cut(part, ";")
			if !strings.EqualFold(strings.TrimSpace(name), coding) {
				continue
			}
			q, found := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(params), " ", ""), "q=")
			return !found || strings.Trim(q, "0.") != ""
		}
	}
	return false
}
