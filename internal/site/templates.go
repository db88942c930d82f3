package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"reflect"
	"sort"
	"strings"

	"galley/internal/diag"
	"galley/internal/site/config"
)

// Limits on what one template may do, so that a template under review cannot
// hold up the editor or the builder.
const (
	maxOutput = 64 << 20 // bytes of one page
	maxSteps  = 4 << 20  // pieces of text written for one page
)

// usualOutput is the room that a page without its content mostly has enough
// with, in bytes.
const usualOutput = 4 << 10

var (
	errOutput = fmt.Errorf("the page grew larger than %d MB", maxOutput>>20)
	errSteps  = errors.New("the template took too many steps")
)

// pageTemplate is one parsed template, ready to be executed by several
// goroutines at once.
type pageTemplate struct {
	name string // "post.html"
	file string // where it comes from, for messages
	tmpl *template.Template
	own  bool // the site's, not built in
	// verbatim is true when the template only ever prints the content as it
	// is, so that the page is a shell around it.
	verbatim bool
}

// templateSet is all templates of a site by name.
type templateSet struct {
	pages map[string]*pageTemplate
	// broken says what is wrong with the site's own templates, by name.
	broken map[string][]diag.Diagnostic
	// brokenParts says what is wrong with base.html and partials, which
	// concerns every page.
	brokenParts []diag.Diagnostic
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

// templateSource is one template file.
type templateSource struct {
	file string // for messages
	text string
	own  bool // the site's, not built in
}

// loadTemplates parses the built-in templates with the site's over them. A
// template of the site that cannot be used is told of, and the built-in one
// of its name is used instead.
func (s *Site) loadTemplates(builtIn, files fs.FS) (*templateSet, []diag.Diagnostic, error) {
	inner := readTemplates(builtIn, ".", false)
	own := readTemplates(files, config.TemplateDir, true)
	set := &templateSet{pages: map[string]*pageTemplate{}, broken: map[string][]diag.Diagnostic{}}
	var diags []diag.Diagnostic

	// What all templates share: base.html and partials. Each file of the
	// site is tried by itself, so that one broken file does not take the
	// others with it.
	shared := map[string]templateSource{}
	for name, src := range inner {
		if isShared(name) {
			shared[name] = src
		}
	}
	for _, name := range sortedKeys(own) {
		if !isShared(name) {
			continue
		}
		if _, err := template.New(name).Funcs(s.funcs()).Parse(own[name].text); err != nil {
			d := templateDiag(own[name], err)
			diags = append(diags, d)
			set.brokenParts = append(set.brokenParts, d)
			continue
		}
		shared[name] = own[name]
	}

	names := map[string]bool{}
	for name := range inner {
		names[name] = true
	}
	for name := range own {
		names[name] = true
	}
	for _, name := range sortedKeys(names) {
		if isShared(name) {
			continue
		}
		src, isOwn := own[name]
		if isOwn {
			p, found := s.parseTemplate(name, src, shared)
			if len(found) == 0 {
				set.pages[name] = p
				continue
			}
			diags = diag.AppendNew(diags, found)
			set.broken[name] = append(set.broken[name], found...)
			if src, isOwn = inner[name]; !isOwn {
				continue
			}
		} else {
			src = inner[name]
		}
		p, found := s.parseTemplate(name, src, shared)
		if len(found) > 0 { // a shared file of the site does not suit it
			diags = diag.AppendNew(diags, found)
			set.broken[name] = append(set.broken[name], found...)
			if p, found = s.parseTemplate(name, src, onlyBuiltIn(inner)); len(found) > 0 {
				return nil, diags, fmt.Errorf("built-in template %s: %s", name, found[0].Message)
			}
		}
		set.pages[name] = p
	}
	for _, name := range []string{"post.html", "page.html"} {
		if set.pages[name] == nil {
			return nil, diags, fmt.Errorf("there is no built-in template %s", name)
		}
	}
	return set, diags, nil
}

// isShared says whether a template file is a part for others.
func isShared(name string) bool {
	return name == "base.html" || strings.HasPrefix(name, "partials/")
}

func onlyBuiltIn(inner map[string]templateSource) map[string]templateSource {
	out := map[string]templateSource{}
	for name, src := range inner {
		if isShared(name) {
			out[name] = src
		}
	}
	return out
}

// readTemplates reads the template files of a folder and of its partials/.
func readTemplates(files fs.FS, dir string, own bool) map[string]templateSource {
	out := map[string]templateSource{}
	if files == nil {
		return out
	}
	for _, sub := range []string{"", "partials"} {
		list, err := fs.ReadDir(files, path.Join(dir, sub))
		if err != nil {
			continue
		}
		for _, f := range list {
			ext := path.Ext(f.Name())
			if f.IsDir() || ext != ".html" && ext != ".xml" {
				continue
			}
			name := path.Join(sub, f.Name())
			text, err := fs.ReadFile(files, path.Join(dir, name))
			if err != nil || len(text) > config.MaxFile {
				continue
			}
			out[name] = templateSource{file: path.Join(config.TemplateDir, name), text: string(text), own: own}
		}
	}
	return out
}

// parseTemplate parses one page template with the shared ones and checks it
// against its struct.
func (s *Site) parseTemplate(name string, src templateSource, shared map[string]templateSource) (*pageTemplate, []diag.Diagnostic) {
	t := template.New(name).Funcs(s.funcs())
	where := map[string]templateSource{name: src}
	for _, n := range sortedKeys(shared) {
		where[n] = shared[n]
		if _, err := t.New(n).Parse(shared[n].text); err != nil {
			return nil, []diag.Diagnostic{templateDiag(shared[n], err)}
		}
	}
	if _, err := t.Parse(src.text); err != nil {
		return nil, []diag.Diagnostic{templateDiag(src, err)}
	}
	p := &pageTemplate{name: name, file: src.file, tmpl: t, own: src.own, verbatim: true}
	if problems := checkTemplate(t, templateType(name)); len(problems) > 0 {
		var diags []diag.Diagnostic
		for _, c := range problems {
			from, ok := where[c.template]
			if !ok {
				from = src
			}
			diags = append(diags, templateDiag(from, c))
		}
		return nil, diags
	}
	for _, part := range t.Templates() {
		if part.Tree == nil || part.Tree.Root == nil {
			continue
		}
		p.verbatim = p.verbatim && verbatimContent(part.Tree.Root)
		countSteps(part.Tree.Root)
	}
	// The escaper works at the first execution; its errors belong here.
	if err := t.Execute(&boundedWriter{}, reflect.New(templateType(name)).Elem().Interface()); err != nil {
		var escape *template.Error
		if errors.As(err, &escape) {
			return nil, []diag.Diagnostic{templateDiag(src, err)}
		}
	}
	return p, nil
}

// boundedWriter collects a page, up to the limits.
type boundedWriter struct {
	bytes.Buffer
	steps int
}

func (w *boundedWriter) Write(b []byte) (int, error) {
	if w.steps++; w.steps > maxSteps {
		return 0, errSteps
	}
	if w.Len()+len(b) > maxOutput {
		return 0, errOutput
	}
	return w.Buffer.Write(b)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
