package relativelinks

import (
	"encoding/json"
	"os"
	"testing"
)

// address knows the files that testdata/ruby.json was made with.
func address(path string) (string, bool) {
	to, ok := map[string]string{
		"docs/other.md":          "/base/docs/other.html",
		"index.md":               "/base/",
		"docs/a b.md":            "/base/docs/a%20b.html",
		"img/x.png":              "/base/img/x.png",
		"_posts/2026-01-02-a.md": "/base/2026/01/02/a.html",
	}[path]
	return to, ok
}

// testdata/ruby.json has texts of docs/page.md and what the plugin makes of
// them.
func TestRuby(t *testing.T) {
	src, err := os.ReadFile("testdata/ruby.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases [][2]string
	if err := json.Unmarshal(src, &cases); err != nil || len(cases) < 30 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		if got := Resolve(c[0], "docs/page.md", address); got != c[1] {
			t.Errorf("%q: got %q, want %q", c[0], got, c[1])
		}
	}
}

func TestRead(t *testing.T) {
	if s := Read(nil); !s.Enabled || s.Collections || s.Exclude != nil {
		t.Errorf("got %+v", s)
	}
	if s := Read(map[string]any{"enabled": false, "collections": true, "exclude": []any{"a", 1}}); s.Enabled || !s.Collections || len(s.Exclude) != 1 {
		t.Errorf("got %+v", s)
	}
}

// Where no link is known, a text stays as it is.
func FuzzResolve(f *testing.F) {
	for _, s := range []string{"[a](b.md)", "[a]: b.md", "[a](b \"c\\\"\")", "[a](%zz)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := Resolve(text, "docs/page.md", func(string) (string, bool) { return "", false }); got != text {
			t.Errorf("%q became %q", text, got)
		}
		_ = Resolve(text, "docs/page.md", func(p string) (string, bool) { return "/" + p, true })
	})
}
