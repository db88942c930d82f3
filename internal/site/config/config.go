package config

import (
	"path"
	"strings"
	"time"

	"galley/internal/markdown"
	"galley/internal/ordered"
	"galley/internal/site/defaults"
	"galley/internal/site/relativelinks"
	"galley/internal/site/source"
)

// Config is a site's settings, read from _config.yml. The package comment
// lists the keys.
type Config struct {
	// Title is the site's name; "Untitled site" when it has none.
	Title string
	// Description is one sentence about the site, or empty.
	Description string
	// URL is scheme and host without a slash at the end, or empty.
	URL string
	// BaseURL is the site's folder on its host: empty, or "/folder".
	BaseURL string
	// Lang is the language of the pages, "en" by default.
	Lang string
	// Author is the name of who writes the site, or empty.
	Author string
	// Permalink is the pattern of a post's address, with named styles such
	// as "pretty" already spelled out.
	Permalink string
	// PageSuffix is what Permalink's style adds to a page's address: "",
	// "/" or ":output_ext".
	PageSuffix string
	// Timezone is the name of Location as written; empty for UTC.
	Timezone string
	// Location is the zone in which a post's day is counted.
	Location *time.Location
	// Dialect is how Markdown is read, and Markdown what the settings say of it.
	Dialect  markdown.Dialect
	Markdown markdown.Settings
	// ShowDrafts publishes drafts.
	ShowDrafts bool
	// Future publishes posts whose date is to come.
	Future bool
	// Unpublished publishes posts that say published: false.
	Unpublished bool
	// Exclude and Include name files and folders.
	Exclude, Include []string
	// ExcerptSeparator ends a post's excerpt; a blank line by default.
	ExcerptSeparator string
	// Defaults are front matter for many files.
	Defaults defaults.Sets
	// CollectionsDir is the folder that holds the collections, posts among
	// them; empty for the site's own.
	CollectionsDir string
	// LayoutsDir, IncludesDir, DataDir and PluginsDir are "_layouts",
	// "_includes", "_data" and "_plugins" unless the settings say otherwise.
	LayoutsDir, IncludesDir, DataDir, PluginsDir string
	// LimitPosts is how many of the newest posts there are; 0 for all.
	LimitPosts int
	// Images is the folder for the pictures of posts, without slashes at its
	// ends.
	Images string
	// SignOff is when commits get a Signed-off-by line; never by default.
	SignOff SignOff
	// Galley is the section of that name: Galley's own settings.
	Galley map[string]any
	// Data is the whole file, for templates.
	Data map[string]any
	// Flavour is by whose rules the site is built.
	Flavour Flavour
	// Plugins are those of Jekyll that it runs, sorted.
	Plugins []string
	// Written is the whole file with its order kept, for Liquid.
	Written *ordered.Map
	// All is that over what Jekyll has by itself.
	All *ordered.Map
	// Collections are posts and then those of the settings.
	Collections []*Collection
	// excluded and included are Exclude and Include made ready, linksKept the patterns
	// that "relative_links" excludes; textRules tell pages from other files by those, and
	// Galley's own excludes, for [Config.Group].
	excluded, included, linksKept source.Patterns
	textRules                     source.Rules
	relativeLinks                 relativelinks.Settings
	// labels are the collections but posts by their labels, textLabels those of them that
	// are groups of texts, sorted.
	labels     map[string]*Collection
	textLabels []string
	// markdownExts are the endings of Markdown files, with the dot.
	markdownExts map[string]bool
}

// File is where the settings stand.
const File = "_config.yml"

// defaultImages is the folder for pictures where the settings name none.
const defaultImages = "assets/images"

// Setting reads a text from the galley section.
func (c Config) Setting(key, otherwise string) string {
	if s, ok := c.Galley[key].(string); ok && s != "" {
		return s
	}
	return otherwise
}

// Count reads a number above zero from the galley section.
func (c Config) Count(key string, otherwise int) int {
	if n, ok := c.Galley[key].(int); ok && n > 0 {
		return n
	}
	return otherwise
}

// OutputExt is the ending of what a file is made into.
func (c Config) OutputExt(ext string) string {
	switch {
	case c.markdownExts[strings.ToLower(ext)]:
		return ".html"
	case ext == ".scss" || ext == ".sass":
		return ".css"
	}
	return ext
}

// IsMarkdown goes by the file's ending, as Jekyll does.
func (c Config) IsMarkdown(file string) bool { return c.markdownExts[strings.ToLower(path.Ext(file))] }

// TemplateFile is the file that new posts start from.
func (c Config) TemplateFile() string { return c.Setting("template", "template.md") }
