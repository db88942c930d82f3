// Package githubpages is what GitHub Pages does to a site beyond Jekyll: the
// plugins that it runs on each site, and the small ones among them. These make
// pages of Markdown files without front matter (jekyll-optional-front-matter
// 0.3), of READMEs (jekyll-readme-index 0.3), give pages a layout
// (jekyll-default-layout 0.1) and tell templates about the repository
// (jekyll-github-metadata 2.15).
package githubpages

import "strings"

// Plugins are the plugins that GitHub Pages runs on each site, whatever its
// settings name, in the order in which they are required.
func Plugins() []string {
	return []string{
		"jekyll-coffeescript", "jekyll-commonmark-ghpages", "jekyll-gist", "jekyll-github-metadata", "jekyll-paginate",
		"jekyll-relative-links", "jekyll-optional-front-matter", "jekyll-readme-index", "jekyll-default-layout", "jekyll-titles-from-headings",
	}
}

// Runs says whether GitHub Pages runs a plugin that a site's settings name. It
// passes over others.
func Runs(plugin string) bool {
	switch plugin {
	case "jekyll-feed", "jekyll-redirect-from", "jekyll-seo-tag", "jekyll-sitemap", "jekyll-avatar", "jemoji",
		"jekyll-mentions", "jekyll-include-cache", "jekyll-octicons", "jekyll-remote-theme":
		return true
	}
	for _, name := range Plugins() {
		if name == plugin {
			return true
		}
	}
	return false
}

// HasTheme says whether a theme of this name is built into GitHub Pages, beside
// minima.
func HasTheme(name string) bool {
	switch strings.TrimPrefix(name, "jekyll-theme-") {
	case "architect", "cayman", "dinky", "hacker", "leap-day", "merlot", "midnight", "minimal", "modernist", "primer", "slate", "tactile", "time-machine":
		return name != strings.TrimPrefix(name, "jekyll-theme-")
	}
	return false
}

// Options are a section of the settings that turns one of the small plugins on
// and off.
type Options struct {
	// Enabled is true unless the section says otherwise.
	Enabled bool
	// RemoveOriginals leaves the file that became a page out of the site,
	// which has it as a file too otherwise.
	RemoveOriginals bool
	// WithFrontMatter has READMEs with front matter become indexes too.
	WithFrontMatter bool
}

// Read reads the section "optional_front_matter" or "readme_index".
func Read(section any) Options {
	m, _ := section.(map[string]any)
	return Options{Enabled: m["enabled"] != false, RemoveOriginals: m["remove_originals"] == true, WithFrontMatter: m["with_frontmatter"] == true}
}
