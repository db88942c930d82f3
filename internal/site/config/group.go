package config

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"galley/internal/post"
	"galley/internal/site/plugin"
	"galley/internal/site/source"
	"galley/internal/site/value"
)

// The groups that every site has; the others are named for its collections.
const (
	PostsGroup  = "posts"
	DraftsGroup = "drafts"
	PagesGroup  = "pages"
)

// reserved are names of folders with an underscore that no collection has: what
// is in them makes pages, and is not one.
var reserved = []string{"layouts", "includes", "data", "sass", "plugins", "site"}

// Groups are the names of the groups that a site's texts may be in, posts
// first, then its collections, then pages.
func (c Config) Groups() []string {
	return append(append([]string{PostsGroup, DraftsGroup}, c.textLabels...), PagesGroup)
}

// Group says to which group of a site's texts a file belongs, by its path: it
// is a post, a draft, a document of a collection or a page. It is empty for
// every other file: what makes pages or builds the site, what the settings
// exclude, and what is no text of a page. Whether a file that may be a page is
// one, [Config.IsText] says.
func (c Config) Group(file string) string {
	ext := strings.ToLower(path.Ext(file))
	html := ext == ".html" || ext == ".htm"
	if !c.IsMarkdown(file) && !html || !fs.ValidPath(file) {
		return ""
	}
	base := c.CollectionsDir
	parts := strings.Split(file, "/")
	inBase := base == "" || strings.HasPrefix(file, base+"/")
	for i, part := range parts[:len(parts)-1] {
		label, under := strings.CutPrefix(part, "_")
		inside := visible(parts[i+1:])
		switch {
		case !under:
		case slices.ContainsFunc(reserved, func(r string) bool { return strings.EqualFold(r, label) }):
			return ""
		case inBase && label == PostsGroup:
			if _, dated := post.ParseName(file); dated && inside {
				return PostsGroup
			}
			return ""
		case inBase && label == DraftsGroup:
			if inside {
				return DraftsGroup
			}
			return ""
		case strings.Join(parts[:i], "/") == base && c.isTextLabel(label):
			if inside {
				return label
			}
			return ""
		}
	}
	if strings.EqualFold(parts[0], TemplateDir) || !c.textRules.Published(file) ||
		c.IsMarkdown(file) && unwritten[strings.ToUpper(strings.TrimSuffix(path.Base(file), path.Ext(file)))] {
		return ""
	}
	return PagesGroup
}

// IsText says whether a file is one of the site's own texts, and not one that is
// copied as it is: posts and drafts are, pages and documents of collections as
// far as they have front matter, or as the site makes pages of files without.
func (c Config) IsText(file string, src []byte) bool {
	switch group := c.Group(file); {
	case group == "":
		return false
	case group == PostsGroup, group == DraftsGroup, source.IsHeader(src):
		return true
	case group != PagesGroup || !c.IsMarkdown(file):
		return false
	}
	return c.BareIsPage(file) || c.Runs(plugin.NoFrontMatter) && !value.Truthy(c.Data["require_front_matter"])
}

// isTextLabel tells whether a label is in textLabels.
func (c Config) isTextLabel(label string) bool {
	_, is := slices.BinarySearch(c.textLabels, label)
	return is
}

// textLabelsOf are the labels of collections other than posts, but those that none has.
func textLabelsOf(list []*Collection) []string {
	var names []string
	for _, of := range list[1:] {
		if of.Label != DraftsGroup && !slices.ContainsFunc(reserved, func(r string) bool { return strings.EqualFold(r, of.Label) }) {
			names = append(names, of.Label)
		}
	}
	slices.Sort(names)
	return names
}

// visible says that no part of a path is hidden.
func visible(parts []string) bool {
	return !slices.ContainsFunc(parts, func(part string) bool {
		return part == "" || strings.ContainsAny(part[:1], ".#~") || strings.HasSuffix(part, "~")
	})
}
