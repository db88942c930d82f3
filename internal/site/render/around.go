package render

import (
	"fmt"
	"html"
	"strings"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/site/config"
	"galley/internal/site/document"
	"galley/internal/site/drop"
	"galley/internal/site/theme"
)

// around renders what is around an entry's content, which v has.
func (r *Renderer) around(v *drop.View, e *document.Entry, doc *markdown.Document, places bool) shell {
	name, _ := r.namedLayout(e)
	if name == "none" {
		return shell{}
	}
	if t := r.Templates.Pages[name+".html"]; t != nil && t.Own || !r.Config.Jekyll() {
		return r.templateShell(e, doc, name)
	}
	return r.layoutShell(v, e, places)
}

// layoutShell puts an entry's Liquid layouts around its content.
func (r *Renderer) layoutShell(v *drop.View, e *document.Entry, places bool) shell {
	chain := r.layoutsOf(e)
	if len(chain) == 0 {
		return r.withoutLayout(e)
	}
	s := shell{file: chain[0].File}
	wrap := func(content string) (string, error) {
		work := r.newRun(v)
		v.Inner = &content
		out, err := work.wrap(r, chain)
		s.diags = diag.AppendNew(s.diags, work.problems(e))
		return out, err
	}
	fail := func(err error) shell {
		d := r.liquidError(e, err)
		failed := plainShell(e, d.Message, d.File)
		failed.diags = append(s.diags, d)
		return failed
	}
	if places && r.Layouts().Verbatim(chain) {
		out, err := wrap(contentMark)
		if err != nil {
			return fail(err)
		}
		if before, after, found := strings.Cut(out, contentMark); found && strings.Count(out, markWords) == 1 {
			s.before, s.after = []byte(before), []byte(after)
			return s
		}
	}
	whole, err := wrap(*v.Content)
	if err != nil {
		return fail(err)
	}
	s.whole, s.start, s.end = []byte(whole), -1, -1
	if places {
		if marked, err := wrap(contentMark + *v.Content + contentMark); err == nil {
			s.start, s.end = betweenMarks([]byte(marked), s.whole, len(*v.Content))
		}
	}
	return s
}

// withoutLayout is the shell of an entry that gets no layout: none, with a
// word to whoever named one that there is not.
func (r *Renderer) withoutLayout(e *document.Entry) shell {
	name := r.layoutOf(e)
	if name == "" {
		return shell{}
	}
	if named := r.Config.Theme(); named != "" && !theme.Is(r.Files) {
		d := diag.Diagnostic{Severity: diag.Error, Code: "theme-missing", File: config.File, Range: config.Place(r.Files, "theme"),
			Message: fmt.Sprintf("The layout %q is not in %s, and the theme %s is not here. Put the theme's folder into the site and name it under galley.theme in %s.", name, r.Config.LayoutsDir, named, config.File)}
		s := plainShell(e, d.Message, "")
		s.diags = []diag.Diagnostic{d}
		return s
	}
	return shell{diags: []diag.Diagnostic{{Range: e.Post.KeyRange("layout"), Severity: diag.Warning, Code: "layout-unknown",
		Message: fmt.Sprintf("There is no layout %q in %s, so the page is its content alone, as Jekyll has it.", name, r.Config.LayoutsDir)}}}
}

// plainShell shows content in no layout but a page of its own, below the cause.
func plainShell(e *document.Entry, cause, file string) shell {
	if !document.HTMLExtensions[e.Ext] && !strings.HasSuffix(e.URL, "/") {
		return shell{}
	}
	if file != "" {
		cause = file + ": " + cause
	}
	return shell{
		before: []byte("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + html.EscapeString(e.Title) + "</title></head><body>\n" +
			"<p><strong>This page cannot be shown in its layout. " + html.EscapeString(cause) + "</strong></p>\n<hr>\n"),
		after: []byte("\n</body></html>\n"),
	}
}

// templateShell puts a template of Go around an entry's content.
func (r *Renderer) templateShell(e *document.Entry, doc *markdown.Document, name string) shell {
	if usual := usualLayouts[name]; usual != "" && r.Templates.Pages[name+".html"] == nil {
		name = usual
	}
	var s shell
	t := r.Templates.Pages[name+".html"]
	switch {
	case t != nil && name != "":
		s.diags = r.Templates.Broken[name+".html"]
	case name != "" && len(r.Templates.Broken[name+".html"]) > 0:
		s.diags = r.Templates.Broken[name+".html"]
		t = r.fallback(e)
	default:
		if name != "" {
			s.diags = []diag.Diagnostic{{Range: e.Post.KeyRange("layout"), Severity: diag.Warning, Code: "layout-unknown",
				Message: fmt.Sprintf("There is no layout %q; the page is made with the built-in one.", name)}}
		}
		t = r.fallback(e)
		s.diags = diag.AppendNew(s.diags, r.Templates.Broken[t.Name])
	}
	s.diags = diag.AppendNew(s.diags[:len(s.diags):len(s.diags)], r.Templates.BrokenParts)
	if err := r.execute(&s, t, e, doc); err != nil {
		s.diags = append(s.diags, t.Failure(r.Files, r.Options.BuiltIn, err))
		own := t
		t = r.BuiltIn().Pages[own.Name]
		if t == nil {
			t = r.BuiltIn().Pages[r.fallback(e).Name]
		}
		if err := r.execute(&s, t, e, doc); err != nil {
			panic(err)
		}
	}
	return s
}
