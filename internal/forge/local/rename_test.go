package local

import (
	"path/filepath"
	"strings"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
)

// A file that was changed as it was renamed is known by what stayed, as Git
// knows it.
func TestRenamedAndChanged(t *testing.T) {
	needGit(t)
	const from = "_posts/2026-01-04-a.md"
	old := string(forgetest.Site()[from])
	for _, c := range []struct{ name, text, want string }{
		{"a title", strings.Replace(old, "title: A", "title: The harbour", 1), "_posts/to.md"},
		{"one section of three", strings.Replace(old, "* first\n* second", "* something else, and longer", 1), "_posts/to.md"},
		{"all of it", "Nothing\nof that\nis here.\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "site")
			f, err := Init(dir, siteFS(), forgetest.Ana(), clock())
			if err != nil {
				t.Fatal(err)
			}
			harness(t, dir, f).Rename(t, "main", from, "_posts/to.md", []byte(c.text))
			plain := plainGit(t, dir, "diff", "-M", "--name-status", "main~", "main")
			if known := strings.HasPrefix(plain, "R"); known != (c.want != "") {
				t.Fatalf("Git itself says %s", plain)
			}
			got, err := f.Renamed(t.Context(), "main", from)
			if err != nil {
				t.Fatal(err)
			}
			if got == nil {
				got = &forge.Rename{}
			}
			if got.Path != c.want {
				t.Errorf("renamed to %q, want %q", got.Path, c.want)
			}
		})
	}
}
