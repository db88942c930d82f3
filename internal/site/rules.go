package site

import (
	"galley/internal/site/source"
	"io/fs"
	"path"
	"strings"
)

// templateDir is where a site keeps templates of its own.
const templateDir = "templates"

// jekyllExcludes is what belongs to tools and not to a site.
var jekyllExcludes = []string{
	".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules",
	"vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/",
}

// galleysExcludes are those that Galley's own sites have besides.
var galleysExcludes = []string{"package.json", "package-lock.json"}

// rules say which of the files are the site's. never names those that are not.
func (c Config) rules(files fs.FS, never []string) source.Rules {
	r := source.Rules{
		Exclude: c.Exclude, Include: c.Include, CollectionsDir: c.CollectionsDir, Drafts: c.ShowDrafts,
		Never: append([]string{configFile, "galley-data"}, never...),
	}
	if dir := c.themeDir(); dir != "" {
		r.Never = append(r.Never, dir)
	}
	if c.Flavour != githubPages || c.Data["exclude"] == nil {
		r.Exclude = append(r.Exclude[:len(r.Exclude):len(r.Exclude)], jekyllExcludes...)
	}
	if c.Flavour == galleys {
		r.Exclude = append(r.Exclude, galleysExcludes...)
		r.Never = append(r.Never, c.templateFile()) // Jekyll publishes it
	}
	if c.Flavour == galleys || hasTemplates(files) {
		r.Never = append(r.Never, templateDir)
	}
	for _, of := range c.collections[1:] {
		r.Collections = append(r.Collections, of.label)
	}
	return r
}

// hasTemplates says whether the site has templates of Go.
func hasTemplates(files fs.FS) bool {
	list, _ := fs.ReadDir(files, templateDir)
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

// includes says whether the setting "include" names a file.
func (c Config) includes(file string) bool {
	return source.Matches(c.Include, file, false) || source.Matches(c.Include, path.Base(file), false)
}

// bareIsPage says whether a file without front matter is a page all the same:
// no file is, unless GitHub builds the site or Galley makes its pages.
func (c Config) bareIsPage(name string) bool {
	if c.jekyll() || !c.isMarkdown(name) {
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
