// Package postindex is the memory of a site: what all its posts link to, which
// things with a number they speak of, and their words. A site's other texts can be
// in it, too: they have no day, and are behind all posts.
//
// A file is read once, by [Settings.Read]; what it says depends on its bytes alone,
// so that who has Git's blob ids reads each blob once ([Settings.Key] tells when
// the settings ask for something else). An [Index] puts the texts of one commit
// together and takes no reading:
//
//	settings, problems := postindex.ReadSettings(config.Galley)
//	text := settings.Read(src)                      // kept by blob id
//	index := postindex.New([]postindex.File{{Path: path, Text: text}})
//	index.Lookup("https://github.com/o/r/pull/12")  // "used in edition X"
//	index.Thing("KEP 647")                          // what galley.memory names
//	index.Search("quoted gauge", 50)                // words in all texts
//
// [Index.Lookup] gives mentions, newest post first: each says the post, its title
// and day, the section (heading of level 2) and line that it stands in, and whether
// an item or a heading is about it or it is named in passing ([Kind]).
//
// Addresses are compared as [Normalize] makes them. An index may be used by many at
// once; it is never changed.
package postindex

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"galley/internal/post"
)

// File is a text and where it stands.
type File struct {
	Path string
	Text *Text
}

// Post is a post in an index.
type Post struct {
	Path, Title string
	// Day is the one in the file's name, at midnight in UTC; the zero time where
	// it has none.
	Day time.Time
}

// Mention is a place where a post links to an address or names a thing.
type Mention struct {
	Post
	// Section is the heading of level 2 above it; empty where there is none.
	Section string
	// Line counts from 1, in the file.
	Line int
	Kind Kind
}

// Index is what the posts of a site say.
type Index struct {
	files  []file
	links  map[string][]place
	things map[string][]place
}

type file struct {
	Post
	text *Text
}

// place is a link of a file, by their numbers.
type place struct{ file, link int32 }

// New puts texts together, in any order. Where two have the same path the last
// one counts.
func New(texts []File) *Index {
	x := &Index{links: map[string][]place{}, things: map[string][]place{}}
	at := map[string]int{}
	for _, t := range texts {
		day, _ := Day(t.Path)
		f := file{Post{t.Path, t.Text.Title, day}, t.Text}
		if i, ok := at[t.Path]; ok {
			x.files[i] = f
			continue
		}
		at[t.Path] = len(x.files)
		x.files = append(x.files, f)
	}
	// Newest first, so that lists of places are, too.
	slices.SortFunc(x.files, func(a, b file) int {
		return cmp.Or(b.Day.Compare(a.Day), cmp.Compare(a.Path, b.Path))
	})
	for i, f := range x.files {
		for n, l := range f.text.links {
			x.links[l.To] = append(x.links[l.To], place{int32(i), int32(n)})
		}
		for n, l := range f.text.things {
			x.things[l.To] = append(x.things[l.To], place{int32(i), int32(n)})
		}
	}
	return x
}

// Posts lists the posts, newest first.
func (x *Index) Posts() []Post {
	posts := make([]Post, len(x.files))
	for i, f := range x.files {
		posts[i] = f.Post
	}
	return posts
}

// Lookup gives where posts link to an address, however it is written: newest post
// first, in a post by line. It is empty for what is no address of the web.
func (x *Index) Lookup(address string) []Mention {
	return x.mentions(x.links[Normalize(address)], func(t *Text) []link { return t.links })
}

// Thing gives where posts speak of a thing, as [Settings.InText] names it: in a
// heading, or in the text or address of a link. Newest post first.
func (x *Index) Thing(name string) []Mention {
	return x.mentions(x.things[name], func(t *Text) []link { return t.things })
}

func (x *Index) mentions(places []place, list func(*Text) []link) []Mention {
	found := make([]Mention, len(places))
	for i, p := range places {
		f := x.files[p.file]
		l := list(f.text)[p.link]
		found[i] = Mention{f.Post, l.section, l.line, l.Kind}
	}
	return found
}

// Headings lists the headings of a post by its number in [Index.Posts].
func (x *Index) Headings(n int) []Heading { return x.files[n].text.headings }

// Source is the file of a post by its number in [Index.Posts].
func (x *Index) Source(n int) string { return x.files[n].text.source }

// Naming gives where texts have an address within the site, such as /2026/20260816,
// as a link to it or as a part of one: what goes on behind it is another place on the
// page, or another file below it. Newest post first.
func (x *Index) Naming(address string) []Mention {
	if len(address) < 2 {
		return nil // every text has one
	}
	var found []Mention
	for _, f := range x.files {
		src := f.text.source
		for at := 0; ; {
			n := strings.Index(src[at:], address)
			if n < 0 {
				break
			}
			start := at + n
			at = start + len(address)
			if at < len(src) && isOfWord(src[at]) || start > 0 && src[start-1] == '/' {
				continue
			}
			found = append(found, Mention{Post: f.Post, Line: 1 + strings.Count(src[:start], "\n")})
			if len(found) == maxNaming {
				return found
			}
		}
	}
	return found
}

// maxNaming is how many places that name an address are given.
const maxNaming = 100

// isOfWord tells whether a byte goes on with a part of an address.
func isOfWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c >= 0x80
}

// Before is how many posts are of a day or later: the number of the first older
// one in [Index.Posts].
func (x *Index) Before(day time.Time) int {
	n, _ := slices.BinarySearchFunc(x.files, day, func(f file, day time.Time) int {
		if f.Day.Before(day) {
			return 1
		}
		return -1
	})
	return n
}

// Day is the day in a post's file name, at midnight in UTC. It is false for files
// that are not named as posts, and for days that there are not.
func Day(path string) (time.Time, bool) {
	name, ok := post.ParseName(path)
	if !ok {
		return time.Time{}, false
	}
	if name.Year < 100 {
		name.Year += 2000
	}
	day := time.Date(name.Year, time.Month(name.Month), name.Day, 0, 0, 0, 0, time.UTC)
	return day, day.Day() == name.Day && int(day.Month()) == name.Month
}
