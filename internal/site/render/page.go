package render

import (
	"fmt"
	"html"
	"time"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/post"
	"galley/internal/site/document"
)

// Page is a rendered page.
type Page struct {
	// HTML is the whole page, as it is published.
	HTML []byte
	// ContentStart and ContentEnd are where the content stands in HTML, in
	// bytes. Both are -1 when the template changes it, leaves it out or
	// shows it more than once.
	ContentStart, ContentEnd int
	// ExcerptShown says that the template asked for the post's excerpt, as
	// [Renderer.Shell] tells.
	ExcerptShown bool
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

// rescue makes a plain page of the text where rendering panicked.
func (r *Renderer) rescue(page *Page, p post.Post) {
	fault := recover()
	if fault == nil {
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
			Message: fmt.Sprintf("Galley could not render this page (%v) and shows its text instead. This is a fault of Galley; please report it.", fault)}},
	}
}

// page begins the answer for an entry.
func (r *Renderer) page(e *document.Entry) Page {
	return Page{
		ContentStart: -1, ContentEnd: -1, Permalink: e.URL, URL: r.Config.Absolute(e.URL), Output: e.Output,
		Title: e.Title, Date: e.Date, Hidden: r.Hidden(e), Diagnostics: e.Diags,
	}
}
