package config

import (
	"io/fs"
	"path"
	"strings"

	"galley/internal/site/source"
)

// TemplateDir is where a site keeps templates of its own.
const TemplateDir = "templates"

// jekyllExcludes is what belongs to tools and not to a site.
var jekyllExcludes = []string{
	".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules",
	"vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/",
}

// galleysExcludes are those that Galley's own sites have besides.
var galleysExcludes = []string{"package.json", "package-lock.json"}

// namesOnly are patterns without signs that stand for others, of which none is passed over.
func namesOnly(names []string) source.Patterns {
	p, _ := source.Compile(names)
	return p
}

// Rules say which of the files are the site's. never names those that are not.
func (c Config) Rules(files fs.FS, never []string) source.Rules {
	r := source.Rules{
		Exclude: []source.Patterns{c.excluded}, Include: c.included, CollectionsDir: c.CollectionsDir, Drafts: c.ShowDrafts,
		Never: append([]string{File, "galley-data"}, never...),
	}
	if dir := c.ThemeDir(); dir != "" {
		r.Never = append(r.Never, dir)
	}
	if c.Flavour != GitHubPages || c.Data["exclude"] == nil {
		r.Exclude = append(r.Exclude, namesOnly(jekyllExcludes))
	}
	if c.Flavour == Galleys {
		r.Exclude = append(r.Exclude, namesOnly(galleysExcludes))
		r.Never = append(r.Never, c.TemplateFile()) // Jekyll publishes it
	}
	if c.Flavour == Galleys || hasTemplates(files) {
		r.Never = append(r.Never, TemplateDir)
	}
	for _, of := range c.Collections[1:] {
		r.Collections = append(r.Collections, of.Label)
	}
	return r
}

// hasTemplates says whether the site has templates of Go.
func hasTemplates(files fs.FS) bool {
	list, _ := fs.ReadDir(files, TemplateDir)
	for _, f := range list {
		if templateNames[f.Name()] {
			return true
		}
	}
	return false
}

// templateNames are those that Galley asks for.
var templateNames = map[string]bool{
	"base.html": true, "post.html": true, "page.html": true, "index.html": true, "archive.html": true, "404.html": true,
	"feed.xml": true, "sitemap.xml": true, "redirect.html": true, "partials": true,
}

// Includes says whether the setting "include" names a file.
func (c Config) Includes(file string) bool {
	return c.included.Match(file, false) || c.included.Match(path.Base(file), false)
}

// ResolvesLinks says whether the section "relative_links" has links to files become
// addresses in a file, which is a page or of a collection.
func (c Config) ResolvesLinks(file string, page bool) bool {
	s := c.relativeLinks
	return s.Enabled && (page || s.Collections) && !c.linksKept.Match(file, false)
}

// BareIsPage says whether a file without front matter is a page all the same:
// no file is, unless GitHub builds the site or Galley makes its pages.
func (c Config) BareIsPage(name string) bool {
	if c.Jekyll() || !c.IsMarkdown(name) {
		return false
	}
	base := path.Base(name)
	return !unwritten[strings.ToUpper(strings.TrimSuffix(base, path.Ext(base)))]
}

// unwritten are Markdown files that speak to a repository's readers rather
// than the site's. Without front matter GitHub Pages makes no pages of them.
var unwritten = map[string]bool{
	"README": true, "LICENSE": true, "LICENCE": true, "COPYING": true, "CODE_OF_CONDUCT": true, "CONTRIBUTING": true,
	"ISSUE_TEMPLATE": true, "PULL_REQUEST_TEMPLATE": true, "CHANGELOG": true, "SECURITY": true,
}

// TemplateFolders are the folders whose text files make pages: templates,
// layouts, includes and data.
func (c Config) TemplateFolders() []string {
	return []string{TemplateDir, c.LayoutsDir, c.IncludesDir, c.DataDir}
}
