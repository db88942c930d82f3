package site

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/site/source"
)

// flavour is whose rules a site is built by. docs/jekyll.md says what differs.
type flavour int

const (
	// galleys is a site without layouts of its own: its pages are made with
	// Galley's templates, and Galley adds index, archive, feed and so on.
	galleys flavour = iota
	// githubPages is a site that GitHub builds by itself: with Jekyll 3.10,
	// Liquid 4 and the plugins that are always on there.
	githubPages
	// jekyll4 is a site that is built with Jekyll 4.3 and the plugins that it
	// names.
	jekyll4
)

// githubPagesGem finds the gem that stands for GitHub's own builder.
var githubPagesGem = regexp.MustCompile(`(?m)^[ \t]*gem[ (]+["']github-pages["']`)

// flavourFile is where a bundle keeps the flavour of its site.
const flavourFile = ".galley-flavour"

// flavourNames are the flavours as flavourFile has them.
var flavourNames = []string{"galley", "github-pages", "jekyll"}

// flavourOf decides from the site's files. GitHub builds by itself what has no
// Gemfile, or one that names github-pages; but a folder without a Gemfile need
// not be on GitHub at all. It is taken for one that is where it says so: by a
// CNAME file, by a workflow with GitHub's builder, by a remote theme or by one
// that GitHub has built in. galley.github_pages in the settings decides
// otherwise.
func (s *Site) flavourOf() flavour {
	if name, err := fs.ReadFile(s.files, flavourFile); err == nil {
		return flavour(max(slices.Index(flavourNames, string(name)), 0))
	}
	if _, err := fs.Stat(s.files, s.config.LayoutsDir); err != nil && s.config.theme() == "" {
		return galleys
	}
	if is, says := s.config.Galley["github_pages"].(bool); says {
		if is {
			return githubPages
		}
		return jekyll4
	}
	gemfile, err := fs.ReadFile(s.files, "Gemfile")
	switch {
	case err == nil && githubPagesGem.Match(gemfile):
		return githubPages
	case err == nil:
		return jekyll4
	}
	if _, err := fs.Stat(s.files, "CNAME"); err == nil || textOf(s.config.Data["remote_theme"]) != "" ||
		githubThemes[textOf(s.config.Data["theme"])] || hasPagesWorkflow(s.files) {
		return githubPages
	}
	return jekyll4
}

// githubThemes are the themes that GitHub has built in.
var githubThemes = map[string]bool{
	"jekyll-theme-architect": true, "jekyll-theme-cayman": true, "jekyll-theme-dinky": true, "jekyll-theme-hacker": true,
	"jekyll-theme-leap-day": true, "jekyll-theme-merlot": true, "jekyll-theme-midnight": true, "jekyll-theme-minimal": true,
	"jekyll-theme-modernist": true, "jekyll-theme-primer": true, "jekyll-theme-slate": true, "jekyll-theme-tactile": true,
	"jekyll-theme-time-machine": true, "minima": true,
}

// hasPagesWorkflow says whether a workflow of the repository builds the site
// with GitHub's own builder.
func hasPagesWorkflow(files fs.FS) bool {
	const dir = ".github/workflows"
	list, _ := fs.ReadDir(files, dir)
	for _, f := range list {
		if text, err := fs.ReadFile(files, dir+"/"+f.Name()); err == nil && strings.Contains(string(text), "actions/jekyll-build-pages") {
			return true
		}
	}
	return false
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

// jekyll says whether the site's pages are made as Jekyll makes them, rather
// than with Galley's templates.
func (s *Site) jekyll() bool { return s.flavour != galleys }

// overrule has the settings that GitHub decides by itself: code is coloured by
// rouge, and what is no kramdown is read as kramdown.
func (s *Site) overrule(diags []diag.Diagnostic) {
	if s.flavour != githubPages {
		return
	}
	s.config.settings.Set("highlighter", "rouge")
	s.config.Markdown, _ = markdown.ReadSettings(s.config.settings)
	for i := range diags {
		if diags[i].Code == "config-markdown" {
			diags[i].Severity = diag.Warning
		}
	}
}

// theme is the theme that the settings name, or empty.
func (c Config) theme() string {
	if name := textOf(c.Data["remote_theme"]); name != "" {
		return name
	}
	return textOf(c.Data["theme"])
}

// jekyllExcludes is what belongs to tools and not to a site.
var jekyllExcludes = []string{
	".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules",
	"vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/",
}

// galleysExcludes are those that Galley's own sites have besides.
var galleysExcludes = []string{"package.json", "package-lock.json"}

// rules say which of the files are the site's.
func (s *Site) rules() source.Rules {
	c := s.config
	r := source.Rules{
		Exclude: c.Exclude, Include: c.Include, CollectionsDir: c.CollectionsDir, Drafts: c.ShowDrafts,
		Never: append([]string{configFile, "galley-data"}, s.options.Exclude...),
	}
	if dir := c.themeDir(); dir != "" {
		r.Never = append(r.Never, dir)
	}
	if s.flavour != githubPages || c.Data["exclude"] == nil {
		r.Exclude = append(r.Exclude[:len(r.Exclude):len(r.Exclude)], jekyllExcludes...)
	}
	if s.flavour == galleys {
		r.Exclude = append(r.Exclude, galleysExcludes...)
		r.Never = append(r.Never, c.templateFile()) // Jekyll publishes it
	}
	if s.flavour == galleys || hasTemplates(s.files) {
		r.Never = append(r.Never, templateDir)
	}
	for _, c := range c.collections[1:] {
		r.Collections = append(r.Collections, c.label)
	}
	return r
}
