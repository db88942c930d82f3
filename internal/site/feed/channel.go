package feed

import (
	"path"
	"strings"

	"galley/internal/liquid"
	"galley/internal/ordered"
)

// Channel is one feed of a site.
type Channel struct {
	// Path is the file, as the settings or the plugin's defaults have it.
	Path string
	// Collection is the collection whose documents it has.
	Collection string
	// Category is the category that they are in; empty for all.
	Category string
	// Tag is the tag that they have; empty for all.
	Tag string
}

// Channels lists the feeds that the section "feed" of the settings asks for:
// that of the posts, one for each collection and category that the section
// names, and one for each tag. Tags are those of the posts, in order.
func Channels(section *ordered.Map, tags []string) []Channel {
	var out []Channel
	collections := ordered.New(1)
	switch v := section.Value("collections").(type) {
	case []any:
		for _, name := range v {
			collections.Set(text(name), (*ordered.Map)(nil))
		}
	case *ordered.Map:
		for name, meta := range v.All() {
			m, _ := meta.(*ordered.Map)
			collections.Set(text(name), m)
		}
	}
	if !collections.Has("posts") {
		collections.Set("posts", (*ordered.Map)(nil))
	}
	for name, meta := range collections.All() {
		name, meta := name.(string), meta.(*ordered.Map)
		file, categories := meta.Value("path"), meta.Value("categories")
		folder := "/feed/" + name
		if name == "posts" {
			folder = "/feed"
			file, categories = first(file, section.Value("path")), first(categories, section.Value("categories"))
		}
		seen := map[string]bool{}
		for _, c := range list(categories) {
			if category := text(c); !seen[category] {
				seen[category] = true
				out = append(out, Channel{Path: folder + "/" + category + ".xml", Collection: name, Category: category})
			}
		}
		c := Channel{Path: folder + ".xml", Collection: name}
		if liquid.Truthy(file) {
			c.Path = text(file)
		}
		out = append(out, c)
	}
	return append(out, tagChannels(section.Value("tags"), tags)...)
}

// tagChannels are the feeds of tags. Names with other signs than letters,
// digits and "_" have none.
func tagChannels(setting any, tags []string) []Channel {
	if !liquid.Truthy(setting) || len(tags) == 0 {
		return nil
	}
	folder := "/feed/by_tag/"
	options, _ := setting.(*ordered.Map)
	if v := options.Value("path"); liquid.Truthy(v) {
		folder = text(v)
	}
	if only := options.Value("only"); liquid.Truthy(only) {
		tags = nil
		for _, tag := range list(only) {
			tags = append(tags, text(tag))
		}
	}
	except := map[string]bool{}
	for _, tag := range list(options.Value("except")) {
		except[text(tag)] = true
	}
	var out []Channel
	for _, tag := range tags {
		if !except[tag] && plain(tag) {
			out = append(out, Channel{Path: folder + tag + ".xml", Collection: "posts", Tag: tag})
		}
	}
	return out
}

// plain says whether a tag can be the name of a file.
func plain(tag string) bool {
	for i := range len(tag) {
		c := tag[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_') {
			return false
		}
	}
	return true
}

// URL is a feed's address within the site.
func (c Channel) URL() string { return path.Clean("/" + c.Path) }

// Title is a feed's title by the site's; ok is false where there is none.
func (c Channel) Title(site any) (title string, ok bool) {
	title, ok = text(site), site != nil && site != false
	if c.Collection != "posts" {
		title, ok = title+" | "+capitalize(c.Collection), true
	}
	if c.Category != "" {
		title, ok = title+" | "+capitalize(c.Category), true
	}
	return title, ok
}

// capitalize is Liquid's: the first letter large and the others small.
func capitalize(s string) string {
	for i := range s {
		if i > 0 {
			return strings.ToUpper(s[:i]) + strings.ToLower(s[i:])
		}
	}
	return strings.ToUpper(s)
}
