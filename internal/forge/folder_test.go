package forge

import "testing"

// A path within a folder, and the way out of it.
func TestInnerPath(t *testing.T) {
	for _, c := range []struct{ dir, path, want string }{
		{"docs", "docs/_posts/a.md", "_posts/a.md"},
		{"docs", "README.md", "../README.md"},
		{"docs", "docs2/a.md", "../docs2/a.md"},
		{"a/docs", "a/docs/b.md", "b.md"},
		{"a/docs", "a/b.md", "../b.md"},
		{"a/docs", "b.md", "../../b.md"},
	} {
		if got := (folder{dir: c.dir}).inner(c.path); got != c.want {
			t.Errorf("%s in %s is %q, want %q", c.path, c.dir, got, c.want)
		}
	}
	for _, dir := range []string{"", ".", "/", "docs/.."} {
		if f := Within(nil, dir); f != nil {
			t.Errorf("%q is the folder %+v", dir, f)
		}
	}
	if f := Within(nil, "./docs/"); f != (folder{dir: "docs"}) {
		t.Errorf("%+v", f)
	}
}
