package redirect

import (
	"slices"
	"strings"
	"testing"
)

func absolute(p string) string { return "https://e.org/base/" + strings.TrimPrefix(p, "/") }

func TestPages(t *testing.T) {
	to, all := Pages([]Page{
		{URL: "/a.html", From: "/old.html"},
		{URL: "/b/", From: []any{"one", nil, "/two/", 3}},
		{URL: "/c.html", To: "https://x.org/"},
		{URL: "/d.html", From: "/e", To: []any{nil, "/b/", "/a.html"}},
		{URL: "/f.html"},
		{URL: "/g.html", From: map[string]any{"a": "b"}, To: []any{}},
		{URL: "/h.html", To: false},
		{URL: "/i.html", To: []any{nil, false, "/a.html"}},
	}, absolute)
	wantTo := []Redirect{
		{"/old.html", "https://e.org/base/a.html"},
		{"/one", "https://e.org/base/b/"},
		{"/two/", "https://e.org/base/b/"},
		{"/3", "https://e.org/base/b/"},
		{"/e", "https://e.org/base/d.html"},
	}
	wantAll := append(wantTo[:4:4], Redirect{"/c.html", "https://x.org/"}, wantTo[4], Redirect{"/d.html", "https://e.org/base/b/"})
	if !slices.Equal(to, wantTo) {
		t.Errorf("got %v", to)
	}
	if !slices.Equal(all, wantAll) {
		t.Errorf("got %v", all)
	}
}

func TestJSON(t *testing.T) {
	got := JSON([]Redirect{{"/a", "https://e.org/?a&b"}, {"/b\"", "x\n"}, {"/a", "y"}})
	if want := `{"/a":"y","/b\"":"x\n"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := JSON(nil); got != "{}" {
		t.Errorf("got %s", got)
	}
	if WithJSON(map[string]any{"json": false}) || !WithJSON(nil) || !WithJSON(map[string]any{}) {
		t.Error("the setting is misread")
	}
}

func TestHTML(t *testing.T) {
	if got := strings.Count(HTML("https://e.org/a"), "https://e.org/a"); got != 4 {
		t.Errorf("the address stands there %d times", got)
	}
}

// Whatever the front matter says, old addresses begin with a slash.
func FuzzPages(f *testing.F) {
	f.Add("/a", "/b")
	f.Add("", "https://")
	f.Fuzz(func(t *testing.T, from, to string) {
		_, all := Pages([]Page{{URL: "/x", From: []any{from, from}, To: to}}, absolute)
		for _, r := range all {
			if r.From != "" && r.From[0] != '/' {
				t.Errorf("%q leads from %q", from, r.From)
			}
		}
		_ = JSON(all)
	})
}
