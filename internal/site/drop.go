package site

import (
	"path"
	"slices"
	"strings"

	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/rubytime"
	"galley/internal/site/config"
	"galley/internal/site/value"
)

// entryDrop is a page or a document for templates: `page`, and each of
// site.posts and site.pages. Two of the same entry are equal.
type entryDrop struct {
	entry *entry
	sight *sight
}

var (
	documentKeys = []string{"name", "id", "relative_path", "excerpt", "title", "categories", "collection", "next", "tags", "previous", "content", "output", "path", "url", "date"}
	pageKeys     = []string{"content", "dir", "excerpt", "name", "path", "url"}
)

// Keys implements liquid.Keyed.
func (d entryDrop) Keys() []string {
	first, data := documentKeys, d.entry.data
	if d.entry.isPage() {
		first, data = nil, d.entry.data
	}
	keys := slices.Clone(first)
	for k := range data.All() {
		if name, ok := k.(string); ok && !slices.Contains(first, name) {
			keys = append(keys, name)
		}
	}
	if d.entry.isPage() {
		for _, k := range pageKeys {
			if !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// Get implements liquid.Drop.
func (d entryDrop) Get(key string) (any, bool) {
	e, v := d.entry, d.sight
	if e.made != nil && e.made.value != nil {
		if value, ok := e.made.value(v, key); ok {
			return value, true
		}
	}
	switch key {
	case "url":
		return e.url, true
	case "content":
		return v.contentOf(e), true
	case "name":
		if name := e.data.Value("name"); name != nil && !e.isPage() {
			return name, true
		}
		return path.Base(e.path), true
	case "path":
		if e.isPage() {
			if p := e.data.Value("path"); p != nil {
				return p, true
			}
		}
		return e.relative(v.site.config), true
	case "excerpt":
		return v.excerptOf(e)
	}
	if e.isPage() {
		if key == "dir" {
			return dirOf(e.url), true
		}
		return d.data(key)
	}
	switch key {
	case "id":
		return e.id(), true
	case "relative_path":
		return e.relative(v.site.config), true
	case "collection":
		return e.collection.Label, true
	case "next":
		return v.drop(v.neighbour(e, 1)), true
	case "previous":
		return v.drop(v.neighbour(e, -1)), true
	case "date":
		if e.date.IsZero() {
			return rubytime.Local(v.site.now(), v.site.config.Location), true
		}
		return rubytime.Local(e.date, v.site.config.Location), true
	case "output":
		if !v.rendered(e) || e == v.self {
			return nil, true
		}
		return string(v.site.renderEntry(e).HTML), true
	}
	return d.data(key)
}

// data is a value of the front matter.
func (d entryDrop) data(key string) (any, bool) {
	return d.entry.data.Get(key)
}

// LiquidText implements liquid.Texter.
func (d entryDrop) LiquidText() string {
	if d.entry.isPage() {
		return liquid.Inspect(d.hash())
	}
	return d.sight.contentOf(d.entry)
}

// hash is the entry with all that it has.
func (d entryDrop) hash() *ordered.Map {
	keys := d.Keys()
	h := ordered.New(len(keys))
	for _, k := range keys {
		value, _ := d.Get(k)
		h.Set(k, value)
	}
	return h
}

// notNested are the properties that a document within a document is written
// without.
var notNested = []string{"content", "output", "excerpt", "next", "previous"}

// LiquidJSON implements liquid.JSONer.
func (d entryDrop) LiquidJSON(depth int) any {
	h := d.hash()
	if d.entry.isPage() || depth < 1 {
		return h
	}
	for _, key := range []string{"previous", "next"} {
		if near, ok := h.Get(key); ok {
			if other, ok := near.(entryDrop); ok {
				short := ordered.New(8)
				for _, k := range other.Keys() {
					if !slices.Contains(notNested, k) {
						value, _ := other.Get(k)
						short.Set(k, value)
					}
				}
				h.Set(key, short)
			}
		}
	}
	return h
}

// Compare implements liquid.Comparer.
func (d entryDrop) Compare(other any) (int, bool) {
	o, ok := other.(entryDrop)
	switch {
	case !ok:
		return 0, false
	case o.entry.path == d.entry.path && o.entry.url == d.entry.url:
		return 0, true
	case d.entry.isPage() || o.entry.isPage():
		return 0, false
	case earlier(d.entry, o.entry):
		return -1, true
	}
	return 1, true
}

// id is a document's name for ever, as far as its address and slug stay.
func (e *entry) id() string {
	dir := path.Dir("/" + strings.Trim(e.url, "/"))
	return strings.TrimSuffix(dir, "/") + "/" + e.slug
}

// dirOf is the folder of a page's address.
func dirOf(url string) string {
	if strings.HasSuffix(url, "/") {
		return url
	}
	return strings.TrimSuffix(path.Dir(url), "/") + "/"
}

// contentOf is an entry's content: rendered where Jekyll would have got to it,
// else as it is typed.
func (v *sight) contentOf(e *entry) string {
	switch {
	case v.self != nil && e.is(v.self):
		e.bodyAsked.Store(true)
		v.self.bodyAsked.Store(true)
		if v.content != nil {
			return strings.TrimLeft(*v.content, "\n")
		}
	case v.rendered(e):
		return v.site.converted(e)
	}
	return string(e.post.Source[e.post.Body:])
}

// converted is an entry's content without layouts.
func (s *Site) converted(e *entry) string {
	e.convertedOnce.Do(func() {
		doc, _, _ := s.content(e, s.newSight(e))
		e.converted = strings.TrimLeft(string(doc.HTML()), "\n")
	})
	return e.converted
}

// excerptOf is an entry's excerpt, rendered unless the front matter has it.
func (v *sight) excerptOf(e *entry) (any, bool) {
	if given := e.data.Value("excerpt"); value.Truthy(given) {
		if text, ok := given.(string); ok {
			return text, true
		}
		return value.Text(given), true
	}
	if e.isPage() {
		return nil, true
	}
	return v.site.excerpt(e), true
}

// staticDrop is a file that is copied, for templates.
type staticDrop struct {
	file *static
	site *Site
}

var staticKeys = []string{"name", "collection", "modified_time", "basename", "extname", "path"}

// Keys implements liquid.Keyed.
func (d staticDrop) Keys() []string {
	keys := slices.Clone(staticKeys)
	for k := range d.file.data.All() {
		if name, ok := k.(string); ok && !slices.Contains(keys, name) {
			keys = append(keys, name)
		}
	}
	return keys
}

// Get implements liquid.Drop.
func (d staticDrop) Get(key string) (any, bool) {
	base := path.Base(d.file.path)
	switch key {
	case "name":
		return base, true
	case "path":
		return d.file.relative, true
	case "extname":
		return rubyExt(base), true
	case "basename":
		return strings.TrimRight(strings.TrimSuffix(base, rubyExt(base)), "."), true
	case "modified_time":
		return rubytime.Local(d.site.modified(d.file), d.site.config.Location), true
	case "collection":
		if d.file.collection != nil {
			return d.file.collection.Label, true
		}
		return nil, true
	}
	return d.file.data.Get(key)
}

// LiquidText implements liquid.Texter.
func (d staticDrop) LiquidText() string {
	h := ordered.New(len(staticKeys))
	for _, k := range d.Keys() {
		value, _ := d.Get(k)
		h.Set(k, value)
	}
	return liquid.Inspect(h)
}

// rubyExt is the ending of a file's name: none for ".htaccess".
func rubyExt(base string) string {
	if ext := path.Ext(base); ext != base {
		return ext
	}
	return ""
}

// collectionDrop is one of site.collections.
type collectionDrop struct {
	collection *config.Collection
	sight      *sight
}

var collectionKeys = []string{"label", "files", "directory", "docs", "output", "relative_directory"}

// Keys implements liquid.Keyed.
func (d collectionDrop) Keys() []string {
	keys := slices.Clone(collectionKeys)
	for k := range d.collection.Meta.All() {
		if name, ok := k.(string); ok && !slices.Contains(keys, name) {
			keys = append(keys, name)
		}
	}
	return keys
}

// Get implements liquid.Drop.
func (d collectionDrop) Get(key string) (any, bool) {
	c := d.collection
	switch key {
	case "label":
		return c.Label, true
	case "docs":
		return d.sight.drops(d.sight.library().documents[c]), true
	case "files":
		out := []any{}
		for _, f := range d.sight.staticList() {
			if f.(staticDrop).file.collection == c {
				out = append(out, f)
			}
		}
		return out, true
	case "output":
		return c.Output, true
	case "relative_directory":
		return c.Folder(), true
	case "directory":
		return "/" + path.Join(d.sight.site.config.CollectionsDir, c.Folder()), true
	}
	return c.Meta.Get(key)
}
