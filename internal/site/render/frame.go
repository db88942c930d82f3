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

// frame renders what is around an entry's content, which v has.
func (r *Renderer) frame(v *drop.View, e *document.Entry, doc *markdown.Document, places bool) frame {
	name, _ := r.namedLayout(e)
	if name == "none" {
		return frame{}
	}
	if t := r.Templates.Pages[name+".html"]; t != nil && t.Own || !r.Config.Jekyll() {
		return r.templateFrame(e, doc, name)
	}
	return r.layoutFrame(v, e, places)
}

// layoutFrame puts an entry's Liquid layouts around its content.
func (r *Renderer) layoutFrame(v *drop.View, e *document.Entry, places bool) frame {
	chain := r.layoutsOf(e)
	if len(chain) == 0 {
		return r.withoutLayout(e)
	}
	f := frame{file: chain[0].File}
	wrap := func(content string) (string, error) {
		work := r.newRun(v)
		v.Inner = &content
		out, err := work.wrap(r, chain)
		f.diags = diag.AppendNew(f.diags, work.problems(e))
		return out, err
	}
	fail := func(err error) frame {
		d := r.liquidError(e, err)
		failed := plainFrame(e, d.Message, d.File)
		failed.diags = append(f.diags, d)
		return failed
	}
	if places && r.Layouts().Verbatim(chain) {
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
func (r *Renderer) withoutLayout(e *document.Entry) frame {
	name := r.layoutOf(e)
	if name == "" {
		return frame{}
	}
	if named := r.Config.Theme(); named != "" && !theme.Is(r.Files) {
		d := diag.Diagnostic{Severity: diag.Error, Code: "theme-missing", File: config.File, Range: config.Place(r.Files, "theme"),
			Message: fmt.Sprintf("The layout %q is not in %s, and the theme %s is not here. Put the theme's folder into the site and name it under galley.theme in %s.", name, r.Config.LayoutsDir, named, config.File)}
		f := plainFrame(e, d.Message, "")
		f.diags = []diag.Diagnostic{d}
		return f
	}
	return frame{diags: []diag.Diagnostic{{Range: e.Post.KeyRange("layout"), Severity: diag.Warning, Code: "layout-unknown",
		Message: fmt.Sprintf("There is no layout %q in %s, so the page is its content alone, as Jekyll has it.", name, r.Config.LayoutsDir)}}}
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
func (r *Renderer) templateFrame(e *document.Entry, doc *markdown.Document, name string) frame {
	if usual := usualLayouts[name]; usual != "" && r.Templates.Pages[name+".html"] == nil {
		name = usual
	}
	var f frame
	t := r.Templates.Pages[name+".html"]
	switch {
	case t != nil && name != "":
		f.diags = r.Templates.Broken[name+".html"]
	case name != "" && len(r.Templates.Broken[name+".html"]) > 0:
		f.diags = r.Templates.Broken[name+".html"]
		t = r.fallback(e)
	default:
		if name != "" {
			f.diags = []diag.Diagnostic{{Range: e.Post.KeyRange("layout"), Severity: diag.Warning, Code: "layout-unknown",
				Message: fmt.Sprintf("There is no layout %q; the page is made with the built-in one.", name)}}
		}
		t = r.fallback(e)
		f.diags = diag.AppendNew(f.diags, r.Templates.Broken[t.Name])
	}
	f.diags = diag.AppendNew(f.diags[:len(f.diags):len(f.diags)], r.Templates.BrokenParts)
	if err := r.execute(&f, t, e, doc); err != nil {
		f.diags = append(f.diags, t.Failure(r.Files, r.Options.BuiltIn, err))
		own := t
		t = r.BuiltIn().Pages[own.Name]
		if t == nil {
			t = r.BuiltIn().Pages[r.fallback(e).Name]
		}
		if err := r.execute(&f, t, e, doc); err != nil {
			panic(err)
		}
	}
	return f
}
