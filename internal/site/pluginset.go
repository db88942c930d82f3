package site

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"galley/internal/site/githubpages"
)

// The plugins of Jekyll that Galley has.
const (
	pluginArchives      = "jekyll-archives"
	pluginAvatar        = "jekyll-avatar"
	pluginDefaultLayout = "jekyll-default-layout"
	pluginEmoji         = "jemoji"
	pluginFeed          = "jekyll-feed"
	pluginGist          = "jekyll-gist"
	pluginHeadings      = "jekyll-titles-from-headings"
	pluginIncludeCache  = "jekyll-include-cache"
	pluginMentions      = "jekyll-mentions"
	pluginMetadata      = "jekyll-github-metadata"
	pluginNoFrontMatter = "jekyll-optional-front-matter"
	pluginPaginate      = "jekyll-paginate"
	pluginReadme        = "jekyll-readme-index"
	pluginRedirect      = "jekyll-redirect-from"
	pluginRelativeLinks = "jekyll-relative-links"
	pluginSEO           = "jekyll-seo-tag"
	pluginSitemap       = "jekyll-sitemap"
)

// pluginsFile is where a bundle keeps the names of its site's plugins.
const pluginsFile = ".galley-plugins"

// plugin says whether the site runs a plugin.
func (c Config) plugin(name string) bool { return slices.Contains(c.Plugins, name) }

// readPlugins lists the plugins that a site runs: those that its settings name,
// those of its Gemfile's group jekyll_plugins, those that its theme needs, or
// the gem that the site itself is, and, where GitHub builds the site, those that
// GitHub always runs; it runs no others than those that it knows.
func (c Config) readPlugins(files fs.FS) []string {
	if names, err := fs.ReadFile(files, pluginsFile); err == nil {
		return strings.Fields(string(names))
	}
	var list []string
	for _, key := range []string{"plugins", "gems"} { // as it was called before
		list = append(list, textList(c.Data[key])...)
	}
	src, _ := fs.ReadFile(files, "Gemfile") // there may be none
	list = append(list, gemfilePlugins(string(src))...)
	if c.Flavour == githubPages {
		list = append(slices.DeleteFunc(list, func(name string) bool { return !githubpages.Runs(name) }), githubpages.Plugins()...)
	}
	theme := textOf(c.Data["theme"])
	if theme == "" && c.Flavour == githubPages {
		theme = "jekyll-theme-primer" // what GitHub takes where none is named
	}
	list = append(list, themePlugins(theme)...)
	list = append(list, gemPlugins(files, ".")...)
	if folder := textOf(c.Galley["theme"]); folder != "" {
		list = append(list, gemPlugins(files, folder)...)
	}
	if c.Flavour == jekyll4 {
		list = append(list, filterPlugins(files, c.PluginsDir)...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

var (
	gemGroup = regexp.MustCompile(`^\s*group\b.*:jekyll_plugins\b.*\bdo\b`)
	gemLine  = regexp.MustCompile(`^\s*gem[\s(]+["']([\w-]+)["'](.*)`)
	gemEnd   = regexp.MustCompile(`^\s*end\b`)
)

// gemfilePlugins are the gems of the group jekyll_plugins, which Jekyll loads
// by itself.
func gemfilePlugins(text string) []string {
	var list []string
	within := false
	for _, line := range strings.Split(text, "\n") {
		switch {
		case gemGroup.MatchString(line):
			within = true
		case gemEnd.MatchString(line):
			within = false
		default:
			if m := gemLine.FindStringSubmatch(line); m != nil && (within || strings.Contains(m[2], "jekyll_plugins")) {
				list = append(list, m[1])
			}
		}
	}
	return list
}

// dependency finds what a gem needs.
var dependency = regexp.MustCompile(`(?m)^\s*\w+\.add_(?:runtime_)?dependency[\s(]+["'](jekyll-[\w-]+|jemoji)["']`)

// gemPlugins are the plugins that the gem needs whose specification is in a
// folder: a theme's, or the site's root where the site is a theme that shows
// itself.
func gemPlugins(files fs.FS, folder string) []string {
	var list []string
	specs, _ := fs.Glob(files, path.Join(path.Clean(folder), "*.gemspec")) // none for a name that is no pattern
	for _, name := range specs {
		src, _ := fs.ReadFile(files, name)
		for _, m := range dependency.FindAllStringSubmatch(string(src), -1) {
			list = append(list, m[1])
		}
	}
	return list
}

// themePlugins are the plugins that a theme's gem needs, which Jekyll loads with
// it.
func themePlugins(theme string) []string {
	switch {
	case theme == "minima":
		return []string{pluginFeed, pluginSEO}
	case theme == "jekyll-theme-primer":
		return []string{pluginMetadata, pluginSEO}
	case strings.HasPrefix(theme, "jekyll-theme-") && githubpages.HasTheme(theme):
		return []string{pluginSEO}
	case theme == "minimal-mistakes-jekyll":
		return []string{pluginFeed, pluginGist, pluginIncludeCache, pluginPaginate, pluginSitemap}
	case theme == "just-the-docs":
		return []string{pluginSEO, pluginIncludeCache}
	case theme == "jekyll-theme-chirpy":
		return []string{pluginArchives, pluginIncludeCache, pluginPaginate, pluginRedirect, pluginSEO, pluginSitemap}
	}
	return nil
}
