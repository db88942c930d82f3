// Package paginate parts the list of a site's posts over pages, as
// jekyll-paginate 1.1 does: with the setting `paginate: N`, an index.html shows
// N posts as paginator.posts, and copies of it at page2/, page3/ and so on show
// the next ones.
package paginate

import (
	"errors"
	"path"
	"strconv"
	"strings"
)

// DefaultPath is where the second page and those behind it are.
const DefaultPath = "/page:num"

// Settings are what the site says.
type Settings struct {
	// PerPage is how many posts a page shows.
	PerPage int
	// Path is the address of a page, with :num for its number.
	Path string
}

// ErrNumber is for a setting that is no number of posts.
var ErrNumber = errors.New("paginate in the settings should be the number of posts on a page, 1 or more")

// Read reads the settings "paginate" and "paginate_path"; ok is false for a
// site that does not paginate.
func Read(number, pattern any) (s Settings, ok bool, err error) {
	switch n := number.(type) {
	case nil:
		return s, false, nil
	case int:
		s.PerPage = n
	case int64:
		s.PerPage = int(n)
	case float64:
		s.PerPage = int(n)
	case string:
		s.PerPage, _ = strconv.Atoi(strings.TrimSpace(n))
	}
	if s.PerPage < 1 {
		return s, false, ErrNumber
	}
	if s.Path, _ = pattern.(string); s.Path == "" {
		s.Path = DefaultPath
	}
	return s, true, nil
}

// Template finds the page that is repeated, by the paths of the site's pages:
// an index.html in the folder that the pages' address is in or in one around
// it, the deepest one. Of two with paths of one length it is the first.
func (s Settings) Template(pages []string) (index int, ok bool) {
	folder := path.Dir(path.Clean("/" + s.Path))
	length := -1
	for i, p := range pages {
		p = strings.TrimPrefix(p, "/")
		if path.Base(p) != "index.html" || len(p) <= length {
			continue
		}
		if dir := path.Dir("/" + p); dir == folder || dir == "/" || strings.HasPrefix(folder, dir+"/") {
			index, length, ok = i, len(p), true
		}
	}
	return index, ok
}

// Address is the folder of a page by its number, from 2; first is the address
// of the page that is repeated.
func (s Settings) Address(number int, first string) string {
	if number <= 1 {
		return first
	}
	p := strings.Replace(s.Path, ":num", strconv.Itoa(number), 1)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return p
}

// Pager is one page's part of the posts: what templates see as paginator.
type Pager struct {
	// Page is the page's number, from 1.
	Page int
	// From and To are its posts among all: From is the first, To is behind
	// the last.
	From, To                        int
	PerPage, TotalPosts, TotalPages int
	// Previous and Next are numbers of pages; 0 where there is none. The
	// paths are their addresses.
	Previous, Next         int
	PreviousPath, NextPath string
}

// Pages parts a number of posts. A site without posts has no pages.
func (s Settings) Pages(posts int, first string) []Pager {
	total := (posts + s.PerPage - 1) / s.PerPage
	var out []Pager
	for n := 1; n <= total; n++ {
		p := Pager{Page: n, From: (n - 1) * s.PerPage, To: min(n*s.PerPage, posts), PerPage: s.PerPage, TotalPosts: posts, TotalPages: total}
		if n > 1 {
			p.Previous, p.PreviousPath = n-1, s.Address(n-1, first)
		}
		if n < total {
			p.Next, p.NextPath = n+1, s.Address(n+1, first)
		}
		out = append(out, p)
	}
	return out
}
