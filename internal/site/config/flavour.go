package config

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/site/value"
)

// Flavour is whose rules a site is built by. docs/jekyll.md says what differs.
type Flavour int

const (
	// Galleys is a site without layouts of its own: its pages are made with
	// Galley's templates, and Galley adds index, archive, feed and so on.
	Galleys Flavour = iota
	// GitHubPages is a site that GitHub builds by itself: with Jekyll 3.10,
	// Liquid 4 and the plugins that are always on there.
	GitHubPages
	// Jekyll4 is a site that is built with Jekyll 4.3 and the plugins that it
	// names.
	Jekyll4
)

// githubPagesGem finds the gem that stands for GitHub's own builder.
var githubPagesGem = regexp.MustCompile(`(?m)^[ \t]*gem[ (]+["']github-pages["']`)

// jekyllGem finds the gems that build a site with Jekyll.
var jekyllGem = regexp.MustCompile(`(?m)^[ \t]*gem[ (]+["'](github-pages|jekyll)["']`)

// FlavourFile is where a bundle keeps the flavour of its site.
const FlavourFile = ".galley-flavour"

// FlavourNames are the flavours as FlavourFile has them.
var FlavourNames = []string{"galley", "github-pages", "jekyll"}

// flavourOf decides from the site's files. GitHub builds by itself what has no
// Gemfile, or one that names github-pages; but a folder without a Gemfile need
// not be on GitHub at all. It is taken for one that is where it says so: by a
// CNAME file, by a workflow with GitHub's builder, by a remote theme or by one
// that GitHub has built in. galley.github_pages in the settings decides
// otherwise.
func (c Config) flavourOf(files fs.FS) Flavour {
	if name, err := fs.ReadFile(files, FlavourFile); err == nil {
		return Flavour(max(slices.Index(FlavourNames, string(name)), 0))
	}
	gemfile, gemfileErr := fs.ReadFile(files, "Gemfile")
	if _, err := fs.Stat(files, c.LayoutsDir); err != nil && c.Theme() == "" && !jekyllGem.Match(gemfile) && !hasPagesWorkflow(files) {
		return Galleys
	}
	if is, says := c.Galley["github_pages"].(bool); says {
		if is {
			return GitHubPages
		}
		return Jekyll4
	}
	switch {
	case gemfileErr == nil && githubPagesGem.Match(gemfile):
		return GitHubPages
	case gemfileErr == nil:
		return Jekyll4
	}
	if _, err := fs.Stat(files, "CNAME"); err == nil || value.Text(c.Data["remote_theme"]) != "" ||
		githubThemes[value.Text(c.Data["theme"])] || hasPagesWorkflow(files) {
		return GitHubPages
	}
	return Jekyll4
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

// Jekyll says whether the site's pages are made as Jekyll makes them, rather
// than with Galley's templates.
func (c Config) Jekyll() bool { return c.Flavour != Galleys }

// overrule has the settings that GitHub decides by itself: code is coloured by
// rouge, and what is no kramdown is read as kramdown.
func (c *Config) overrule(diags []diag.Diagnostic) {
	if c.Flavour != GitHubPages {
		return
	}
	c.All.Set("highlighter", "rouge")
	c.Markdown, _ = markdown.ReadSettings(c.All)
	for i := range diags {
		if diags[i].Code == "config-markdown" {
			diags[i].Severity = diag.Warning
		}
	}
}

// Jekyll's versions that Galley follows.
const (
	jekyllVersion      = "4.3.1"
	githubPagesVersion = "3.10.0"
)

// JekyllVersion is the version of Jekyll that the site is built like.
func (c Config) JekyllVersion() string {
	if c.Flavour == GitHubPages {
		return githubPagesVersion
	}
	return jekyllVersion
}
