package site

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/ordered"
	"galley/internal/site/defaults"
	"galley/internal/site/permalink"
	"galley/internal/yaml"
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
	Flavour flavour
	// Plugins are those of Jekyll that it runs, sorted.
	Plugins []string
	// ordered is the whole file with its order kept, for Liquid.
	ordered *ordered.Map
	// settings is that over what Jekyll has by itself.
	settings *ordered.Map
	// collections are posts and then those of the settings.
	collections []*collection
	// markdownExts are the endings of Markdown files, with the dot.
	markdownExts map[string]bool
}

// configFile is where the settings stand.
const configFile = "_config.yml"

// defaultImages is the folder for pictures where the settings name none.
const defaultImages = "assets/images"

var errNoMap = errors.New("settings are lines of the form key: value")

// loadConfig reads the settings. Whatever is wrong with them is told, and
// read as if it were not there.
func loadConfig(files fs.FS) (Config, []diag.Diagnostic) {
	src, _ := fs.ReadFile(files, configFile) // there may be none
	under := func(settings *ordered.Map) *ordered.Map { return underTheme(files, settings) }
	return parseConfig(src, under, func(name string) (*time.Location, error) {
		if text, err := fs.ReadFile(files, zoneFile); err == nil {
			return decodeZone(name, string(text))
		}
		return time.LoadLocation(name)
	})
}

// loadAll reads the settings, and what else decides how a site is built: its
// Gemfile, its workflows, its theme, the repository that it is in.
func loadAll(files fs.FS) (Config, []diag.Diagnostic) {
	c, diags := loadConfig(files)
	c.Flavour = c.flavourOf(files)
	c.overrule(diags)
	c.Plugins = c.readPlugins(files)
	c.applyMetadata(files)
	return c, diags
}

// parseConfig reads the settings from the text of _config.yml. under lays those
// of a theme below them; zone finds a time zone by its name.
func parseConfig(src []byte, under func(*ordered.Map) *ordered.Map, zone func(name string) (*time.Location, error)) (Config, []diag.Diagnostic) {
	c := Config{Data: map[string]any{}, Galley: map[string]any{}}
	var diags []diag.Diagnostic
	tell := func(r diag.Range, code, format string, args ...any) {
		diags = append(diags, diag.Diagnostic{Range: r, Severity: diag.Error, Code: code,
			File: configFile, Message: fmt.Sprintf(format, args...)})
	}
	if len(src) > maxConfig {
		tell(diag.Range{}, "config-too-large", "The settings are larger than %d KB; Galley uses its defaults.", maxConfig>>10)
		src = nil
	}
	parsed, err := yaml.Read(src, time.UTC)
	settings, isMap := parsed.(*ordered.Map)
	if err == nil && !isMap && parsed != nil {
		err = errNoMap
	}
	if err != nil {
		message, line := err.Error(), 1
		var broken *yaml.Error
		if errors.As(err, &broken) {
			message, line = broken.Problem, max(broken.Line, 1)
		}
		tell(diag.LineRange(src, line), "config-yaml", "Line %d of the settings cannot be read (%s), so Galley uses its defaults.", line, message)
		settings = nil
	}
	settings = under(settings)
	c.ordered = settings
	c.settings = c.allSettings()
	c.Data = plainMap(settings)
	text := func(key string) string {
		switch v := c.Data[key].(type) {
		case nil:
			return ""
		case string:
			return v
		case map[string]any, []any:
			tell(keyRange(src, key), "config-type", "%s in the settings should be text.", key)
			return ""
		default:
			return fmt.Sprint(v)
		}
	}
	truth := func(key string) bool {
		switch v := c.Data[key].(type) {
		case nil:
			return false
		case bool:
			return v
		default:
			tell(keyRange(src, key), "config-type", "%s in the settings should be true or false.", key)
			return false
		}
	}
	c.Title = text("title")
	if c.Title == "" {
		c.Title = text("name")
	}
	if c.Title == "" {
		c.Title = "Untitled site"
	}
	c.Description = strings.TrimSpace(text("description"))
	c.URL = strings.TrimRight(text("url"), "/")
	c.BaseURL = strings.TrimRight(text("baseurl"), "/")
	if c.BaseURL != "" && !strings.HasPrefix(c.BaseURL, "/") {
		c.BaseURL = "/" + c.BaseURL
	}
	if c.Lang = text("lang"); c.Lang == "" {
		c.Lang = "en"
	}
	c.Author = authorName(c.Data["author"])
	style := text("permalink")
	c.Permalink, c.PageSuffix = permalink.Style(style), permalink.Suffix(style)
	if key := permalink.Unknown(c.Permalink); key != "" {
		tell(keyRange(src, "permalink"), "config-permalink",
			"The permalink pattern uses :%s, which there is not; posts get the default address.", key)
		style = ""
		c.Permalink, c.PageSuffix = permalink.Style(""), permalink.Suffix("")
	}
	c.Location, c.Timezone = time.UTC, text("timezone")
	if c.Timezone != "" {
		if loc, err := zone(c.Timezone); err == nil && c.Timezone != "Local" {
			c.Location = loc
		} else {
			tell(keyRange(src, "timezone"), "config-timezone", "There is no time zone %q; Galley uses UTC. Zones are named like \"Europe/Berlin\".", c.Timezone)
		}
	}
	switch d := strings.ToLower(text("markdown")); d {
	case "", "kramdown":
		c.Dialect = markdown.Kramdown
	case "gfm", "commonmarkghpages":
		c.Dialect = markdown.GFM
	case "commonmark":
		c.Dialect = markdown.CommonMark
	default:
		c.Dialect = markdown.Kramdown
		tell(keyRange(src, "markdown"), "config-markdown", "There is no Markdown dialect %q; Galley knows kramdown, gfm and commonmark.", d)
	}
	var unread []markdown.Problem
	c.Markdown, unread = markdown.ReadSettings(settings)
	for _, p := range unread {
		tell(nestedKeyRange(src, "kramdown", p.Key), "config-kramdown", "%s", p.Message)
		diags[len(diags)-1].Severity = diag.Warning
	}
	c.ShowDrafts, c.Future, c.Unpublished = truth("show_drafts"), truth("future"), truth("unpublished")
	c.Exclude, c.Include = textList(c.Data["exclude"]), textList(c.Data["include"])
	if c.Data["include"] == nil {
		c.Include = []string{".htaccess"}
	}
	c.ExcerptSeparator = "\n\n"
	if c.Data["excerpt_separator"] != nil {
		c.ExcerptSeparator = text("excerpt_separator")
	}
	folder := func(key, otherwise string) string {
		if name := strings.Trim(path.Clean("/"+text(key)), "/"); name != "" {
			return name
		}
		return otherwise
	}
	c.CollectionsDir, c.LayoutsDir, c.IncludesDir = folder("collections_dir", ""), folder("layouts_dir", "_layouts"), folder("includes_dir", "_includes")
	c.DataDir, c.PluginsDir = folder("data_dir", "_data"), folder("plugins_dir", "_plugins")
	if n, ok := c.Data["limit_posts"].(int); ok {
		c.LimitPosts = max(n, 0)
	}
	c.collections = readCollections(settings.Value("collections"), style, c.PageSuffix)
	c.markdownExts = map[string]bool{}
	endings := text("markdown_ext")
	if endings == "" {
		endings = "markdown,mkdown,mkdn,mkd,md"
	}
	for ext := range strings.SplitSeq(strings.ToLower(endings), ",") {
		c.markdownExts["."+strings.TrimSpace(ext)] = true
	}
	if g, ok := c.Data["galley"].(map[string]any); ok {
		c.Galley = g
	} else if c.Data["galley"] != nil {
		tell(keyRange(src, "galley"), "config-type", "galley in the settings should be a section with keys of its own.")
	}
	c.Images = strings.Trim(c.setting("images", defaultImages), "/")
	if !published(c.Images) {
		tell(keyRange(src, "galley"), "config-images", "galley.images in the settings should be a folder that is published, such as %s; Galley uses that.", defaultImages)
		c.Images = defaultImages
	}
	var known bool
	if c.SignOff, known = readSignOff(c.Galley["sign_off"]); !known {
		tell(keyRange(src, "galley"), "config-sign-off", "sign_off in the section galley should be never, ask or always; commits are not signed off.")
	}
	switch pattern := c.Galley["branch"].(type) {
	case nil:
	case string:
		if _, ok := dateIn(pattern, fillPattern(pattern, NewPost{Title: "x"})); !ok {
			tell(keyRange(src, "galley"), "config-branch", "The pattern for branches in the section galley tells no year, so no branch is known to be an edition's.")
		}
	default:
		tell(keyRange(src, "galley"), "config-type", "branch in the section galley should be text.")
	}
	var bad int
	if c.Defaults, bad = defaults.Read(settings.Value("defaults"), c.CollectionsDir); bad > 0 {
		diags = append(diags, diag.Diagnostic{Range: keyRange(src, "defaults"), Severity: diag.Warning, Code: "config-defaults", File: configFile,
			Message: fmt.Sprintf("%d of the defaults in the settings have no values and are passed over. Each is a scope and values.", bad)})
	}
	return c, diags
}

// published tells whether a folder is one whose files a build publishes as they
// are, so that what is put there can be seen.
func published(folder string) bool {
	if !fs.ValidPath(folder) || folder == "." {
		return false
	}
	for part := range strings.SplitSeq(folder, "/") {
		if strings.ContainsAny(part[:1], "._#~") || strings.HasSuffix(part, "~") {
			return false
		}
	}
	return true
}

// authorName is the name in an author, which is text or a map.
func authorName(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		name, _ := v["name"].(string)
		return name
	}
	return ""
}

// setting reads a text from the galley section.
func (c Config) setting(key, otherwise string) string {
	if s, ok := c.Galley[key].(string); ok && s != "" {
		return s
	}
	return otherwise
}

// count reads a number above zero from the galley section.
func (c Config) count(key string, otherwise int) int {
	if n, ok := c.Galley[key].(int); ok && n > 0 {
		return n
	}
	return otherwise
}

// outputExt is the ending of what a file is made into.
func (c Config) outputExt(ext string) string {
	switch {
	case c.markdownExts[strings.ToLower(ext)]:
		return ".html"
	case ext == ".scss" || ext == ".sass":
		return ".css"
	}
	return ext
}

// isMarkdown goes by the file's ending, as Jekyll does.
func (c Config) isMarkdown(file string) bool { return c.markdownExts[strings.ToLower(path.Ext(file))] }
