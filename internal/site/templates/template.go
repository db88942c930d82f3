package templates

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"reflect"

	"galley/internal/diag"
	"galley/internal/site/config"
)

// Limits on what one template may do, so that a template under review cannot
// hold up the editor or the builder.
const (
	maxOutput = 64 << 20 // bytes of one page
	maxSteps  = 4 << 20  // pieces of text written for one page
	askEvery  = 16       // pieces between two questions whether to stop
)

// usualOutput is the room that a page without its content mostly has enough
// with, in bytes.
const usualOutput = 4 << 10

var (
	errOutput = fmt.Errorf("the page grew larger than %d MB", maxOutput>>20)
	errSteps  = errors.New("the template took too many steps")
)

// Template is one parsed template, ready to be executed by several
// goroutines at once.
type Template struct {
	Name string // "post.html"
	File string // where it comes from, for messages
	tmpl *template.Template
	Own  bool // the site's, not built in
	stop func() error
	// Verbatim is true when the template only ever prints the content as it
	// is, so that the page is a shell around it.
	Verbatim bool
}

// templateTypes are the structs that templates are checked against. A name
// that is not here is a layout and gets a ContentPage.
var templateTypes = map[string]reflect.Type{
	"index.html":    reflect.TypeFor[ListPage](),
	"archive.html":  reflect.TypeFor[ListPage](),
	"feed.xml":      reflect.TypeFor[FeedPage](),
	"sitemap.xml":   reflect.TypeFor[SitemapPage](),
	"redirect.html": reflect.TypeFor[RedirectPage](),
}

func templateType(name string) reflect.Type {
	if t, ok := templateTypes[name]; ok {
		return t
	}
	return reflect.TypeFor[ContentPage]()
}

// parseTemplate parses one page template with the shared ones and checks it
// against its struct.
func parseTemplate(c config.Config, name string, src Source, shared map[string]Source, stop func() error) (*Template, []diag.Diagnostic) {
	t := template.New(name).Funcs(funcs(c, stop))
	where := map[string]Source{name: src}
	for _, n := range SortedKeys(shared) {
		where[n] = shared[n]
		if _, err := t.New(n).Parse(shared[n].Text); err != nil {
			return nil, []diag.Diagnostic{templateDiag(shared[n], err)}
		}
	}
	if _, err := t.Parse(src.Text); err != nil {
		return nil, []diag.Diagnostic{templateDiag(src, err)}
	}
	p := &Template{Name: name, File: src.file, tmpl: t, Own: src.own, Verbatim: true, stop: stop}
	if problems := checkTemplate(t, templateType(name), stop); len(problems) > 0 {
		var diags []diag.Diagnostic
		for _, problem := range problems {
			from, ok := where[problem.template]
			if !ok {
				from = src
			}
			diags = append(diags, templateDiag(from, problem))
		}
		return nil, diags
	}
	for _, part := range t.Templates() {
		if part.Tree == nil || part.Tree.Root == nil {
			continue
		}
		p.Verbatim = p.Verbatim && verbatimContent(part.Tree.Root)
		countSteps(part.Tree.Root)
	}
	// The escaper works at the first execution; its errors belong here. What it would write
	// does not: the first thing, with which every template begins, ends it.
	if err := t.Execute(&boundedWriter{steps: maxSteps}, reflect.New(templateType(name)).Elem().Interface()); err != nil {
		var escape *template.Error
		if errors.As(err, &escape) {
			return nil, []diag.Diagnostic{templateDiag(src, err)}
		}
	}
	return p, nil
}

// Run executes the template within its limits, and as long as it is not told to stop.
func (t *Template) Run(data any) ([]byte, error) {
	w := boundedWriter{stop: t.stop}
	w.Grow(usualOutput)
	if err := t.tmpl.Execute(&w, data); err != nil {
		return nil, err
	}
	return w.Bytes(), nil
}

// boundedWriter collects a page, up to the limits.
type boundedWriter struct {
	bytes.Buffer
	steps int
	stop  func() error
}

func (w *boundedWriter) Write(b []byte) (int, error) {
	if w.steps++; w.steps > maxSteps {
		return 0, errSteps
	}
	if w.stop != nil && w.steps%askEvery == 0 {
		if err := w.stop(); err != nil {
			return 0, err
		}
	}
	if w.Len()+len(b) > maxOutput {
		return 0, errOutput
	}
	return w.Buffer.Write(b)
}
