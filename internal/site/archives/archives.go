// Package archives lists the pages that jekyll-archives 2.2 makes: one for each
// tag, category, year, month and day of the posts.
package archives

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Kind is what the posts of an archive have in common.
type Kind string

// The kinds of archives, as settings and templates name them.
const (
	Tag      Kind = "tag"
	Category Kind = "category"
	Year     Kind = "year"
	Month    Kind = "month"
	Day      Kind = "day"
)

// Settings are the section "jekyll-archives" of the settings.
type Settings struct {
	enabled    map[Kind]bool
	layout     string
	layouts    map[string]any
	permalinks map[Kind]string
}

// Read reads the section.
func Read(section any) Settings {
	s := Settings{
		enabled: map[Kind]bool{},
		layout:  "archive",
		permalinks: map[Kind]string{
			Year: "/:year/", Month: "/:year/:month/", Day: "/:year/:month/:day/",
			Tag: "/tag/:name/", Category: "/category/:name/",
		},
	}
	m, _ := section.(map[string]any)
	switch e := m["enabled"].(type) {
	case bool, string:
		if e == true || e == "all" {
			for k := range s.permalinks {
				s.enabled[k] = true
			}
		}
	case []any:
		names := map[any]Kind{"tags": Tag, "categories": Category, "year": Year, "month": Month, "day": Day}
		for _, name := range e {
			if text, ok := name.(string); ok && names[text] != "" {
				s.enabled[names[text]] = true
			}
		}
	}
	if layout, ok := m["layout"].(string); ok {
		s.layout = layout
	}
	s.layouts, _ = m["layouts"].(map[string]any)
	links, _ := m["permalinks"].(map[string]any)
	for k := range s.permalinks {
		if link, ok := links[string(k)].(string); ok {
			s.permalinks[k] = link
		}
	}
	return s
}

// Post is what decides which archives a post is in.
type Post struct {
	Date             time.Time
	Tags, Categories []string
}

// Archive is one page.
type Archive struct {
	Kind Kind
	// Title is the tag or the category; empty for those of dates.
	Title string
	// Date is the first day; zero for tags and categories.
	Date   time.Time
	Layout string
	// Permalink is the pattern of the address and Placeholders what its
	// placeholders stand for. The placeholder name is the title, still to be
	// made a slug.
	Permalink    string
	Placeholders map[string]string
	// Posts are places in the list of posts, newest first.
	Posts []int
}

// Of lists the archives of posts, which are given oldest first.
func (s Settings) Of(posts []Post) []Archive {
	var out []Archive
	named := func(kind Kind, names func(Post) []string) {
		if !s.enabled[kind] {
			return
		}
		titles, groups := group(posts, names)
		for _, title := range titles {
			a := s.archive(kind, groups[title])
			a.Title = title
			a.Placeholders["name"] = title
			out = append(out, a)
		}
	}
	named(Tag, func(p Post) []string { return p.Tags })
	named(Category, func(p Post) []string { return p.Categories })

	all := make([]int, len(posts))
	for i := range posts {
		all[i] = i
	}
	dated := func(kind Kind, members []int) {
		if !s.enabled[kind] {
			return
		}
		newest := slices.Clone(members)
		slices.Sort(newest)
		slices.Reverse(newest)
		y, m, d := posts[newest[0]].Date.Date()
		a := s.archive(kind, newest)
		a.Placeholders["year"] = fmt.Sprintf("%04d", y)
		switch kind {
		case Year:
			m, d = 1, 1
		case Month:
			d = 1
		}
		if kind != Year {
			a.Placeholders["month"] = fmt.Sprintf("%02d", int(m))
		}
		if kind == Day {
			a.Placeholders["day"] = fmt.Sprintf("%02d", d)
		}
		a.Date = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		out = append(out, a)
	}
	for _, year := range split(posts, all, func(t time.Time) int { return t.Year() }) {
		dated(Year, year)
		slices.Reverse(year) // months and days go back in time
		for _, month := range split(posts, year, func(t time.Time) int { return int(t.Month()) }) {
			dated(Month, month)
			for _, day := range split(posts, month, func(t time.Time) int { return t.Day() }) {
				dated(Day, day)
			}
		}
	}
	return out
}

func (s Settings) archive(kind Kind, posts []int) Archive {
	layout, ok := s.layouts[string(kind)].(string)
	if !ok {
		layout = s.layout
	}
	return Archive{Kind: kind, Layout: layout, Permalink: s.permalinks[kind],
		Placeholders: map[string]string{"type": string(kind)}, Posts: posts}
}

// group lists the posts of each name, newest first, and the names in the order
// in which the posts have them.
func group(posts []Post, names func(Post) []string) ([]string, map[string][]int) {
	var order []string
	groups := map[string][]int{}
	for i, p := range posts {
		for _, name := range names(p) {
			if groups[name] == nil {
				order = append(order, name)
			}
			groups[name] = append(groups[name], i)
		}
	}
	for _, list := range groups {
		slices.Reverse(list)
	}
	return order, groups
}

// split parts posts by a part of their date, in the order in which they come.
func split(posts []Post, members []int, part func(time.Time) int) [][]int {
	var out [][]int
	at := map[int]int{}
	for _, i := range members {
		key := part(posts[i].Date)
		n, ok := at[key]
		if !ok {
			n = len(out)
			at[key] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], i)
	}
	return out
}

// URL is an archive's address. Slug makes a slug of a name, and escape writes
// a text as a part of an address.
func (a Archive) URL(slug, escape func(string) string) string {
	url := a.Permalink
	for _, key := range []string{"year", "month", "day", "name", "type"} {
		value, ok := a.Placeholders[key]
		if !ok {
			continue
		}
		if key == "name" {
			value = slug(value)
		}
		url = strings.ReplaceAll(url, ":"+key, escape(value))
	}
	url = strings.ReplaceAll(strings.ReplaceAll("/"+url, "..", "/"), "./", "")
	for strings.Contains(url, "//") {
		url = strings.ReplaceAll(url, "//", "/")
	}
	return url
}
