package render

import (
	"bytes"
	"html/template"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/site/document"
	"galley/internal/site/templates"
)

// contentMark stands for the content while a shell is rendered. Metadata
// cannot imitate it: html/template escapes its first character.
const contentMark = "<!--" + markWords + "-->"

// markWords are what is left of the mark where a template escaped it.
const markWords = "galley:content"

// shell is a page without its content, or a page that is not made of a shell
// and a content.
type shell struct {
	before, after []byte // the shell
	whole         []byte // the page, when there is no shell
	start, end    int    // of the content in whole; -1 when not known
	file          string // of the template
	diags         []diag.Diagnostic
}

// fill puts the content into the shell.
func (s shell) fill(page *Page, content []markdown.Block) {
	page.Layout = s.file
	page.Diagnostics = append(page.Diagnostics[:len(page.Diagnostics):len(page.Diagnostics)], s.diags...)
	if s.whole != nil {
		page.HTML, page.ContentStart, page.ContentEnd = s.whole, s.start, s.end
		return
	}
	size := len(s.before) + len(s.after)
	for _, b := range content {
		size += len(b.HTML)
	}
	out := append(make([]byte, 0, size), s.before...)
	for _, b := range content {
		out = append(out, b.HTML...)
	}
	page.HTML, page.ContentStart, page.ContentEnd = append(out, s.after...), len(s.before), len(out)
}

// usualLayouts are names that Jekyll's themes gave to layouts, with what they
// are here, for sites whose layouts came with a theme.
var usualLayouts = map[string]string{"home": "index", "default": "page", "base": "page"}

// fallback is the template for pages that name none.
func (r *Renderer) fallback(e *document.Entry) *templates.Template {
	if !e.IsPost() {
		return r.Templates.Pages["page.html"]
	}
	return r.Templates.Pages["post.html"]
}

// execute runs a template, as a shell where that is possible.
func (r *Renderer) execute(s *shell, t *templates.Template, e *document.Entry, doc *markdown.Document) error {
	s.file = t.File
	page := r.PageView(e, doc)
	run := func(content string) ([]byte, error) {
		return t.Run(r.contentData(t, e, page, template.HTML(content))) //nolint:gosec // rendered here
	}
	if t.Verbatim {
		out, err := run(contentMark)
		if err != nil {
			return err
		}
		before, after, found := bytes.Cut(out, []byte(contentMark))
		if found && bytes.Count(out, []byte(markWords)) == 1 {
			s.before, s.after = before, after
			return nil
		}
	}
	content := string(doc.HTML())
	whole, err := run(content)
	if err != nil {
		return err
	}
	s.whole, s.start, s.end = whole, -1, -1
	// Where does it stand? Render again with marks around it, and see.
	if marked, err := run(contentMark + content + contentMark); err == nil {
		s.start, s.end = betweenMarks(marked, whole, len(content))
	}
	return nil
}

// betweenMarks finds the content in a page by its copy with marks in it: they
// must be there once, around a content of the right length, and be the only
// difference.
func betweenMarks(marked, whole []byte, length int) (start, end int) {
	parts := bytes.Split(marked, []byte(contentMark))
	if len(parts) != 3 || len(parts[1]) != length || !bytes.Equal(bytes.Join(parts, nil), whole) {
		return -1, -1
	}
	return len(parts[0]), len(parts[0]) + length
}

// contentData is the struct for a template that shows one file's content.
func (r *Renderer) contentData(t *templates.Template, e *document.Entry, page *templates.PageView, content template.HTML) any {
	common := templates.Common{Site: r.SiteView(e), Page: page}
	switch t.Name {
	case "index.html":
		return r.ListPage(common, content, r.Config.Count("index", 25))
	case "archive.html":
		return r.ListPage(common, content, -1)
	case "feed.xml", "sitemap.xml", "redirect.html":
		return templates.ContentPage{Site: common.Site, Page: common.Page, Content: content}
	}
	return templates.ContentPage{Site: common.Site, Page: common.Page, Content: content}
}

// LayoutFile is the file of the template that an entry is made with, as far
// as it is the site's own.
func (r *Renderer) LayoutFile(e *document.Entry) string {
	name, _ := r.namedLayout(e)
	if t := r.Templates.Pages[name+".html"]; t != nil && t.Own {
		return t.File
	}
	if chain := r.layoutsOf(e); r.Config.Jekyll() && len(chain) > 0 {
		return chain[0].File
	}
	return ""
}
