package server

import (
	"bytes"
	"errors"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"

	"galley/internal/forge"
	"galley/internal/site"
)

// framePath is where the preview frame's document is: there, or below it at the
// address that its page has on the site.
const framePath = "/frame"

// located answers GET /frame/ADDRESS, below which relative addresses lead from the
// preview as they do from the page: what asks for no branch is one of those, and is
// given the site's file.
func (s *Server) located(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Has("branch") {
		s.frame(w, r)
		return
	}
	http.StripPrefix(framePath, http.HandlerFunc(s.static)).ServeHTTP(w, r)
}

// frame answers GET /frame: the preview frame's document, a post's page as it
// would be published, with the patcher. What is in it is hostile, and the
// policy is what holds it; see framePolicy.
//
// With `audit` in the query the patcher's place is taken by the script that checks
// a copy of the page, which comes to it over a port.
//
// With `mode` in the query, and without a post, there is no page, but a document that
// is in that mode: "quirks", or "standard".
//
// Where the page has something loaded by a relative address, the browser is sent to
// the page's own address below; otherwise that way is spared.
func (s *Server) frame(w http.ResponseWriter, r *http.Request) {
	page, status := []byte(nil), http.StatusOK
	rendered, hosts, err := s.renderFrame(r)
	if err != nil {
		// The patcher comes all the same: the browser may render what the
		// server could not.
		p := s.tell(r, err)
		status = p.status
		page = []byte("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Preview</title></head><body><p>" + html.EscapeString(p.Sentence) + "</p></body></html>\n")
		rendered.ContentStart = -1
	} else {
		page = rendered.HTML
	}
	if r.URL.Path == framePath && loadsRelatively(page) {
		if address, err := url.Parse(rendered.URL); err == nil && strings.HasPrefix(address.Path, "/") {
			query := r.URL.Query()
			query.Set("branch", query.Get("branch"))
			to := url.URL{Path: framePath + address.Path, RawQuery: query.Encode()}
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, r, to.String(), http.StatusTemporaryRedirect)
			return
		}
	}
	h := w.Header()
	nonce := newNonce()
	wanted := reachable(strings.SplitN(r.URL.Query().Get("from"), ",", maxReach+1)) // by the writer
	script := s.assets.patcher
	if r.URL.Query().Has("audit") {
		script = s.assets.audit
	}
	framePolicy(h, r.Host, script.hash, nonce, slices.Concat(hosts, wanted))
	h.Set("X-DNS-Prefetch-Control", "off")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	shell := page
	if rendered.ContentStart >= 0 {
		shell = page[:rendered.ContentStart]
	}
	at := headEnd(shell)
	if at < 0 {
		at = len(page)
	}
	before, behind := withoutRefresh(page[:at]), withoutRefresh(page[at:])
	if len(script.text) > 0 {
		before = append(slices.Clip(before), scriptElement(script.text, nonce)...)
	}
	page = slices.Concat(before, behind)
	if len(script.text) >= worthPackingScript {
		page = packed(w, r, page)
	}
	w.WriteHeader(status)
	_, _ = w.Write(page)
}

// emptyFrame answers GET /empty-frame?script=ADDRESS: the preview frame's
// document with the patcher alone, which browsers keep for when they cannot
// reach the server. The query names the patcher's version.
func (s *Server) emptyFrame(w http.ResponseWriter, r *http.Request) {
	if s.assets.frame == "" || r.URL.Query().Get("script") != s.assets.frame {
		s.fail(w, r, refuse(http.StatusNotFound, kindNotFound, "Galley has no frame of this version. Reload the page."))
		return
	}
	h := w.Header()
	emptyFramePolicy(h, r.Host, s.assets.patcher.hash)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write(slices.Concat([]byte("<!DOCTYPE html>\n<html><head>"), scriptElement(s.assets.patcher.text, ""), []byte("</head><body></body></html>\n")))
}

// inlined is a script as it can stand in a document. The frame's does: what has
// an opaque origin is not given scripts that the browser keeps, and the page
// behind it would wait for it.
func inlined(script []byte) []byte {
	// Within a script "<" only stands in strings, templates and patterns where
	// these two mean something to HTML.
	script = bytes.ReplaceAll(script, []byte("</script"), []byte(`<\/script`))
	return bytes.ReplaceAll(script, []byte("<!--"), []byte(`<\!--`))
}

// scriptElement puts a script into a document; nonce may be empty.
func scriptElement(script []byte, nonce string) []byte {
	tag := "<script>"
	if nonce != "" {
		tag = `<script nonce="` + nonce + `">`
	}
	return slices.Concat([]byte(tag), script, []byte("</script>"))
}

// renderFrame renders the post that a request names; an empty one where there
// is none yet. hosts are those that the site names.
func (s *Server) renderFrame(r *http.Request) (page site.Page, hosts []string, err error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return site.Page{}, nil, err
	}
	path := r.URL.Query().Get("path")
	var file forge.File
	if path != "" {
		if err := s.readable(r.Context(), f, branch, path); err != nil {
			return site.Page{}, nil, err
		}
		if err := noPage(path); err != nil {
			return site.Page{}, nil, err
		}
		if r.URL.Query().Has("commit") {
			// An earlier text, as it would look here and now.
			file, err = s.versionOf(r, f, branch)
			file.Commit = ""
		} else {
			file, err = f.Read(r.Context(), branch, path)
		}
		if err != nil && !errors.Is(err, forge.ErrNotFound) {
			return site.Page{}, nil, err
		}
	}
	if len(file.Data) > maxPost {
		return site.Page{}, nil, refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "The post is too large to be shown.")
	}
	at, err := s.siteWith(r.Context(), f, branch, file)
	if err != nil {
		return site.Page{}, nil, err
	}
	if mode := r.URL.Query().Get("mode"); mode != "" && path == "" {
		return site.Page{HTML: []byte(emptyPage(mode == "quirks")), ContentStart: -1}, at.hosts, nil
	}
	err = s.renders.run(r.Context(), &at.ending, func() { page = at.site.RenderPost(path, file.Data) })
	if err != nil {
		return site.Page{}, nil, err // page may still be written to
	}
	if len(file.Data) == 0 && len(bytes.TrimSpace(page.HTML)) == 0 {
		page.HTML, page.ContentStart = []byte(emptyPage(false)), -1
	}
	return page, at.hosts, nil
}

// emptyPage stands where a text that is still to come has no page, as where none has a
// layout by the site's settings. With a type, as most pages have one, unless it is for
// quirks mode: without it browsers lay out as decades ago, and go on so with the page
// that comes.
func emptyPage(quirks bool) string {
	html := "<html><head></head><body></body></html>\n"
	if quirks {
		return html
	}
	return "<!DOCTYPE html>\n" + html
}

// headEnd is the byte behind the start tag of a document's head, or -1 where
// there is none to be seen. Only what may stand before a head is passed over,
// so that a "<head>" within something else is not taken for it.
func headEnd(doc []byte) int {
	z := nethtml.NewTokenizer(bytes.NewReader(doc))
	at := 0
	for {
		kind := z.Next()
		raw := z.Raw()
		at += len(raw)
		switch kind {
		case nethtml.DoctypeToken, nethtml.CommentToken:
		case nethtml.TextToken:
			if len(bytes.Trim(bytes.TrimPrefix(raw, []byte("\ufeff")), " \t\r\n\f")) > 0 {
				return -1
			}
		case nethtml.StartTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "head":
				return at
			case "html":
			default:
				return -1
			}
		default:
			return -1
		}
	}
}
