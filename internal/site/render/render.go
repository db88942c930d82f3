package render

import (
	"bytes"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/post"
	"galley/internal/site/document"
	"galley/internal/site/drop"
)

// Render renders a post or page: path is its file in the site. It never fails and
// never panics: what is wrong is in the page's diagnostics, and the page shows
// what can be shown.
func (r *Renderer) Render(path string, p post.Post) (page Page) {
	defer r.rescue(&page, p)
	return r.renderParts(r.Entry(path, p), true)
}

// Head tells what is known of a page before anything of it is rendered: its
// address, title and date.
func (r *Renderer) Head(path string, p post.Post) (page Page) {
	defer r.rescue(&page, p)
	return r.page(r.Entry(path, p))
}

// Shell renders the page around a document that the caller has rendered from
// the post's body with the site's Markdown: everything but the content. HTML is
// the page with nothing where the content goes, which is at ContentStart ==
// ContentEnd. Where a template does more with the content than print it, HTML
// is the whole page, and ContentStart to ContentEnd is the content or -1.
// Page.Document is doc.
func (r *Renderer) Shell(path string, p post.Post, doc markdown.Document) (page Page) {
	defer r.rescue(&page, p)
	e := r.Entry(path, p)
	page = r.page(e)
	page.Document, page.BodyStart = doc, p.Body
	v := drop.New(r.Reader, r, e)
	if e.Made != nil || r.adorns(e) {
		return r.renderParts(e, true)
	}
	html := string(doc.HTML())
	v.Content = &html
	s := r.around(v, e, &doc, true)
	s.fill(&page, nil)
	page.ExcerptShown = e.Excerpt.Made()
	if e.BodyAsked.Load() {
		page.ContentStart, page.ContentEnd = -1, -1
	}
	return page
}

// renderEntry renders an entry as it is published. Where the content stands in
// the page is not looked for.
func (r *Renderer) renderEntry(e *document.Entry) Page { return r.renderParts(e, false) }

// renderParts renders content and shell and puts them together; places says
// whether to find out where the content is.
func (r *Renderer) renderParts(e *document.Entry, places bool) Page {
	page := r.page(e)
	v := drop.New(r.Reader, r, e)
	if e.Made != nil {
		return r.renderMade(page, e, v)
	}
	var found []diag.Diagnostic
	page.Document, page.BodyStart, found = r.Content(e, v)
	page.Diagnostics = append(page.Diagnostics[:len(page.Diagnostics):len(page.Diagnostics)], found...)
	html := string(page.Document.HTML())
	v.Content = &html
	s := r.around(v, e, &page.Document, places)
	s.fill(&page, page.Document.Blocks)
	if r.adorns(e) {
		if adorned := r.adorn(e, page.HTML); !bytes.Equal(adorned, page.HTML) {
			page.HTML, page.ContentStart, page.ContentEnd = adorned, -1, -1
		}
	}
	return page
}

// renderMade renders a page that a plugin makes: what it writes, or a layout
// around nothing.
func (r *Renderer) renderMade(page Page, e *document.Entry, v *drop.View) Page {
	var s shell
	none := ""
	v.Content = &none
	if e.Made.Write != nil {
		text, diags := r.writeMade(e, v)
		s = shell{whole: []byte(text), start: -1, end: -1, diags: diags}
	} else {
		s = r.layoutShell(v, e, false)
	}
	s.fill(&page, nil)
	return page
}

// Content renders an entry's body. The second result is where the body begins
// in the file, or -1 when the blocks do not come from the file as it is.
func (r *Renderer) Content(e *document.Entry, v *drop.View) (markdown.Document, int, []diag.Diagnostic) {
	body, changed := r.bodyOf(e)
	if !r.Config.IsMarkdown(e.Path) {
		body = document.WithoutBlankLines(body)
	}
	text, expanded, diags := r.Expand(v, e, string(body))
	start := e.Post.Body
	if expanded || changed {
		start = -1
	}
	if r.Config.IsMarkdown(e.Path) {
		return r.Markdown.Render([]byte(text)), start, diags
	}
	return markdown.Document{Blocks: []markdown.Block{{End: len(text), HTML: []byte(text), Balanced: false}}}, start, diags
}
