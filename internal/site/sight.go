package site

import "galley/internal/ordered"

// sight is a site as the templates of one page see it. It is made for one
// rendering and used by one goroutine. Nothing in it is made before a template
// asks for it.
type sight struct {
	site *Site
	self *entry   // the page that is being rendered; nil for none
	lib  *library // with self in it, once asked for
	// content is self's content once it is known: what its layouts see.
	content *string
	// inner is what stands in the place of the content in a layout: the
	// content itself, a mark, or the layouts within.
	inner *string
	// excerpt says that it is self's excerpt that is being rendered.
	excerpt bool

	posts, pages, statics, collections []any
	groups                             map[string]any
}

// newSight looks at the site from one of its pages.
func (s *Site) newSight(self *entry) *sight { return &sight{site: s, self: self} }

func (v *sight) library() *library {
	if v.lib == nil {
		v.lib = v.site.library()
		if v.self != nil && !v.self.listed {
			v.lib = v.lib.with(v.site, v.self)
		}
	}
	return v.lib
}

// drops are entries for templates.
func (v *sight) drops(list []*entry) []any {
	out := make([]any, len(list))
	for i, e := range list {
		out[i] = entryDrop{entry: v.current(e), sight: v}
	}
	return out
}

// drop is one entry for templates; nil for none.
func (v *sight) drop(e *entry) any {
	if e == nil {
		return nil
	}
	return entryDrop{entry: v.current(e), sight: v}
}

// current is self for the entry of the same file, so that the two are one.
func (v *sight) current(e *entry) *entry {
	if v.self != nil && e.is(v.self) && !e.virtual() {
		return v.self
	}
	return e
}

func (v *sight) postList() []any {
	if v.posts == nil {
		v.posts = v.drops(v.library().posts(v.site))
	}
	return v.posts
}

func (v *sight) pageList() []any {
	if v.pages == nil {
		v.pages = v.drops(v.library().allPages())
	}
	return v.pages
}

func (v *sight) staticList() []any {
	if v.statics == nil {
		list := v.library().statics
		v.statics = make([]any, len(list))
		for i, f := range list {
			v.statics[i] = staticDrop{f, v.site}
		}
	}
	return v.statics
}

// htmlPages are the pages that browsers show.
func (v *sight) htmlPages() []any {
	var out []any
	for _, d := range v.pageList() {
		if e := d.(entryDrop).entry; htmlExtensions[e.ext] || e.url[len(e.url)-1] == '/' {
			out = append(out, d)
		}
	}
	return out
}

// group is site.tags and site.categories: lists of posts by name. The names
// stand in the order in which they were first used, the posts of each with the
// newest first.
func (v *sight) group(key string) any {
	if g, ok := v.groups[key]; ok {
		return g
	}
	out := ordered.New(16)
	list := v.postList()
	for i := len(list) - 1; i >= 0; i-- {
		names, _ := list[i].(entryDrop).entry.data.Value(key).([]any)
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
func (v *sight) documents() []any {
	var out []any
	lib := v.library()
	for _, c := range v.site.config.Collections {
		out = append(out, v.drops(lib.documents[c])...)
		for _, d := range v.staticList() {
			if d.(staticDrop).file.collection == c {
				out = append(out, d)
			}
		}
	}
	return out
}

// related are the ten newest posts but this one.
func (v *sight) related() any {
	if v.self == nil || v.self.isPage() || v.excerpt {
		return nil
	}
	list := v.postList()
	out := []any{}
	if len(list) < 2 {
		return out
	}
	for _, d := range list[:min(len(list), 11)] {
		if d.(entryDrop).entry.path != v.self.path && len(out) < 10 {
			out = append(out, d)
		}
	}
	return out
}

// neighbour is the document before (-1) or after (1) another in its collection.
func (v *sight) neighbour(e *entry, step int) *entry {
	list := v.library().list(e)
	at := v.library().place(e)
	if at < 0 || at+step < 0 || at+step >= len(list) {
		return nil
	}
	return list[at+step]
}

// rendered says whether Jekyll has rendered an entry when it comes to self's
// templates: documents come first, in their order, then pages.
func (v *sight) rendered(e *entry) bool {
	self := v.self
	switch {
	case self == nil:
		return true
	case e.is(self):
		return v.content != nil
	case e.isPage() != self.isPage():
		return self.isPage()
	case e.isPage():
		return v.library().pagePlace(e) < v.library().pagePlace(self)
	case e.collection != self.collection:
		return v.site.config.IndexOf(e.collection) < v.site.config.IndexOf(self.collection)
	}
	return v.library().place(e) < v.library().place(self)
}
