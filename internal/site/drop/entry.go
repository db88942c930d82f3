package drop

import (
	"path"
	"slices"
	"strings"

	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/rubytime"
	"galley/internal/site/document"
	"galley/internal/site/library"
	"galley/internal/site/value"
)

// Entry is a page or a document for templates: `page`, and each of
// site.posts and site.pages. Two of the same entry are equal.
type Entry struct {
	Of    *document.Entry
	sight *View
	// typed has the content as it is typed: see [View.Page].
	typed bool
}

var (
	documentKeys = []string{"name", "id", "relative_path", "excerpt", "title", "categories", "collection", "next", "tags", "previous", "content", "output", "path", "url", "date"}
	pageKeys     = []string{"content", "dir", "excerpt", "name", "path", "url"}
)

// Keys implements liquid.Keyed.
func (d Entry) Keys() []string {
	first, data := documentKeys, d.Of.Data
	if d.Of.IsPage() {
		first, data = nil, d.Of.Data
	}
	keys := slices.Clone(first)
	for k := range data.All() {
		if name, ok := k.(string); ok && !slices.Contains(first, name) {
			keys = append(keys, name)
		}
	}
	if d.Of.IsPage() {
		for _, k := range pageKeys {
			if !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// Get implements liquid.Drop.
func (d Entry) Get(key string) (any, bool) {
	e, v := d.Of, d.sight
	if e.Made != nil {
		if key == "posts" && e.Made.Posts != nil {
			return v.drops(e.Made.Posts), true
		}
		if value, ok := e.Made.Values.Get(key); ok {
			return value, true
		}
	}
	switch key {
	case "url":
		return e.URL, true
	case "content":
		if d.typed {
			e.BodyAsked.Store(true)
			return typedContent(e), true
		}
		return v.contentOf(e), true
	case "name":
		if name := e.Data.Value("name"); name != nil && !e.IsPage() {
			return name, true
		}
		return path.Base(e.Path), true
	case "path":
		if e.IsPage() {
			if p := e.Data.Value("path"); p != nil {
				return p, true
			}
		}
		return e.Relative(v.Reader.Config), true
	case "excerpt":
		return v.excerptOf(e)
	}
	if e.IsPage() {
		if key == "dir" {
			return document.DirOf(e.URL), true
		}
		return d.data(key)
	}
	switch key {
	case "id":
		return e.ID(), true
	case "relative_path":
		return e.Relative(v.Reader.Config), true
	case "collection":
		return e.Collection.Label, true
	case "next":
		return v.Entry(v.neighbour(e, 1)), true
	case "previous":
		return v.Entry(v.neighbour(e, -1)), true
	case "date":
		if e.Date.IsZero() {
			return rubytime.Local(v.Reader.Now(), v.Reader.Config.Location), true
		}
		return rubytime.Local(e.Date, v.Reader.Config.Location), true
	case "output":
		if !v.rendered(e) || e == v.Self {
			return nil, true
		}
		return v.render.Output(e), true
	}
	return d.data(key)
}

// data is a value of the front matter.
func (d Entry) data(key string) (any, bool) {
	return d.Of.Data.Get(key)
}

// LiquidText implements liquid.Texter.
func (d Entry) LiquidText() string {
	if d.Of.IsPage() {
		return liquid.Inspect(hash(d))
	}
	return d.sight.contentOf(d.Of)
}

// hash is an entry, or one in its excerpt, with all that it has.
func hash(d liquid.Keyed) *ordered.Map {
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
func (d Entry) LiquidJSON(depth int) any { return d.json(hash(d), depth) }

// json is what is written of an entry with all that it has.
func (d Entry) json(h *ordered.Map, depth int) any {
	if d.Of.IsPage() || depth < 1 {
		return h
	}
	for _, key := range []string{"previous", "next"} {
		if near, ok := h.Get(key); ok {
			if other, ok := near.(Entry); ok {
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

// LiquidID implements liquid.Identified.
func (d Entry) LiquidID() string { return "entry " + d.Of.Path + " " + d.Of.URL }

// Compare implements liquid.Comparer.
func (d Entry) Compare(other any) (int, bool) {
	o, ok := other.(Entry)
	switch {
	case !ok:
		return 0, false
	case o.Of.Path == d.Of.Path && o.Of.URL == d.Of.URL:
		return 0, true
	case d.Of.IsPage() || o.Of.IsPage():
		return 0, false
	case library.Earlier(d.Of, o.Of):
		return -1, true
	}
	return 1, true
}

// Excerpt is `page` in an excerpt.
type Excerpt struct{ Entry }

// Get implements liquid.Drop.
func (d *Excerpt) Get(key string) (any, bool) {
	switch key {
	case "excerpt":
		return nil, true
	case "id":
		return d.Of.ID() + "#excerpt", true
	case "path", "relative_path":
		return d.Of.Relative(d.sight.Reader.Config) + "/#excerpt", true
	}
	return d.Entry.Get(key)
}

// LiquidText implements liquid.Texter.
func (d *Excerpt) LiquidText() string {
	if d.Of.IsPage() {
		return liquid.Inspect(hash(d))
	}
	return d.Entry.LiquidText()
}

// LiquidJSON implements liquid.JSONer: an excerpt has none of its own.
func (d *Excerpt) LiquidJSON(depth int) any { return d.json(hash(d), depth) }

// LiquidID implements liquid.Identified.
func (d *Excerpt) LiquidID() string { return d.Entry.LiquidID() + "#excerpt" }

// contentOf is an entry's content: rendered where Jekyll would have got to it,
// else as it is typed.
func (v *View) contentOf(e *document.Entry) string {
	switch {
	case v.Self != nil && e.Is(v.Self):
		e.BodyAsked.Store(true)
		v.Self.BodyAsked.Store(true)
		if v.Content != nil {
			return strings.TrimLeft(*v.Content, "\n")
		}
	case v.rendered(e):
		return v.render.Converted(e)
	}
	return typedContent(e)
}

// typedContent is an entry's content as it stands in its file.
func typedContent(e *document.Entry) string {
	return string(document.WithoutBlankLines(e.Post.Source[e.Post.Body:]))
}

// excerptOf is an entry's excerpt, rendered unless the front matter has it.
func (v *View) excerptOf(e *document.Entry) (any, bool) {
	if given := e.Data.Value("excerpt"); value.Truthy(given) {
		if text, ok := given.(string); ok {
			return text, true
		}
		return value.Text(given), true
	}
	if e.IsPage() {
		return nil, true
	}
	return v.render.Excerpt(e), true
}
