package preview

import (
	"bytes"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/post"
	"galley/internal/site"
)

// view is a post's text and its page as it was last rendered. Where the
// template shows the content as it is, the page is kept in parts: the shell
// around the content, and the content's blocks; an edit renders those that it
// changes. Where the template does more with the content, or where Liquid tags
// in the post are carried out, the page is rendered as a whole each time.
type view struct {
	path string
	text *diag.Text

	rendered bool
	headRead bool      // whether the front matter was read since this was last set to false
	head     post.Post // the front matter alone: Source ends with it
	line     int       // where the first line ends, of a file without any
	body     int       // where the body begins
	liquid   bool      // whether there may be Liquid tags
	defines  bool      // whether there may be definitions of links

	live *markdown.Live // nil for a page that is rendered as a whole
	lead int            // bytes of the body that the shell depends on
	// excerpt says that the shell has shown the post's excerpt.
	excerpt bool
	// page is the page; in parts, its HTML is the shell alone and it has no
	// Document.
	page site.Page
}

func newView(path string, text []byte) *view {
	return &view{path: path, text: diag.NewText(text)}
}

// render renders everything from scratch.
func (v *view) render(s *site.Site) {
	v.rendered = true
	v.readHead()
	text := v.text.Slice(0, v.text.Len())
	body := text[v.body:]
	v.liquid, v.defines = hasLiquid(body), bytes.Contains(body, []byte(definition))
	v.live, v.excerpt = nil, false
	if s.Follows(v.path, v.head, v.liquid) {
		v.live = s.Markdown().Open(body)
		if v.renderShell(s) {
			return
		}
		v.live = nil
	}
	v.page = s.RenderPost(v.path, text)
}

// definition is what every definition of a link has in it.
const definition = "]:"

func hasLiquid(b []byte) bool {
	return bytes.Contains(b, []byte("{{")) || bytes.Contains(b, []byte("{%"))
}

// readHead reads the front matter and finds where the body begins.
func (v *view) readHead() {
	for size := 16 << 10; ; size = v.text.Len() {
		src := v.text.Slice(0, size)
		whole := len(src) == v.text.Len()
		if !whole {
			src = src[:bytes.LastIndexByte(src, '\n')+1]
		}
		p := post.Parse(src)
		if !whole && !p.HasFrontMatter && (len(src) == 0 || hasCode(p.Diagnostics, "front-matter-unclosed")) {
			continue // its end may be further on
		}
		v.body = p.Body
		v.line = v.text.Len()
		if n := bytes.IndexByte(src, '\n'); n >= 0 {
			v.line = n + 1
		}
		p.Source = src[:p.Body:p.Body]
		v.head, v.headRead = p, true
		return
	}
}

func hasCode(found []diag.Diagnostic, code string) bool {
	for _, d := range found {
		if d.Code == code {
			return true
		}
	}
	return false
}

// touchesHead tells whether an edit can change the front matter or its end.
func (v *view) touchesHead(e edit) bool {
	switch {
	case v.head.HasFrontMatter:
		return e.start < v.body || e.start == v.body && !bytes.HasSuffix(v.head.Source, []byte("\n"))
	case hasCode(v.head.Diagnostics, "front-matter-unclosed"):
		return true
	}
	return e.start <= v.line
}

// renderShell renders the page around the blocks. It fails when the template
// does more with the content than show it.
func (v *view) renderShell(s *site.Site) bool {
	// A template that looks at the content finds something, and is found out.
	content := markdown.Document{Headings: v.live.Headings(), Blocks: []markdown.Block{{HTML: []byte("<p>content</p>\n")}}}
	page := s.Shell(v.path, v.leading(s), content)
	if page.ExcerptShown && !v.excerpt {
		v.excerpt = true // which may need more of the text
		page = s.Shell(v.path, v.leading(s), content)
	}
	if page.ContentStart < 0 || page.ContentStart != page.ContentEnd {
		return false
	}
	page.Document = markdown.Document{}
	v.page = page
	return true
}

// leading is the post as far as the shell depends on it, and notes how far that is.
func (v *view) leading(s *site.Site) post.Post {
	p := v.head
	for size := v.body + 8<<10; ; size = v.body + 8*(size-v.body) {
		p.Source = v.text.Slice(0, size)
		n, ok := s.Lead(v.path, p, v.excerpt, v.defines)
		if v.lead = n; ok || len(p.Source) == v.text.Len() {
			return p
		}
	}
}

// edited brings the page up to date after an edit of the text, and makes the
// patch from the page before.
func (v *view) edited(s *site.Site, e edit) *Patch {
	was := v.page
	if v.live == nil {
		v.render(s)
		if v.live != nil {
			return v.wholePage()
		}
		return patch(was, v.page)
	}
	shell, c, patchable := false, markdown.Change{}, v.live.Balanced()
	inBody := true
	if v.touchesHead(e) {
		body, delta, had := v.body, len(e.insert)-(e.end-e.start), v.head.HasFrontMatter
		v.readHead()
		inBody = !had && !v.head.HasFrontMatter && v.body == body && e.start >= body
		if !inBody && (e.end > body || v.body != body+delta) {
			v.render(s)
			return v.wholePage()
		}
		shell = true
	}
	if inBody {
		c = v.live.Edit(e.start-v.body, e.end-v.body, e.insert)
		shell = shell || c.Headings || e.start-v.body < v.lead
		around := v.text.Slice(max(e.start-1, v.body), e.start+len(e.insert)+1)
		v.liquid = v.liquid || hasLiquid(around)
		if !v.defines && bytes.Contains(around, []byte(definition)) {
			v.defines, shell = true, true
		}
	}
	if !s.Follows(v.path, v.head, v.liquid) || shell && !v.renderShell(s) {
		v.render(s)
		return v.wholePage()
	}
	return v.changed(was, c, patchable)
}

// refreshed renders the content anew, as is needed when a lexer came, and
// makes the patch from the page before.
func (v *view) refreshed(s *site.Site) *Patch {
	was := v.page
	if v.live == nil {
		v.render(s)
		return patch(was, v.page)
	}
	patchable := v.live.Balanced()
	c := v.live.Refresh()
	if (c.Headings || v.excerpt) && !v.renderShell(s) {
		v.render(s)
		return v.wholePage()
	}
	return v.changed(was, c, patchable)
}

// changed makes the patch from a page in parts to what it has become, by a
// change of its blocks; patchable tells whether they could be patched alone.
func (v *view) changed(was site.Page, c markdown.Change, patchable bool) *Patch {
	around := !bytes.Equal(was.HTML, v.page.HTML) || was.ContentStart != v.page.ContentStart
	if !around && len(c.Ranges) == 0 {
		return nil
	}
	if !patchable || !v.live.Balanced() {
		return v.wholePage()
	}
	p := v.blocks(c)
	if around {
		p.Slot = v.slot()
	}
	return p
}

// languages are those that code in the post asks for.
func (v *view) languages() []string {
	if v.live != nil {
		return v.live.Languages()
	}
	return v.page.Document.Languages
}

// document is the content, block by block.
func (v *view) document() markdown.Document {
	if v.live != nil {
		return v.live.Document()
	}
	return v.page.Document
}
