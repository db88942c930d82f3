package site

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/post"
	"galley/internal/site/config"
	"galley/internal/site/document"
	"galley/internal/site/drop"
	"galley/internal/site/theme"
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

// Render renders a post or page: path is its file in the site. It never fails and
// never panics: what is wrong is in the page's diagnostics, and the page shows
// what can be shown.
func (s *Renderer) Render(path string, p post.Post) (page Page) {
	defer s.rescue(&page, p)
	return s.renderParts(s.Entry(path, p), true)
}

// Shell renders the page around a document that the caller has rendered from
// the post's body with the site's Markdown: everything but the content. HTML is
// the page with nothing where the content goes, which is at ContentStart ==
// ContentEnd. Where a template does more with the content than print it, HTML
// is the whole page, and ContentStart to ContentEnd is the content or -1.
// Page.Document is doc.
func (s *Renderer) Shell(path string, p post.Post, doc markdown.Document) (page Page) {
	defer s.rescue(&page, p)
	e := s.Entry(path, p)
	page = s.page(e)
	page.Document, page.BodyStart = doc, p.Body
	v := drop.New(s.Reader, s, e)
	if e.Made != nil || s.adorns(e) {
		return s.renderParts(e, true)
	}
	html := string(doc.HTML())
	v.Content = &html
	f := s.frame(v, e, &doc, true)
	f.fill(&page, nil)
	if e.BodyAsked.Load() {
		page.ContentStart, page.ContentEnd = -1, -1
	}
	return page
}

// rescue makes a plain page of the text where rendering panicked.
func (s *Renderer) rescue(page *Page, p post.Post) {
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
func (s *Renderer) page(e *document.Entry) Page {
	return Page{
		ContentStart: -1, ContentEnd: -1, Permalink: e.URL, URL: s.Config.Absolute(e.URL), Output: e.Output,
		Title: e.Title, Date: e.Date, Hidden: s.Hidden(e), Diagnostics: e.Diags,
	}
}

// renderEntry renders an entry as it is published. Where the content stands in
// the page is not looked for.
func (s *Renderer) renderEntry(e *document.Entry) Page { return s.renderParts(e, false) }

// renderParts renders content and shell and puts them together; places says
// whether to find out where the content is.
func (s *Renderer) renderParts(e *document.Entry, places bool) Page {
	page := s.page(e)
	v := drop.New(s.Reader, s, e)
	if e.Made != nil {
		return s.renderMade(page, e, v)
	}
	var found []diag.Diagnostic
	page.Document, page.BodyStart, found = s.content(e, v)
	page.Diagnostics = append(page.Diagnostics[:len(page.Diagnostics):len(page.Diagnostics)], found...)
	html := string(page.Document.HTML())
	v.Content = &html
	f := s.frame(v, e, &page.Document, places)
	f.fill(&page, page.Document.Blocks)
	if s.adorns(e) {
		if adorned := s.adorn(e, page.HTML); !bytes.Equal(adorned, page.HTML) {
			page.HTML, page.ContentStart, page.ContentEnd = adorned, -1, -1
		}
	}
	return page
}

// renderMade renders a page that a plugin makes: what it writes, or a layout
// around nothing.
func (s *Renderer) renderMade(page Page, e *document.Entry, v *drop.View) Page {
	var f frame
	none := ""
	v.Content = &none
	if e.Made.Write != nil {
		text, diags := s.writeMade(e, v)
		f = frame{whole: []byte(text), start: -1, end: -1, diags: diags}
	} else {
		f = s.layoutFrame(v, e, false)
	}
	f.fill(&page, nil)
	return page
}

// content renders an entry's body. The second result is where the body begins
// in the file, or -1 when the blocks do not come from the file as it is.
func (s *Renderer) content(e *document.Entry, v *drop.View) (markdown.Document, int, []diag.Diagnostic) {
	body, changed := s.bodyOf(e)
	if !s.Config.IsMarkdown(e.Path) {
		body = withoutBlankLines(body)
	}
	text, expanded, diags := s.expand(v, e, string(body))
	start := e.Post.Body
	if expanded || changed {
		start = -1
	}
	if s.Config.IsMarkdown(e.Path) {
		return s.Markdown.Render([]byte(text)), start, diags
	}
	return markdown.Document{Blocks: []markdown.Block{{End: len(text), HTML: []byte(text), Balanced: false}}}, start, diags
}

// withoutBlankLines takes the blank lines off a text's beginning, as Jekyll
// takes them with the front matter.
func withoutBlankLines(text []byte) []byte {
	for {
		line, rest, found := bytes.Cut(text, []byte("\n"))
		if !found || len(bytes.TrimSpace(line)) > 0 {
			return text
		}
		text = rest
	}
}

// frame renders what is around an entry's content, which v has.
func (s *Renderer) frame(v *drop.View, e *document.Entry, doc *markdown.Document, places bool) frame {
	name, _ := s.namedLayout(e)
	if name == "none" {
		return frame{}
	}
	if t := s.templates.Pages[name+".html"]; t != nil && t.Own || !s.Config.Jekyll() {
		return s.templateFrame(e, doc, name)
	}
	return s.layoutFrame(v, e, places)
}

// layoutFrame puts an entry's Liquid layouts around its content.
func (s *Renderer) layoutFrame(v *drop.View, e *document.Entry, places bool) frame {
	chain := s.layoutsOf(e)
	if len(chain) == 0 {
		return s.withoutLayout(e)
	}
	f := frame{file: chain[0].File}
	wrap := func(content string) (string, error) {
		r := s.newRun(v)
		v.Inner = &content
		out, err := r.wrap(s, chain)
		f.diags = diag.AppendNew(f.diags, r.problems(e))
		return out, err
	}
	fail := func(err error) frame {
		d := s.liquidError(e, err)
		failed := plainFrame(e, d.Message, d.File)
		failed.diags = append(f.diags, d)
		return failed
	}
	if places && s.templateFiles().Verbatim(chain) {
		out, err := wrap(contentMark)
		if err != nil {
			return fail(err)
		}
		if before, after, found := strings.Cut(out, contentMark); found && strings.Count(out, markWords) == 1 {
			f.before, f.after = []byte(before), []byte(after)
			return f
		}
	}
	whole, err := wrap(*v.Content)
	if err != nil {
		return fail(err)
	}
	f.whole, f.start, f.end = []byte(whole), -1, -1
	if places {
		if marked, err := wrap(contentMark + *v.Content + contentMark); err == nil {
			f.start, f.end = betweenMarks([]byte(marked), f.whole, len(*v.Content))
		}
	}
	return f
}

// withoutLayout is the frame of an entry that gets no layout: none, with a
// word to whoever named one that there is not.
func (s *Renderer) withoutLayout(e *document.Entry) frame {
	name := s.layoutOf(e)
	if name == "" {
		return frame{}
	}
	if named := s.Config.Theme(); named != "" && !theme.Is(s.Files) {
		d := diag.Diagnostic{Severity: diag.Error, Code: "theme-missing", File: config.File, Range: config.Place(s.Files, "theme"),
			Message: fmt.Sprintf("The layout %q is not in %s, and the theme %s is not here. Put the theme's folder into the site and name it under galley.theme in %s.", name, s.Config.LayoutsDir, named, config.File)}
		f := plainFrame(e, d.Message, "")
		f.diags = []diag.Diagnostic{d}
		return f
	}
	return frame{diags: []diag.Diagnostic{{Range: e.Post.KeyRange("layout"), Severity: diag.Warning, Code: "layout-unknown",
		Message: fmt.Sprintf("There is no layout %q in %s, so the page is its content alone, as Jekyll has it.", name, s.Config.LayoutsDir)}}}
}

// plainFrame shows content in no layout but a page of its own, below the cause.
func plainFrame(e *document.Entry, cause, file string) frame {
	if !document.HTMLExtensions[e.Ext] && !strings.HasSuffix(e.URL, "/") {
		return frame{}
	}
	if file != "" {
		cause = file + ": " + cause
	}
	return frame{
		before: []byte("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + html.EscapeString(e.Title) + "</title></head><body>\n" +
			"<p><strong>This page cannot be shown in its layout. " + html.EscapeString(cause) + "</strong></p>\n<hr>\n"),
		after: []byte("\n</body></html>\n"),
	}
}

// templateFrame puts a template of Go around an entry's content.
func (s *Renderer) templateFrame(e *document.Entry, doc *markdown.Document, name string) frame {
	if usual := usualLayouts[name]; usual != "" && s.templates.Pages[name+".html"] == nil {
		name = usual
	}
	var f frame
	t := s.templates.Pages[name+".html"]
	switch {
	case t != nil && name != "":
		f.diags = s.templates.Broken[name+".html"]
	case name != "" && len(s.templates.Broken[name+".html"]) > 0:
		f.diags = s.templates.Broken[name+".html"]
		t = s.fallback(e)
	default:
		if name != "" {
			f.diags = []diag.Diagnostic{{Range: e.Post.KeyRange("layout"), Severity: diag.Warning, Code: "layout-unknown",
				Message: fmt.Sprintf("There is no layout %q; the page is made with the built-in one.", name)}}
		}
		t = s.fallback(e)
		f.diags = diag.AppendNew(f.diags, s.templates.Broken[t.Name])
	}
	f.diags = diag.AppendNew(f.diags[:len(f.diags):len(f.diags)], s.templates.BrokenParts)
	if err := s.execute(&f, t, e, doc); err != nil {
		f.diags = append(f.diags, t.Failure(s.Files, s.options.BuiltIn, err))
		own := t
		t = s.builtIn().Pages[own.Name]
		if t == nil {
			t = s.builtIn().Pages[s.fallback(e).Name]
		}
		if err := s.execute(&f, t, e, doc); err != nil {
			panic(err)
		}
	}
	return f
}
