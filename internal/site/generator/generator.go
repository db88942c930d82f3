package generator

import (
	"io/fs"
	"path"
	"strings"

	"galley/internal/diag"
	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/site/config"
	"galley/internal/site/defaults"
	"galley/internal/site/document"
	"galley/internal/site/library"
	"galley/internal/site/plugin"
	"galley/internal/site/value"
)

// Run lets the plugins add to what was read, in Jekyll's order: archives
// and redirects, READMEs, then pages of posts, feeds and the sitemap.
func Run(s *document.Reader, lib *library.Library) {
	g := &generator{site: s, lib: lib}
	if s.Config.Runs(plugin.NoFrontMatter) {
		g.bareFiles()
	}
	if s.Config.Runs(plugin.Archives) {
		g.archives()
	}
	if s.Config.Runs(plugin.Redirect) {
		g.redirects()
	}
	if s.Config.Runs(plugin.Readme) {
		g.readmes()
	}
	if s.Config.Runs(plugin.Paginate) {
		g.pages()
	}
	if s.Config.Runs(plugin.Feed) {
		g.feeds()
	}
	if s.Config.Runs(plugin.Sitemap) {
		g.sitemap()
	}
	lib.Diags = g.diags
}

// generator is the work of the plugins on one library.
type generator struct {
	site  *document.Reader
	lib   *library.Library
	diags []diag.Diagnostic
}

// tell tells of a setting.
func (g *generator) tell(severity diag.Severity, key, message string) {
	g.diags = append(g.diags, diag.Diagnostic{File: config.File, Range: config.Place(g.site.Files, key), Severity: severity, Code: "plugin", Message: message})
}

// add adds a page that is made; file is the name of the file that it would be
// made of.
func (g *generator) add(file string, data *ordered.Map, made *document.Made) *document.Entry {
	e := &document.Entry{Path: file, Front: data, Made: made, Listed: true}
	e.Data = defaults.Merge(g.site.Config.Defaults.All(file, "pages"), data)
	for k, v := range data.All() {
		if v == nil {
			e.Data = e.Data.Clone()
			e.Data.Set(k, nil) // nothing at all overrules defaults
		}
	}
	e.ReadPage(g.site)
	e.Meta = value.PlainMap(e.Data)
	g.lib.Made = append(g.lib.Made, e)
	return e
}

// has says whether the site has a file of its own.
func (g *generator) has(file string) bool {
	_, err := fs.Stat(g.site.Files, strings.TrimPrefix(path.Clean("/"+file), "/"))
	return err == nil
}

// write adds a file that a plugin writes.
func (g *generator) write(file string, write func(*liquid.Context) (string, error)) *document.Entry {
	return g.add(file, ordered.Of("layout", nil), &document.Made{Write: write})
}

// textsOf is a list of front matter as texts.
func textsOf(v any) []string {
	list, _ := v.([]any)
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = liquid.Text(e)
	}
	return out
}
