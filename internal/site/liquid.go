package site

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"galley/internal/diag"
	"galley/internal/liquid"
	"galley/internal/liquid/jekyll"
	"galley/internal/ordered"
	"galley/internal/site/config"
	"galley/internal/site/value"
)

// Jekyll's versions that Galley follows.
const (
	jekyllVersion      = "4.3.1"
	githubPagesVersion = "3.10.0"
)

// What Liquid may make for one page, in bytes: in all, and at a time.
const (
	maxLiquidBytes = 256 << 20
	maxLiquidText  = 32 << 20
)

// jekyllVersion is the version of Jekyll that the site is built like.
func (s *Site) jekyllVersion() string {
	if s.config.Flavour == config.GitHubPages {
		return githubPagesVersion
	}
	return jekyllVersion
}

// templateFiles are the site's Liquid templates, each read and parsed when it
// is first asked for.
type templateFiles struct {
	site   *Site
	config *liquid.Config
	// layouts are by name without ending.
	layouts map[string]*layout
	parsed  sync.Map // of includes: path to *parsedFile
	cached  sync.Map // the texts of include_cached
}

// parsedFile is an include.
type parsedFile struct {
	once     sync.Once
	template *liquid.Template
	err      error
}

// newTemplateFiles reads the settings for Liquid and finds the layouts.
func (s *Site) newTemplateFiles() *templateFiles {
	t := &templateFiles{site: s, layouts: map[string]*layout{}}
	t.config = &liquid.Config{Tags: liquid.StandardTags(), Filters: liquid.StandardFilters(), Liquid4: s.config.Flavour == config.GitHubPages}
	for name, tag := range jekyll.Tags() {
		t.config.Tags[name] = tag
	}
	for name, filter := range jekyll.Filters() {
		t.config.Filters[name] = filter
	}
	t.addPlugins()
	t.addMapped()
	options, _ := s.config.Written.Value("liquid").(*ordered.Map)
	switch options.Value("error_mode") {
	case "lax":
		t.config.Mode = liquid.Lax
	case "strict":
		t.config.Mode = liquid.Strict
	}
	t.config.StrictFilters = value.Truthy(options.Value("strict_filters"))
	t.config.StrictVariables = value.Truthy(options.Value("strict_variables"))
	t.readLayouts()
	return t
}

// addMapped adds the tags that the settings map to includes or to nothing,
// under galley.tags: those of plugins that Galley has not got.
func (t *templateFiles) addMapped() {
	tags, _ := t.site.config.Galley["tags"].(map[string]any)
	for name, to := range tags {
		include, _ := to.(string)
		if include == "" {
			t.config.Tags[name] = func(*liquid.Parser, string) (liquid.Node, error) { return nothing{}, nil }
			continue
		}
		tag := t.config.Tags["include"]
		t.config.Tags[name] = func(p *liquid.Parser, markup string) (liquid.Node, error) {
			return tag(p, include+" "+strings.TrimSpace(markup))
		}
	}
}

// nothing is a tag that writes nothing.
type nothing struct{}

// Render implements liquid.Node.
func (nothing) Render(*liquid.Context) error { return nil }

// include parses a file once.
func (t *templateFiles) include(file string) (*liquid.Template, error) {
	made, _ := t.parsed.LoadOrStore(file, &parsedFile{})
	p := made.(*parsedFile)
	p.once.Do(func() {
		src, err := fs.ReadFile(t.site.files, file)
		if err == nil && len(src) > config.MaxFile {
			err = fmt.Errorf("%s is larger than %d KB", file, config.MaxFile>>10)
		}
		if err != nil {
			p.err = err
			return
		}
		p.template, p.err = t.config.Parse(file, 1, string(src))
	})
	return p.template, p.err
}

// globals are what names mean in the templates of one page.
type globals struct {
	sight  *sight
	page   any
	layout *ordered.Map
}

// Get implements liquid.Drop.
func (g *globals) Get(name string) (any, bool) {
	s := g.sight.site
	switch name {
	case "site":
		return &siteDrop{g.sight}, true
	case "page":
		return g.page, true
	case "content":
		if g.sight.content == nil {
			return nil, false
		}
		return g.sight.shown(), true
	case "layout":
		if g.layout == nil {
			return nil, true
		}
		return g.layout, true
	case "paginator":
		return g.sight.paginator(), true
	case "jekyll":
		return ordered.Of("version", s.jekyllVersion(), "environment", "production"), true
	case "highlighter_prefix", "highlighter_suffix":
		return "\n", true
	}
	return nil, false
}

// shown is the content as a layout sees it.
func (v *sight) shown() string {
	if v.inner != nil {
		return *v.inner
	}
	return *v.content
}

// run is one page's work in Liquid.
type run struct {
	env     *liquid.Env
	globals *globals
}

// newRun begins the work for a page. page is what `page` means: the entry's
// drop, or its excerpt's.
func (s *Site) newRun(v *sight, page any) *run {
	g := &globals{sight: v, page: page}
	env := &liquid.Env{Globals: g, Now: s.options.Now, Place: s.config.Location, Stop: s.options.Stop,
		Limits: liquid.Limits{Bytes: maxLiquidBytes, Text: maxLiquidText}}
	env.Host = &host{site: s, sight: v, page: page, env: env}
	return &run{globals: g, env: env}
}

// render renders one template.
func (r *run) render(t *liquid.Template) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &liquid.Error{Problem: liquid.Problem{File: t.Name, Message: fmt.Sprint(p)}}
		}
	}()
	for _, w := range t.Warnings {
		r.env.Warnings = append(r.env.Warnings, w)
	}
	out, err := t.Render(r.env)
	return string(out), err
}

// problems are the warnings so far, as diagnostics; own is the page's file.
func (r *run) problems(own *entry) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, w := range r.env.Warnings {
		out = diag.AppendNew(out, []diag.Diagnostic{r.globals.sight.site.liquidProblem(own, w, diag.Warning)})
	}
	return out
}

// liquidProblem gives a problem in a template its place. A problem in the
// page's own file has no File.
func (s *Site) liquidProblem(own *entry, p liquid.Problem, severity diag.Severity) diag.Diagnostic {
	d := diag.Diagnostic{Severity: severity, Code: "liquid", Message: diag.Sentence(p.Message)}
	src := []byte(nil)
	if own != nil && p.File == own.path {
		src = own.post.Source
	} else if d.File = p.File; p.File != "" {
		src, _ = fs.ReadFile(s.files, p.File)
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
func (s *Site) liquidError(own *entry, err error) diag.Diagnostic {
	var le *liquid.Error
	if !errors.As(err, &le) {
		le = &liquid.Error{Problem: liquid.Problem{Message: err.Error()}}
	}
	p := le.Problem
	var unknown *liquid.UnknownTag
	if errors.As(err, &unknown) {
		if plugin := pluginOf(unknown.Name); plugin != "" {
			p.Message = fmt.Sprintf("The Liquid tag %q is one of the plugin %s; name that under plugins in %s", unknown.Name, plugin, config.File)
			return s.liquidProblem(own, p, diag.Error)
		}
		p.Message = fmt.Sprintf("There is no Liquid tag %q here. If a plugin of the site has it, map it to an include or to nothing under galley.tags in %s", unknown.Name, config.File)
	}
	return s.liquidProblem(own, p, diag.Error)
}

// hasLiquid says whether there may be anything of Liquid's in a text.
func hasLiquid(text string) bool { return strings.Contains(text, "{{") || strings.Contains(text, "{%") }

// expand carries out the Liquid in an entry's own text, where it has any. The
// second result says whether it did.
func (s *Site) expand(v *sight, e *entry, body string) (string, bool, []diag.Diagnostic) {
	if e.data.Value("render_with_liquid") == false || !hasLiquid(body) {
		return body, false, nil
	}
	return s.expandAs(v, e, v.drop(e), body)
}

func (s *Site) expandAs(v *sight, e *entry, page any, body string) (string, bool, []diag.Diagnostic) {
	line := 1 + strings.Count(string(e.post.Source[:e.post.Body]), "\n")
	t, err := s.templateFiles().config.Parse(e.path, line, body)
	if err != nil {
		return body, false, []diag.Diagnostic{s.liquidError(e, err)}
	}
	r := s.newRun(v, page)
	if chain := s.layoutsOf(e); len(chain) > 0 {
		r.globals.layout = chain[0].data
	}
	out, err := r.render(t)
	diags := r.problems(e)
	if err != nil {
		return body, false, append(diags, s.liquidError(e, err))
	}
	return out, true, diags
}

// templateFiles are the site's, found when they are first asked for.
func (s *Site) templateFiles() *templateFiles {
	s.filesOnce.Do(func() { s.liquidFiles = s.newTemplateFiles() })
	return s.liquidFiles
}
