package site

import (
	"fmt"
	"html"
	"time"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/post"
)

// Page is a rendered page.
type Page struct {
	// HTML is the whole page, as it is published.
	HTML []byte
	// ContentStart and ContentEnd are where the content stands in HTML, in
	// bytes. Both are -1 when the template changes it, leaves it out or
	// shows it more than once.
	ContentStart, ContentEnd int
	// Document is the content, block by block.
	Document markdown.Document
	// BodyStart is the byte at which the body begins in the post's file: a
	// block at Start in the document is at BodyStart+Start in the file. It
	// is -1 when the blocks do not come from the file as it is, because
	// Liquid tags in it were carried out first.
	BodyStart int
	// Permalink is the address within the site: "/2026/20260816".
	Permalink string
	// URL is Permalink with scheme, host and folder, as far as the settings
	// have them.
	URL string
	// Output is the file that the page is written to, relative to the built
	// site: "2026/20260816.html". Empty when it cannot be written.
	Output string
	// Layout is the file of the template that made the page, empty for none.
	Layout string
	// Title is the front matter's, else made of the file's name.
	Title string
	// Date is in the site's zone; zero for a page without date.
	Date time.Time
	// Hidden says why the page is not published as the settings are now:
	// "it is a draft". Empty for a page that is.
	Hidden string
	// Diagnostics are the problems of front matter and templates.
	Diagnostics []diag.Diagnostic
}

// RenderPost renders a post or page: path is its file in the site, src the
// file's text. It never fails and never panics: what is wrong is in the
// page's diagnostics, and the page shows what can be shown.
func (s *Site) RenderPost(path string, src []byte) Page {
	return s.Render(path, post.Parse(src))
}

// Render is RenderPost for a post that is already parsed.
func (s *Site) Render(path string, p post.Post) (page Page) {
	defer s.rescue(&page, p)
	return s.renderEntry(s.entry(path, p))
}

// Shell renders the page around a document that the caller has rendered from
// the post's body with [Site.Markdown]: everything but the content. HTML is
// the page with nothing where the content goes, which is at ContentStart ==
// ContentEnd. Where a template does more with the content than print it, HTML
// is the whole page, and ContentStart to ContentEnd is the content or -1.
// Page.Document is doc.
func (s *Site) Shell(path string, p post.Post, doc markdown.Document) (page Page) {
	defer s.rescue(&page, p)
	e := s.entry(path, p)
	page = e.page(s)
	page.Document, page.BodyStart = doc, p.Body
	f := s.frame(e, &doc)
	f.fill(&page, nil)
	if e.bodyAsked.Load() {
		page.ContentStart, page.ContentEnd = -1, -1
	}
	return page
}

// rescue makes a plain page of the text where rendering panicked.
func (s *Site) rescue(page *Page, p post.Post) {
	r := recover()
	if r == nil {
		return
	}
	body := p.Source[p.Body:]
	content := "<pre>" + html.EscapeString(string(body)) + "</pre>\n"
	head := "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Not rendered</title></head><body>\n"
	*page = Page{
		HTML: []byte(head + content + "</body></html>\n"), ContentStart: len(head), ContentEnd: len(head) + len(content),
		Document:  markdown.Document{Blocks: []markdown.Block{{End: len(body), HTML: []byte(content), Balanced: true}}},
		BodyStart: p.Body,
		Diagnostics: []diag.Diagnostic{{Severity: diag.Error, Code: "render-panic",
			Message: fmt.Sprintf("Galley could not render this page (%v) and shows its text instead. This is a fault of Galley; please report it.", r)}},
	}
}

// page begins the answer for an entry.
func (e *entry) page(s *Site) Page {
	return Page{
		ContentStart: -1, ContentEnd: -1, Permalink: e.url, URL: s.config.absolute(e.url), Output: e.output,
		Title: e.title, Date: e.date, Hidden: s.hidden(e), Diagnostics: e.diags,
	}
}

// renderEntry renders content and shell and puts them together.
func (s *Site) renderEntry(e *entry) Page {
	page := e.page(s)
	var found []diag.Diagnostic
	page.Document, page.BodyStart, found = s.content(e)
	page.Diagnostics = append(page.Diagnostics[:len(page.Diagnostics):len(page.Diagnostics)], found...)
	f := s.frame(e, &page.Document)
	f.fill(&page, page.Document.Blocks)
	return page
}

// content renders an entry's body. The second result is where the body begins
// in the file, or -1 when the blocks do not come from the file as it is.
func (s *Site) content(e *entry) (markdown.Document, int, []diag.Diagnostic) {
	body, expanded, diags := s.expand(e, e.post.Source[e.post.Body:])
	start := e.post.Body
	if expanded {
		start = -1
	}
	if isMarkdown(e.path) {
		return s.markdown.Render(body), start, diags
	}
	return markdown.Document{Blocks: []markdown.Block{{End: len(body), HTML: body, Balanced: false}}}, start, diags
}

// frame renders what is around an entry's content.
func (s *Site) frame(e *entry, doc *markdown.Document) frame {
	name := layoutName(e)
	if name == "none" {
		return frame{}
	}
	if usual := usualLayouts[name]; usual != "" && s.templates.pages[name+".html"] == nil && s.layouts.pick(e) == "" {
		name = usual
	}
	var f frame
	t := s.templates.pages[name+".html"]
	if t == nil || !t.own {
		if layout := s.layouts.pick(e); layout != "" {
			framed, err := s.layouts.frame(layout, e, doc)
			if err == nil {
				return framed
			}
			f.diags = []diag.Diagnostic{liquidDiag("", s.files, err)}
			t = s.fallback(e)
		} else if s.layouts != nil && !isMarkdown(e.path) && name == "" {
			return frame{} // as Jekyll has it: no layout unless it is named
		}
	}
	switch {
	case len(f.diags) > 0:
	case t != nil && name != "":
		f.diags = s.templates.broken[name+".html"]
	case name != "" && len(s.templates.broken[name+".html"]) > 0:
		f.diags = s.templates.broken[name+".html"]
		t = s.fallback(e)
	default:
		if name != "" {
			f.diags = []diag.Diagnostic{{Range: e.post.KeyRange("layout"), Severity: diag.Warning, Code: "layout-unknown",
				Message: fmt.Sprintf("There is no layout %q; the page is made with the built-in one.", name)}}
		}
		t = s.fallback(e)
		f.diags = appendNew(f.diags, s.templates.broken[t.name])
	}
	f.diags = appendNew(f.diags[:len(f.diags):len(f.diags)], s.templates.brokenParts)
	if err := s.execute(&f, t, e, doc); err != nil {
		f.diags = append(f.diags, s.executionDiag(t, err))
		own := t
		t = s.builtIn().pages[own.name]
		if t == nil {
			t = s.builtIn().pages[s.fallback(e).name]
		}
		if err := s.execute(&f, t, e, doc); err != nil {
			panic(err)
		}
	}
	return f
}
