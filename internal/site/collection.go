package site

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"galley/internal/ordered"
	"galley/internal/site/permalink"
)

// postsLabel is the collection that every site has.
const postsLabel = "posts"

// collection is a kind of documents: posts, or what the settings list under
// `collections`.
type collection struct {
	label     string
	meta      *ordered.Map // what the settings say of it
	output    bool         // whether its documents are pages
	permalink string
}

// folder is where its documents are, below the folder for collections.
func (c *collection) folder() string { return "_" + c.label }

var labelSigns = regexp.MustCompile(`[^A-Za-z0-9_\-.]`)

// readCollections reads the settings' collections; posts come first.
func readCollections(value any, postsPermalink, suffix string) []*collection {
	posts := &collection{label: postsLabel, meta: ordered.New(0)}
	list := []*collection{posts}
	add := func(name string, meta *ordered.Map) {
		name = labelSigns.ReplaceAllString(name, "")
		switch {
		case name == postsLabel:
			posts.meta = meta
		case name != "":
			list = append(list, &collection{label: name, meta: meta})
		}
	}
	switch v := value.(type) {
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
		c.output = truthy(c.meta.Value("output"))
		if c.permalink = textOf(c.meta.Value("permalink")); c.permalink == "" {
			c.permalink = "/:collection/:path" + suffix
		}
	}
	posts.output = true
	if textOf(posts.meta.Value("permalink")) == "" {
		posts.permalink = permalink.Style(postsPermalink)
	}
	return list
}

// collectionOf tells which collection a file belongs to by where it stands, and
// whether it is a draft. It is nil for a page.
func (c Config) collectionOf(file string) (of *collection, draft bool) {
	dir := "/" + path.Dir(file) + "/"
	if base := c.CollectionsDir; base != "" {
		if !strings.HasPrefix(file, base+"/") {
			return nil, false
		}
	}
	switch {
	case strings.Contains(dir, "/_posts/"):
		return c.collections[0], false
	case strings.Contains(dir, "/_drafts/"):
		return c.collections[0], true
	}
	for _, of := range c.collections[1:] {
		if strings.HasPrefix(file, path.Join(c.CollectionsDir, of.folder())+"/") {
			return of, false
		}
	}
	return nil, false
}

// index is a collection's place in the settings.
func (c Config) index(of *collection) int {
	for i, other := range c.collections {
		if other == of {
			return i
		}
	}
	return -1
}
