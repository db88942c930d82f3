package paginate

import (
	"reflect"
	"testing"
)

func TestRead(t *testing.T) {
	for _, c := range []struct {
		number, pattern any
		want            Settings
		ok, fails       bool
	}{
		{nil, nil, Settings{}, false, false},
		{2, nil, Settings{2, "/page:num"}, true, false},
		{"5", "/blog/page:num/", Settings{5, "/blog/page:num/"}, true, false},
		{0, nil, Settings{}, false, true},
		{"all", nil, Settings{}, false, true},
	} {
		got, ok, err := Read(c.number, c.pattern)
		if ok != c.ok || (err != nil) != c.fails || ok && got != c.want {
			t.Errorf("%v: got %v, %v, %v", c.number, got, ok, err)
		}
	}
}

func TestTemplate(t *testing.T) {
	for _, c := range []struct {
		path  string
		pages []string
		want  int
		ok    bool
	}{
		{"/page:num", []string{"a.md", "index.html"}, 1, true},
		{"/page:num", []string{"index.md"}, 0, false},
		{"/page:num", []string{"blog/index.html"}, 0, false},
		{"/blog/page:num", []string{"index.html", "blog/index.html"}, 1, true},
		{"blog/page:num/", []string{"index.html", "blog/index.html"}, 1, true},
		{"/blog/page/:num/", []string{"index.html", "blog/index.html"}, 1, true},
		{"/blog/page:num", []string{"index.html", "blogs/index.html"}, 0, true},
		{"/page:num", nil, 0, false},
	} {
		s := Settings{1, c.path}
		if got, ok := s.Template(c.pages); got != c.want || ok != c.ok {
			t.Errorf("%s %v: got %d, %v", c.path, c.pages, got, ok)
		}
	}
}

func TestPages(t *testing.T) {
	s := Settings{2, "page:num/"}
	want := []Pager{
		{Page: 1, From: 0, To: 2, PerPage: 2, TotalPosts: 5, TotalPages: 3, Next: 2, NextPath: "/page2/"},
		{Page: 2, From: 2, To: 4, PerPage: 2, TotalPosts: 5, TotalPages: 3, Previous: 1, PreviousPath: "/", Next: 3, NextPath: "/page3/"},
		{Page: 3, From: 4, To: 5, PerPage: 2, TotalPosts: 5, TotalPages: 3, Previous: 2, PreviousPath: "/page2/"},
	}
	if got := s.Pages(5, "/"); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := s.Pages(0, "/"); got != nil {
		t.Errorf("got %+v", got)
	}
}
