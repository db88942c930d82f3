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
	index     int // its place in the settings
}

// Folder is where its documents are, below the folder for collections.
func (c *Collection) Folder() string { return "_" + c.Label }

var labelSigns = regexp.MustCompile(`[^A-Za-z0-9_\-.]`)

// maxCollections is how many there may be besides posts: what goes through them does so for
// each page.
const maxCollections = 250

// readCollections reads the settings' collections; posts come first. over tells how many
// are passed over, since there are more than maxCollections.
func readCollections(section any, postsPermalink, suffix string) (list []*Collection, over int) {
	posts := &Collection{Label: PostsLabel, Meta: ordered.New(0)}
	list = []*Collection{posts}
	add := func(name string, meta *ordered.Map) {
		name = labelSigns.ReplaceAllString(name, "")
		switch {
		case name == PostsLabel:
			posts.Meta = meta
		case name == "":
		case len(list) > maxCollections:
			over++
		default:
			list = append(list, &Collection{Label: name, Meta: meta, index: len(list)})
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
	return list, over
}

// CollectionOf tells which collection a file belongs to by where it stands, and
// whether it is a draft. It is nil for a page.
func (c Config) CollectionOf(file string) (of *Collection, draft bool) {
	dir := "/" + path.Dir(file) + "/"
	inBase := file
	if base := c.CollectionsDir; base != "" {
		var is bool
		if inBase, is = strings.CutPrefix(file, base+"/"); !is {
			return nil, false
		}
	}
	switch {
	case strings.Contains(dir, "/_posts/"):
		return c.Collections[0], false
	case strings.Contains(dir, "/_drafts/"):
		return c.Collections[0], true
	}
	if folder, _, below := strings.Cut(inBase, "/"); below && strings.HasPrefix(folder, "_") {
		return c.labels[folder[1:]], false
	}
	return nil, false
}

// IndexOf is a collection's place in the settings.
func (c Config) IndexOf(of *Collection) int {
	if of == nil {
		return -1
	}
	return of.index
}
