// Package plugin names the plugins of Jekyll that Galley has, and finds those that
// a site asks for in other ways than by its settings: in its Gemfile, in the
// specification of a gem, by its theme, as Ruby in its _plugins.
//
// What a plugin does is in packages of its own: the pages that it makes in
// generator, its Liquid tags in tag, what it changes in a page where that is
// read and rendered.
package plugin

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	"galley/internal/site/githubpages"
)

// The plugins of Jekyll that Galley has.
const (
	Archives      = "jekyll-archives"
	Avatar        = "jekyll-avatar"
	DefaultLayout = "jekyll-default-layout"
	Emoji         = "jemoji"
	Feed          = "jekyll-feed"
	Gist          = "jekyll-gist"
	Headings      = "jekyll-titles-from-headings"
	IncludeCache  = "jekyll-include-cache"
	Mentions      = "jekyll-mentions"
	Metadata      = "jekyll-github-metadata"
	NoFrontMatter = "jekyll-optional-front-matter"
	Paginate      = "jekyll-paginate"
	Readme        = "jekyll-readme-index"
	Redirect      = "jekyll-redirect-from"
	RelativeLinks = "jekyll-relative-links"
	SEO           = "jekyll-seo-tag"
	Sitemap       = "jekyll-sitemap"
)

var (
	gemGroup = regexp.MustCompile(`^\s*group\b.*:jekyll_plugins\b.*\bdo\b`)
	gemLine  = regexp.MustCompile(`^\s*gem[\s(]+["']([\w-]+)["'](.*)`)
	gemEnd   = regexp.MustCompile(`^\s*end\b`)
)

// OfGemfile are the gems of the group jekyll_plugins, which Jekyll loads
// by itself.
func OfGemfile(text string) []string {
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

// OfGem are the plugins that the gem needs whose specification is in a
// folder: a theme's, or the site's root where the site is a theme that shows
// itself.
func OfGem(files fs.FS, folder string) []string {
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

// OfTheme are the plugins that a theme's gem needs, which Jekyll loads with
// it.
func OfTheme(theme string) []string {
	switch {
	case theme == "minima":
		return []string{Feed, SEO}
	case theme == "jekyll-theme-primer":
		return []string{Metadata, SEO}
	case strings.HasPrefix(theme, "jekyll-theme-") && githubpages.HasTheme(theme):
		return []string{SEO}
	case theme == "minimal-mistakes-jekyll":
		return []string{Feed, Gist, IncludeCache, Paginate, Sitemap}
	case theme == "just-the-docs":
		return []string{SEO, IncludeCache}
	case theme == "jekyll-theme-chirpy":
		return []string{Archives, IncludeCache, Paginate, Redirect, SEO, Sitemap}
	}
	return nil
}

// Names under which it stands among a site's plugins: as it is, and with the
// text in small letters and without white space around it, as Gravatar wants it.
const (
	MD5      = "filter-md5"
	MD5Plain = "filter-md5-plain"
)

var definesMD5 = regexp.MustCompile(`(?m)^\s*def\s+md5\b`)

// OfFolder looks for the filter among the plugins in Ruby.
func OfFolder(files fs.FS, dir string) []string {
	list, _ := fs.Glob(files, path.Join(dir, "*.rb")) // a folder's name makes no bad pattern
	for _, name := range list {
		src, _ := fs.ReadFile(files, name)
		if definesMD5.Match(src) {
			if strings.Contains(string(src), "downcase") {
				return []string{MD5Plain}
			}
			return []string{MD5}
		}
	}
	return nil
}
