package drop

import (
	"path"

	"galley/internal/liquid"
	"galley/internal/lru"
	"galley/internal/ordered"
	"galley/internal/site/document"
	"galley/internal/site/library"
)

// View is a site as the templates of one page see it. It is made for one
// rendering and used by one goroutine. Nothing in it is made before a template
// asks for it.
type View struct {
	Reader *document.Reader
	render Renderer
	Self   *document.Entry  // the page that is being rendered; nil for none
	lib    *library.Library // with self in it, once asked for
	// Content is self's content once it is known: what its layouts see.
	Content *string
	// Inner is what stands in the place of the content in a layout: the
	// content itself, a mark, or the layouts within.
	Inner *string
	// Excerpt says that it is self's excerpt that is being rendered.
	Excerpt bool

	// Cached are the texts of include_cached that are self's alone.
	Cached *lru.Cache[string, string]

	posts, pages, statics, collections []any
	groups                             map[string]any
}

// Renderer makes what one page's templates ask for of others.
type Renderer interface {
	// Library is the site as its files have it.
	Library() *library.Library
	// Converted is an entry's content without layouts, Excerpt its excerpt and
	// Output its whole page.
	Converted(e *document.Entry) string
	Excerpt(e *document.Entry) string
	Output(e *document.Entry) string
	// Data is site.data.
	Data() *ordered.Map
}

// New looks at the site from one of its pages.
func New(r *document.Reader, made Renderer, self *document.Entry) *View {
	return &View{Reader: r, render: made, Self: self, Cached: NewCache()}
}

// maxCached is how much of include_cached is kept, in bytes: far more than the parts
// that pages share.
const maxCached = 64 << 20

// NewCache makes room for the texts of include_cached, by their keys.
func NewCache() *lru.Cache[string, string] {
	return lru.New[string](maxCached, func(text string) int { return len(text) })
}

// Page is what `page` means: self, or its excerpt. Of a page Jekyll takes it down
// before anything is rendered, so that its content stays as it is typed; a
// document's is the rendered one as soon as there is one.
func (v *View) Page() any {
	switch {
	case v.Excerpt:
		return &Excerpt{Entry{Of: v.Self, sight: v}}
	case v.Self == nil:
		return nil
	}
	return Entry{Of: v.Self, sight: v, typed: v.Self.IsPage()}
}

// Viewer is Liquid's host on a site.
type Viewer interface{ View() *View }

// Of is the view that a page's templates have; false where they are carried
// out for no site.
func Of(c *liquid.Context) (*View, bool) {
	h, ok := c.Host().(Viewer)
	if !ok {
		return nil, false
	}
	return h.View(), true
}

func (v *View) Library() *library.Library {
	if v.lib == nil {
		v.lib = v.render.Library()
		if v.Self != nil && !v.Self.Listed {
			v.lib = v.lib.With(v.Self)
		}
	}
	return v.lib
}

// drops are entries for templates.
func (v *View) drops(list []*document.Entry) []any {
	out := make([]any, len(list))
	for i, e := range list {
		out[i] = Entry{Of: v.current(e), sight: v}
	}
	return out
}

// Entry is one entry for templates; nil for none.
func (v *View) Entry(e *document.Entry) any {
	if e == nil {
		return nil
	}
	return Entry{Of: v.current(e), sight: v}
}

// current is self for the entry of the same file, so that the two are one.
func (v *View) current(e *document.Entry) *document.Entry {
	if v.Self != nil && e.Is(v.Self) && !e.Virtual() {
		return v.Self
	}
	return e
}

func (v *View) postList() []any {
	if v.posts == nil {
		v.posts = v.drops(v.Library().Posts())
	}
	return v.posts
}

func (v *View) pageList() []any {
	if v.pages == nil {
		v.pages = v.drops(v.Library().AllPages())
	}
	return v.pages
}

func (v *View) staticList() []any {
	if v.statics == nil {
		list := v.Library().Statics
		v.statics = make([]any, len(list))
		for i, f := range list {
			v.statics[i] = Static{f, v.Reader}
		}
	}
	return v.statics
}

// HTMLPages are the pages that browsers show.
func (v *View) HTMLPages() []any {
	var out []any
	for _, d := range v.pageList() {
		if e := d.(Entry).Of; document.HTMLExtensions[e.Ext] || e.URL[len(e.URL)-1] == '/' {
			out = append(out, d)
		}
	}
	return out
}

// group is site.tags and site.categories: lists of posts by name. The names
// stand in the order in which they were first used, the posts of each with the
// newest first.
func (v *View) group(key string) any {
	if g, ok := v.groups[key]; ok {
		return g
	}
	out := ordered.New(16)
	list := v.postList()
	for i := len(list) - 1; i >= 0; i-- {
		names, _ := list[i].(Entry).Of.Data.Value(key).([]any)
		for _, name := range names {
			have, _ := out.Get(name)
			of, _ := have.([]any)
			out.Set(name, append(of, list[i]))
		}
	}
	for i := range out.Len() {
		name, of := out.At(i)
		list := of.([]any)
		for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
			list[i], list[j] = list[j], list[i]
		}
		out.Set(name, list)
	}
	if v.groups == nil {
		v.groups = map[string]any{}
	}
	v.groups[key] = out
	return v.groups[key]
}

// documents are all documents, collection by collection.
func (v *View) documents() []any {
	var out []any
	lib := v.Library()
	for _, c := range v.Reader.Config.Collections {
		out = append(out, v.drops(lib.Documents[c])...)
		for _, d := range v.staticList() {
			if d.(Static).file.Collection == c {
				out = append(out, d)
			}
		}
	}
	return out
}

// related are the ten newest posts but this one.
func (v *View) related() any {
	if v.Self == nil || v.Self.IsPage() || v.Excerpt {
		return nil
	}
	list := v.postList()
	out := []any{}
	if len(list) < 2 {
		return out
	}
	for _, d := range list[:min(len(list), 11)] {
		if d.(Entry).Of.Path != v.Self.Path && len(out) < 10 {
			out = append(out, d)
		}
	}
	return out
}

// neighbour is the document before (-1) or after (1) another in its collection.
func (v *View) neighbour(e *document.Entry, step int) *document.Entry {
	list := v.Library().List(e)
	at := v.Library().Place(e)
	if at < 0 || at+step < 0 || at+step >= len(list) {
		return nil
	}
	return list[at+step]
}

// rendered says whether Jekyll has rendered an entry when it comes to self's
// templates: documents come first, in their order, then pages.
func (v *View) rendered(e *document.Entry) bool {
	self := v.Self
	switch {
	case self == nil:
		return true
	case e.Is(self):
		return v.Content != nil
	case e.IsPage() != self.IsPage():
		return self.IsPage()
	case e.IsPage():
		return v.Library().PagePlace(e) < v.Library().PagePlace(self)
	case e.Collection != self.Collection:
		return v.Reader.Config.IndexOf(e.Collection) < v.Reader.Config.IndexOf(self.Collection)
	}
	return v.Library().Place(e) < v.Library().Place(self)
}

// Beside is the file of a name in self's folder, or below it.
func (v *View) Beside(name string) string {
	dir := ""
	if v.Self != nil {
		dir = path.Dir(v.Self.Path)
	}
	return path.Join(dir, path.Clean("/"+name))
}
