package render

import (
	"galley/internal/diag"
	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/post"
	"galley/internal/site/drop"
)

// Fill fills a pattern of the settings in for a post: Liquid, as it would stand in
// the post itself, that also sees "headings", the post's headings in order, each
// with its text, its level and its section, which is the heading of level 2 that it
// stands under. What is wrong with the pattern is told; where Liquid cannot read
// it, it comes back as it is.
func Fill(r *Renderer, path string, p post.Post, pattern string) (string, []diag.Diagnostic) {
	e := r.Entry(path, p)
	v := drop.New(r.Reader, r, e)
	t, err := r.Layouts().Liquid.Parse("", 0, pattern)
	if err != nil {
		return pattern, []diag.Diagnostic{r.liquidError(nil, err)}
	}
	work := r.newRun(v)
	doc, _, _ := r.Content(e, v)
	headings := []any{}
	section := ""
	for _, h := range doc.Headings {
		if h.Level <= 2 {
			section = h.Text
		}
		headings = append(headings, ordered.Of("text", h.Text, "level", int64(h.Level), "section", section))
	}
	work.env.Globals = withHeadings{work.globals, headings}
	out, err := work.render(t)
	found := work.problems(nil)
	if err != nil {
		return pattern, append(found, r.liquidError(nil, err))
	}
	return out, found
}

// withHeadings is what a pattern sees.
type withHeadings struct {
	liquid.Drop
	headings []any
}

// Get implements liquid.Drop.
func (w withHeadings) Get(name string) (any, bool) {
	if name == "headings" {
		return w.headings, true
	}
	return w.Drop.Get(name)
}

// HasLayout tells whether a site brings a layout, or a template of Go, of that
// name.
func HasLayout(r *Renderer, name string) bool {
	if t := r.Templates.Pages[name+".html"]; t != nil && t.Own {
		return true
	}
	return r.Config.Jekyll() && r.Layouts().Layouts[name] != nil
}
