package render

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"galley/internal/diag"
	"galley/internal/liquid"
	"galley/internal/site/config"
	"galley/internal/site/document"
	"galley/internal/site/drop"
	"galley/internal/site/tags"
)

// What Liquid may make for one page, in bytes: in all, and at a time.
const (
	maxLiquidBytes = 256 << 20
	maxLiquidText  = 32 << 20
	// maxMarkdown is how much of it is read as Markdown, which takes some fifty times as
	// much memory: twice the largest post that an editor writes.
	maxMarkdown = 8 << 20
)

// tooMuchMarkdown is an error for what Liquid made, where it is too much to be read as
// Markdown.
func tooMuchMarkdown(bytes int) error {
	if bytes <= maxMarkdown {
		return nil
	}
	return fmt.Errorf("the template made more than %d MB of Markdown; is there a loop in a loop that it does not need?", maxMarkdown>>20)
}

// run is one page's work in Liquid.
type run struct {
	site    *Renderer
	env     *liquid.Env
	globals *drop.Globals
}

// newRun begins the work for a page.
func (r *Renderer) newRun(v *drop.View) *run {
	g := &drop.Globals{Sight: v, Page: v.Page()}
	env := &liquid.Env{Globals: g, Now: r.Options.Now, Place: r.Config.Location, Stop: r.Options.Stop,
		Limits: liquid.Limits{Bytes: maxLiquidBytes, Text: maxLiquidText}}
	env.Host = &host{Addresses: document.Addresses{Config: r.Config}, site: r, sight: v, env: env}
	return &run{site: r, globals: g, env: env}
}

// render renders one template.
func (r *run) render(t *liquid.Template) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &liquid.Error{Problem: liquid.Problem{File: t.Name, Message: fmt.Sprint(p)}}
		}
	}()
	r.env.Warnings = append(r.env.Warnings, t.Warnings...)
	out, err := t.Render(r.env)
	return string(out), err
}

// problems are the warnings so far, as diagnostics; own is the page's file.
func (r *run) problems(own *document.Entry) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, w := range r.env.Warnings {
		out = diag.AppendNew(out, []diag.Diagnostic{r.site.liquidProblem(own, w, diag.Warning)})
	}
	return out
}

// liquidProblem gives a problem in a template its place. A problem in the
// page's own file has no File.
func (r *Renderer) liquidProblem(own *document.Entry, p liquid.Problem, severity diag.Severity) diag.Diagnostic {
	d := diag.Diagnostic{Severity: severity, Code: "liquid", Message: diag.Sentence(p.Message)}
	src := []byte(nil)
	if own != nil && p.File == own.Path {
		src = own.Post.Source
	} else if d.File = p.File; p.File != "" {
		src, _ = fs.ReadFile(r.Files, p.File)
	}
	if p.Line == 0 || src == nil {
		return d
	}
	d.Range = diag.LineRange(src, p.Line)
	if words := strings.TrimSpace(string(src[d.Range.Start:d.Range.End])); d.File != "" {
		if len(words) > 120 {
			words = words[:120] + "…"
		}
		d.Message = fmt.Sprintf("Line %d of this template: %s It reads: %s", p.Line, d.Message, words)
	}
	return d
}

// liquidError is an error of Liquid as a diagnostic.
func (r *Renderer) liquidError(own *document.Entry, err error) diag.Diagnostic {
	var le *liquid.Error
	if !errors.As(err, &le) {
		le = &liquid.Error{Problem: liquid.Problem{Message: err.Error()}}
	}
	p := le.Problem
	var unknown *liquid.UnknownTag
	if errors.As(err, &unknown) {
		if plugin := tags.PluginOf(unknown.Name); plugin != "" {
			p.Message = fmt.Sprintf("The Liquid tag %q is one of the plugin %s; name that under plugins in %s", unknown.Name, plugin, config.File)
			return r.liquidProblem(own, p, diag.Error)
		}
		p.Message = fmt.Sprintf("There is no Liquid tag %q here. If a plugin of the site has it, map it to an include or to nothing under galley.tags in %s", unknown.Name, config.File)
	}
	return r.liquidProblem(own, p, diag.Error)
}

// Expand carries out the Liquid in an entry's own text, where it has any. The
// second result says whether it did.
func (r *Renderer) Expand(v *drop.View, e *document.Entry, body string) (string, bool, []diag.Diagnostic) {
	if e.Data.Value("render_with_liquid") == false || !liquid.Has(body) {
		return body, false, nil
	}
	return r.expandAs(v, e, body)
}

func (r *Renderer) expandAs(v *drop.View, e *document.Entry, body string) (string, bool, []diag.Diagnostic) {
	line := 1 + strings.Count(string(e.Post.Source[:e.Post.Body]), "\n")
	t, err := r.Layouts().Liquid.Parse(e.Path, line, body)
	if err != nil {
		return body, false, []diag.Diagnostic{r.liquidError(e, err)}
	}
	work := r.newRun(v)
	if chain := r.layoutsOf(e); len(chain) > 0 {
		work.globals.Layout = chain[0].Data
	}
	out, err := work.render(t)
	diags := work.problems(e)
	if err == nil && r.Config.IsMarkdown(e.Path) {
		err = tooMuchMarkdown(len(out))
	}
	if err != nil {
		return body, false, append(diags, r.liquidError(e, err))
	}
	return out, true, diags
}
