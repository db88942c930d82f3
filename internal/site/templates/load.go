package templates

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"sort"
	"strings"

	"galley/internal/diag"
	"galley/internal/site/config"
)

// Set is all templates of a site by name.
type Set struct {
	Pages map[string]*Template
	// Broken says what is wrong with the site's own templates, by name.
	Broken map[string][]diag.Diagnostic
	// BrokenParts says what is wrong with base.html and partials, which
	// concerns every page.
	BrokenParts []diag.Diagnostic
}

// Source is one template file.
type Source struct {
	file string // for messages
	Text string
	own  bool // the site's, not built in
}

// Load parses the built-in templates with the site's over them. A
// template of the site that cannot be used is told of, and the built-in one
// of its name is used instead. Once stop returns an error all that is executed of them
// ends soon; a nil stop never does.
func Load(c config.Config, builtIn, files fs.FS, stop func() error) (*Set, []diag.Diagnostic, error) {
	inner := Sources(builtIn, ".", false)
	own := Sources(files, config.TemplateDir, true)
	set := &Set{Pages: map[string]*Template{}, Broken: map[string][]diag.Diagnostic{}}
	var diags []diag.Diagnostic

	// What all templates share: base.html and partials. Each file of the
	// site is tried by itself, so that one broken file does not take the
	// others with it.
	shared := map[string]Source{}
	for name, src := range inner {
		if IsShared(name) {
			shared[name] = src
		}
	}
	for _, name := range SortedKeys(own) {
		if !IsShared(name) {
			continue
		}
		if _, err := template.New(name).Funcs(funcs(c, stop)).Parse(own[name].Text); err != nil {
			d := templateDiag(own[name], err)
			diags = append(diags, d)
			set.BrokenParts = append(set.BrokenParts, d)
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
	for _, name := range SortedKeys(names) {
		if IsShared(name) {
			continue
		}
		src, isOwn := own[name]
		if isOwn {
			p, found := parseTemplate(c, name, src, shared, stop)
			if len(found) == 0 {
				set.Pages[name] = p
				continue
			}
			diags = diag.AppendNew(diags, found)
			set.Broken[name] = append(set.Broken[name], found...)
			if src, isOwn = inner[name]; !isOwn {
				continue
			}
		} else {
			src = inner[name]
		}
		p, found := parseTemplate(c, name, src, shared, stop)
		if len(found) > 0 { // a shared file of the site does not suit it
			diags = diag.AppendNew(diags, found)
			set.Broken[name] = append(set.Broken[name], found...)
			if p, found = parseTemplate(c, name, src, onlyBuiltIn(inner), stop); len(found) > 0 {
				return nil, diags, fmt.Errorf("built-in template %s: %s", name, found[0].Message)
			}
		}
		set.Pages[name] = p
	}
	for _, name := range []string{"post.html", "page.html"} {
		if set.Pages[name] == nil {
			return nil, diags, fmt.Errorf("there is no built-in template %s", name)
		}
	}
	return set, diags, nil
}

// IsShared says whether a template file is a part for others.
func IsShared(name string) bool {
	return name == "base.html" || strings.HasPrefix(name, "partials/")
}

func onlyBuiltIn(inner map[string]Source) map[string]Source {
	out := map[string]Source{}
	for name, src := range inner {
		if IsShared(name) {
			out[name] = src
		}
	}
	return out
}

// Sources reads the template files of a folder and of its partials/.
func Sources(files fs.FS, dir string, own bool) map[string]Source {
	out := map[string]Source{}
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
			out[name] = Source{file: path.Join(config.TemplateDir, name), Text: string(text), own: own}
		}
	}
	return out
}

func SortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
