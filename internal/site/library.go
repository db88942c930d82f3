package site

import (
	"bytes"
	"context"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"galley/internal/diag"
	"galley/internal/post"
	"galley/internal/site/config"
	"galley/internal/site/source"
)

// library is everything that a site is made of, read once. It does not change.
type library struct {
	// documents are the entries of each collection in the collection's order,
	// posts the oldest first; in the order of the settings, posts first.
	documents map[*config.Collection][]*entry
	// pages are in the order in which Jekyll has them: by the name of the file.
	pages []*entry
	// made are the pages that plugins make, in the order in which they do;
	// they stand behind the others.
	made []*entry
	// archives are those of jekyll-archives.
	archives []*entry
	// diags are what plugins found.
	diags []diag.Diagnostic
	// statics are the files that are copied as they are.
	statics []*static
	// hidden are the entries that are not published.
	hidden []*entry

	targetsOnce sync.Once
	targets     map[string]string // addresses by files, for links to them
}

// allPages are the pages of the site and of its plugins.
func (l *library) allPages() []*entry {
	return append(l.pages[:len(l.pages):len(l.pages)], l.made...)
}

// library reads the site's files when it is first asked for. A site that cannot
// be read is an empty one; see [Site.read] for the error.
func (s *Site) library() *library {
	_ = s.read(context.Background())
	return s.lib
}

// read reads the site's files, on all processors, as far as they may have front
// matter: pictures are read when they are copied.
func (s *Site) read(ctx context.Context) error {
	s.libOnce.Do(func() { s.lib, s.libErr = s.readLibrary(ctx) })
	return s.libErr
}

func (s *Site) readLibrary(ctx context.Context) (*library, error) {
	lib := &library{documents: map[*config.Collection][]*entry{}}
	found, err := source.Find(s.files, s.config.Rules(s.files, s.options.Exclude))
	if err != nil {
		return lib, err
	}
	type file struct {
		name   string
		entry  *entry
		static *static
	}
	var list []file
	for _, names := range [][]string{found.Posts, found.Drafts} {
		for _, name := range names {
			if _, dated := post.ParseName(name); dated || strings.Contains("/"+name, "/_drafts/") && path.Ext(name) != "" {
				list = append(list, file{name: name})
			}
		}
	}
	for _, c := range s.config.Collections[1:] {
		for _, name := range found.Documents[c.Label] {
			list = append(list, file{name: name})
		}
	}
	for _, name := range found.Others {
		list = append(list, file{name: name})
	}
	err = parallel(ctx, max(runtime.GOMAXPROCS(0), 1), len(list), func(i int) error {
		f := &list[i]
		c, _ := s.config.CollectionOf(f.name)
		isPost := c != nil && c.Label == config.PostsLabel
		if !isPost {
			header, err := source.HasHeader(s.files, f.name)
			if err != nil {
				return err
			}
			if !header && (c != nil || !s.config.BareIsPage(f.name)) {
				f.static = s.static(f.name, c)
				return nil
			}
		}
		src, err := fs.ReadFile(s.files, f.name)
		if err != nil {
			return err
		}
		f.entry = s.entry(f.name, post.Parse(src))
		return nil
	}, func(int, int) {})
	if err != nil {
		return lib, err
	}
	var late []*static // those of collections stand behind the others
	for _, f := range list {
		switch {
		case f.static != nil && f.static.collection == nil:
			lib.statics = append(lib.statics, f.static)
		case f.static != nil:
			late = append(late, f.static)
		default:
			f.entry.listed = true
			lib.add(s, f.entry)
		}
	}
	sort.SliceStable(lib.statics, func(i, j int) bool { return lib.statics[i].relative < lib.statics[j].relative })
	lib.statics = append(lib.statics, late...)
	lib.sort(s.config.LimitPosts)
	s.generate(lib)
	return lib, nil
}

// add puts an entry where it belongs.
func (l *library) add(s *Site, e *entry) {
	why := s.hidden(e)
	if why != "" {
		l.hidden = append(l.hidden, e)
	}
	switch {
	case e.isPage():
		if why == "" {
			l.pages = append(l.pages, e)
		}
	case e.isPost():
		if why == "" {
			l.documents[e.collection] = append(l.documents[e.collection], e)
		}
	case e.data.Value("published") != false || s.config.Unpublished:
		// Others are listed even where they have no page.
		l.documents[e.collection] = append(l.documents[e.collection], e)
	}
}

// sort puts everything in Jekyll's order.
func (l *library) sort(limit int) {
	sort.SliceStable(l.pages, func(i, j int) bool { return path.Base(l.pages[i].path) < path.Base(l.pages[j].path) })
	for c, list := range l.documents {
		list = sortDocuments(c, list)
		if c.Label == config.PostsLabel && limit > 0 && len(list) > limit {
			list = list[len(list)-limit:]
		}
		l.documents[c] = list
	}
}

// with is the library with one entry in place of what its file holds. The
// entry need not be in it.
func (l *library) with(s *Site, self *entry) *library {
	if at := l.place(self); at >= 0 && bytes.Equal(l.list(self)[at].post.Source, self.post.Source) {
		return l
	}
	out := &library{documents: map[*config.Collection][]*entry{}, pages: l.pages, made: l.made, archives: l.archives, statics: l.statics}
	for c, list := range l.documents {
		out.documents[c] = list
	}
	others := func(list []*entry) []*entry {
		kept := make([]*entry, 0, len(list)+1)
		for _, e := range list {
			if e.path != self.path {
				kept = append(kept, e)
			}
		}
		return kept
	}
	if at := slices.IndexFunc(l.made, func(e *entry) bool { return e.path == self.path && e.made == nil && e.pager == nil }); at >= 0 {
		out.made = slices.Clone(l.made)
		out.made[at] = self
		return out
	}
	if self.isPage() {
		out.pages = others(l.pages)
	} else {
		out.documents[self.collection] = others(l.documents[self.collection])
	}
	out.add(s, self)
	if self.isPage() {
		sort.SliceStable(out.pages, func(i, j int) bool { return path.Base(out.pages[i].path) < path.Base(out.pages[j].path) })
	} else {
		out.documents[self.collection] = sortDocuments(self.collection, out.documents[self.collection])
	}
	return out
}

// list are the entries of an entry's kind.
func (l *library) list(e *entry) []*entry {
	if e.isPage() {
		return l.pages
	}
	return l.documents[e.collection]
}

// all are all entries that are rendered.
func (l *library) all() []*entry {
	list := slices.Clone(l.pages)
	for _, documents := range l.documents {
		list = append(list, documents...)
	}
	return list
}

// place is where an entry stands in its list, or -1.
func (l *library) place(e *entry) int {
	return slices.IndexFunc(l.list(e), func(other *entry) bool { return other == e || other.path == e.path })
}

// pagePlace is where a page stands among all pages. Several may be made of one
// file: pages of posts are.
func (l *library) pagePlace(e *entry) int {
	if at := slices.Index(l.made, e); at >= 0 {
		return len(l.pages) + at
	}
	if at := slices.Index(l.pages, e); at >= 0 {
		return at
	}
	return slices.IndexFunc(l.pages, func(other *entry) bool { return other.path == e.path })
}

// posts are the published posts, newest first.
func (l *library) posts(s *Site) []*entry {
	list := slices.Clone(l.documents[s.config.Collections[0]])
	slices.Reverse(list)
	return list
}

// posts are the site's published posts, newest first.
func (s *Site) posts() []*entry { return s.library().posts(s) }
