package permalink

import (
	"io/fs"
	"path"
	"strings"
	"testing"
)

// FuzzPermalink: whatever the pattern and the post, the file that is written
// is inside the built site.
func FuzzPermalink(f *testing.F) {
	f.Add("/:year/:title/", "slug", "a-b")
	f.Add("/../:slug", "..", "%2e%2e%2f")
	f.Add("%5c:title\\", "\x00", ".")
	f.Add(":", "//", "a/../..")
	f.Fuzz(func(t *testing.T, pattern, slug, base string) {
		url := Document{Slug: slug, Basename: base, Ext: ".html", Categories: []string{slug}}.Address(pattern)
		if !strings.HasPrefix(url, "/") || strings.Contains(url, "//") {
			t.Fatalf("%q", url)
		}
		name := File(url, ".html")
		if name == "" {
			return
		}
		if !fs.ValidPath(name) || path.Clean(name) != name || strings.HasPrefix(name, "../") || strings.ContainsAny(name, "\x00\\") {
			t.Fatalf("%q is written to %q", url, name)
		}
	})
}
