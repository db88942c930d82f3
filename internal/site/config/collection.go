package config

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"galley/internal/ordered"
	"galley/internal/site/permalink"
	"galley/internal/site/value"
)

// PostsLabel is the collection that every site has.
const PostsLabel = "posts"

// Collection is a kind of documents: posts, or what the settings list under
// `collections`.
type Collection struct {
	Label     string
	Meta      *ordered.Map // what the settings say of it
	Output    bool         // whether its documents are pages
	Permalink string
}

// Folder is where its documents are, below the folder for collections.
func (c *Collection) Folder() string { return "_" + c.Label }

var labelSigns = regexp.MustCompile(`[^A-Za-z0-9_\-.]`)

// readCollections reads the settings' collections; posts come first.
func readCollections(section any, postsPermalink, suffix string) []*Collection {
	posts := &Collection{Label: PostsLabel, Meta: ordered.New(0)}
	list := []*Collection{posts}
	add := func(name string, meta *ordered.Map) {
		name = labelSigns.ReplaceAllString(name, "")
		switch {
		case name == PostsLabel:
			posts.Meta = meta
		case name != "":
			list = append(list, &Collection{Label: name, Meta: meta})
		}
	}
	switch v := section.(type) {
	case []any:
		for _, name := range v {
			add(fmt.Sprint(name), ordered.New(0))
		}
	case *ordered.Map:
		for name, meta := range v.All() {
			m, _ := meta.(*ordered.Map)
			if m == nil {
				m = ordered.New(0)
			}
			add(fmt.Sprint(name), m)
		}
	}
	for _, c := range list {
		c.Output = value.Truthy(c.Meta.Value("output"))
		if c.Permalink = value.Text(c.Meta.Value("permalink")); c.Permalink == "" {
			c.Permalink = "/:collection/:path" + suffix
		}
	}
	posts.Output = true
	if value.Text(posts.Meta.Value("permalink")) == "" {
		posts.Permalink = permalink.Style(postsPermalink)
	}
	return list
}

// CollectionOf tells which collection a file belongs to by where it stands, and
// whether it is a draft. It is nil for a page.
func (c Config) CollectionOf(file string) (of *Collection, draft bool) {
	dir := "/" + path.Dir(file) + "/"
	if base := c.CollectionsDir; base != "" {
		if !strings.HasPrefix(file, base+"/") {
			return nil, false
		}
	}
	switch {
	case strings.Contains(dir, "/_posts/"):
		return c.Collections[0], false
	case strings.Contains(dir, "/_drafts/"):
		return c.Collections[0], true
	}
	for _, of := range c.Collections[1:] {
		if strings.HasPrefix(file, path.Join(c.CollectionsDir, of.Folder())+"/") {
			return of, false
		}
	}
	return nil, false
}

// IndexOf is a collection's place in the settings.
func (c Config) IndexOf(of *Collection) int {
	for i, other := range c.Collections {
		if other == of {
			return i
		}
	}
	return -1
}
