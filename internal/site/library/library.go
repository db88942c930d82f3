package library

import (
	"bytes"
	"context"
	"io/fs"
	"iter"
	"path"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"galley/internal/diag"
	"galley/internal/post"
	"galley/internal/site/config"
	"galley/internal/site/document"
	"galley/internal/site/parallel"
	"galley/internal/site/source"
	"galley/internal/site/value"
)

// Library is everything that a site is made of, read once. It does not change.
type Library struct {
	reader *document.Reader
	// Documents are the entries of each collection in the collection's order,
	// posts the oldest first; in the order of the settings, posts first.
	Documents map[*config.Collection][]*document.Entry
	// Pages are in the order in which Jekyll has them: by the name of the file.
	Pages []*document.Entry
	// Made are the pages that plugins make, in the order in which they do;
	// they stand behind the others.
	Made []*document.Entry
	// Archives are those of jekyll-archives.
	Archives []*document.Entry
	// Diags are what plugins found.
	Diags []diag.Diagnostic
	// Statics are the files that are copied as they are.
	Statics []*Static
	// Hidden are the entries that are not published.
	Hidden []*document.Entry

	targetsOnce sync.Once
	targets     map[string]string // addresses by files, for links to them
}

// AllPages are the pages of the site and of its plugins.
func (l *Library) AllPages() []*document.Entry {
	return append(l.Pages[:len(l.Pages):len(l.Pages)], l.Made...)
}

// Read reads all of a site. generate lets plugins add to it.
func Read(ctx context.Context, s *document.Reader, generate func(*Library)) (*Library, error) {
	lib := &Library{reader: s, Documents: map[*config.Collection][]*document.Entry{}}
	rules := s.Config.Rules(s.Files, s.Exclude)
	rules.Stop = s.Stop
	found, err := source.Find(s.Files, rules)
	if err != nil {
		return lib, err
	}
	type file struct {
		name   string
		entry  *document.Entry
		static *Static
	}
	var list []file
	for _, names := range [][]string{found.Posts, found.Drafts} {
		for _, name := range names {
			if _, dated := post.ParseName(name); dated || strings.Contains("/"+name, "/_drafts/") && path.Ext(name) != "" {
				list = append(list, file{name: name})
			}
		}
	}
	for _, c := range s.Config.Collections[1:] {
		for _, name := range found.Documents[c.Label] {
			list = append(list, file{name: name})
		}
	}
	for _, name := range found.Others {
		list = append(list, file{name: name})
	}
	err = parallel.Do(ctx, max(runtime.GOMAXPROCS(0), 1), len(list), func(i int) error {
		if s.Stop != nil {
			if err := s.Stop(); err != nil {
				return err
			}
		}
		f := &list[i]
		c, _ := s.Config.CollectionOf(f.name)
		isPost := c != nil && c.Label == config.PostsLabel
		if !isPost {
			header, err := source.HasHeader(s.Files, f.name)
			if err != nil {
				return err
			}
			if !header && (c != nil || !s.Config.BareIsPage(f.name)) {
				f.static = newStatic(s, f.name, c)
				return nil
			}
		}
		src, err := fs.ReadFile(s.Files, f.name)
		if err != nil {
			return err
		}
		f.entry = s.Entry(f.name, post.Parse(src))
		return nil
	}, func(int, int) {})
	if err != nil {
		return lib, err
	}
	var late []*Static // those of collections stand behind the others
	for _, f := range list {
		switch {
		case f.static != nil && f.static.Collection == nil:
			lib.Statics = append(lib.Statics, f.static)
		case f.static != nil:
			late = append(late, f.static)
		default:
			f.entry.Listed = true
			lib.add(f.entry)
		}
	}
	sort.SliceStable(lib.Statics, func(i, j int) bool { return lib.Statics[i].Relative < lib.Statics[j].Relative })
	lib.Statics = append(lib.Statics, late...)
	lib.sort(s.Config.LimitPosts)
	generate(lib)
	return lib, nil
}

// add puts an entry where it belongs.
func (l *Library) add(e *document.Entry) {
	s := l.reader
	why := s.Hidden(e)
	if why != "" {
		l.Hidden = append(l.Hidden, e)
	}
	switch {
	case e.IsPage():
		if why == "" {
			l.Pages = append(l.Pages, e)
		}
	case e.IsPost():
		if why == "" {
			l.Documents[e.Collection] = append(l.Documents[e.Collection], e)
		}
	case e.Data.Value("published") != false || s.Config.Unpublished:
		// Others are listed even where they have no page.
		l.Documents[e.Collection] = append(l.Documents[e.Collection], e)
	}
}

// sort puts everything in Jekyll's order.
func (l *Library) sort(limit int) {
	sort.SliceStable(l.Pages, func(i, j int) bool { return path.Base(l.Pages[i].Path) < path.Base(l.Pages[j].Path) })
	for c, list := range l.Documents {
		list = sortDocuments(c, list)
		if c.Label == config.PostsLabel && limit > 0 && len(list) > limit {
			list = list[len(list)-limit:]
		}
		l.Documents[c] = list
	}
}

// With is the library with one entry in place of what its file holds. The
// entry need not be in it.
func (l *Library) With(self *document.Entry) *Library {
	if at := l.Place(self); at >= 0 && bytes.Equal(l.List(self)[at].Post.Source, self.Post.Source) {
		return l
	}
	out := &Library{reader: l.reader, Documents: map[*config.Collection][]*document.Entry{}, Pages: l.Pages, Made: l.Made, Archives: l.Archives, Statics: l.Statics}
	for c, list := range l.Documents {
		out.Documents[c] = list
	}
	others := func(list []*document.Entry) []*document.Entry {
		kept := make([]*document.Entry, 0, len(list)+1)
		for _, e := range list {
			if e.Path != self.Path {
				kept = append(kept, e)
			}
		}
		return kept
	}
	if at := slices.IndexFunc(l.Made, func(e *document.Entry) bool { return e.Path == self.Path && e.Made == nil && e.Pager == nil }); at >= 0 {
		out.Made = slices.Clone(l.Made)
		out.Made[at] = self
		return out
	}
	if self.IsPage() {
		out.Pages = others(l.Pages)
	} else {
		out.Documents[self.Collection] = others(l.Documents[self.Collection])
	}
	out.add(self)
	if self.IsPage() {
		sort.SliceStable(out.Pages, func(i, j int) bool { return path.Base(out.Pages[i].Path) < path.Base(out.Pages[j].Path) })
	} else {
		out.Documents[self.Collection] = sortDocuments(self.Collection, out.Documents[self.Collection])
	}
	return out
}

// List are the entries of an entry's kind.
func (l *Library) List(e *document.Entry) []*document.Entry {
	if e.IsPage() {
		return l.Pages
	}
	return l.Documents[e.Collection]
}

// Sources are the files' texts of all pages and documents.
func (l *Library) Sources() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, e := range l.Pages {
			if !yield(e.Post.Source) {
				return
			}
		}
		for _, list := range l.Documents {
			for _, e := range list {
				if !yield(e.Post.Source) {
					return
				}
			}
		}
	}
}

// Place is where an entry stands in its list, or -1.
func (l *Library) Place(e *document.Entry) int {
	return slices.IndexFunc(l.List(e), func(other *document.Entry) bool { return other == e || other.Path == e.Path })
}

// PagePlace is where a page stands among all pages. Several may be made of one
// file: pages of posts are.
func (l *Library) PagePlace(e *document.Entry) int {
	if at := slices.Index(l.Made, e); at >= 0 {
		return len(l.Pages) + at
	}
	if at := slices.Index(l.Pages, e); at >= 0 {
		return at
	}
	return slices.IndexFunc(l.Pages, func(other *document.Entry) bool { return other.Path == e.Path })
}

// Posts are the published posts, newest first.
func (l *Library) Posts() []*document.Entry {
	list := slices.Clone(l.Documents[l.reader.Config.Collections[0]])
	slices.Reverse(list)
	return list
}

// Target is the address of the page, document or file at a path.
func (l *Library) Target(file string) (string, bool) {
	lib, s := l, l.reader
	lib.targetsOnce.Do(func() {
		lib.targets = map[string]string{}
		add := func(file, url string) {
			if _, have := lib.targets[file]; !have {
				lib.targets[file] = s.RelativeURL(url)
			}
		}
		for _, e := range lib.AllPages() {
			add(e.Path, e.URL)
		}
		for _, f := range lib.Statics {
			add(strings.TrimPrefix(f.Relative, "/"), f.Relative)
		}
		for _, c := range s.Config.Collections {
			for _, e := range lib.Documents[c] {
				if c.Output {
					add(e.Relative(s.Config), e.URL)
				}
			}
		}
	})
	url, ok := lib.targets[file]
	return url, ok
}

// Paginated are the posts that pages of posts show, newest first.
func (l *Library) Paginated() []*document.Entry {
	return slices.DeleteFunc(l.Posts(), func(e *document.Entry) bool { return value.Truthy(e.Data.Value("hidden")) })
}
