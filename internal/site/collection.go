package site

import (
	"fmt"
	"path"
	"regexp"
	"sort"
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
func (s *Site) collectionOf(file string) (c *collection, draft bool) {
	dir := "/" + path.Dir(file) + "/"
	if base := s.config.CollectionsDir; base != "" {
		if !strings.HasPrefix(file, base+"/") {
			return nil, false
		}
	}
	switch {
	case strings.Contains(dir, "/_posts/"):
		return s.config.collections[0], false
	case strings.Contains(dir, "/_drafts/"):
		return s.config.collections[0], true
	}
	for _, c := range s.config.collections[1:] {
		if strings.HasPrefix(file, path.Join(s.config.CollectionsDir, c.folder())+"/") {
			return c, false
		}
	}
	return nil, false
}

// earlier orders documents by their dates, then by their paths.
func earlier(a, b *entry) bool {
	switch {
	case a.date.IsZero() || b.date.IsZero() || a.date.Equal(b.date):
		return a.path < b.path
	}
	return a.date.Before(b.date)
}

// sort puts a collection's documents in the order that the settings want.
func (c *collection) sort(list []*entry) []*entry {
	sort.SliceStable(list, func(i, j int) bool { return earlier(list[i], list[j]) })
	if order, ok := c.meta.Value("order").([]any); ok {
		return c.inOrder(list, order)
	}
	if key, ok := c.meta.Value("sort_by").(string); ok {
		sort.SliceStable(list, func(i, j int) bool { return compareValues(list[i].data.Value(key), list[j].data.Value(key)) < 0 })
	}
	return list
}

// inOrder puts documents as the settings list them, and the others behind.
func (c *collection) inOrder(list []*entry, order []any) []*entry {
	out := make([]*entry, 0, len(list))
	done := map[*entry]bool{}
	for _, name := range order {
		for _, e := range list {
			if within := "/" + c.folder() + "/" + strings.TrimPrefix(fmt.Sprint(name), "/"); !done[e] && strings.HasSuffix("/"+e.path, within) {
				done[e] = true
				out = append(out, e)
			}
		}
	}
	for _, e := range list {
		if !done[e] {
			out = append(out, e)
		}
	}
	return out
}

// compareValues orders what front matter says; nothing comes last.
func compareValues(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	x, xIs := number(a)
	y, yIs := number(b)
	if xIs && yIs {
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	}
	return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// staticOutput is what a file that is copied is written to.
func (s *Site) staticOutput(f *static) string {
	if f.collection == nil {
		return f.path
	}
	ext := path.Ext(f.path)
	within := strings.Replace(strings.TrimSuffix(f.relative, ext), f.collection.folder(), "", 1)
	base := strings.TrimSuffix(path.Base(f.path), ext)
	return permalink.File(permalink.Static(f.collection.permalink, f.collection.label, within, base)+ext, ext)
}
