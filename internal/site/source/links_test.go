package source

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// Links are followed within the site, whatever they lead to, and end.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site/docs/1.0/a.md": "a", "site/_posts/2026-01-01-a.md": "a", "site/_old/2026-01-02-b.md": "b", "site/deep/2026-01-03-c.md": "c", "outside/x.md": "x",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{
		"docs/latest": "1.0", "docs/b.md": "1.0/a.md", "loop": ".", "out": "../outside", "out.md": "../outside/x.md", "gone.md": "nowhere",
		"_posts/deep": "../deep", "_posts/2026-01-04-d.md": "../docs/1.0/a.md", "old/_posts": "../_old",
	} {
		file := filepath.Join(dir, "site", link)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, file); err != nil {
			t.Skip("this system makes no symbolic links:", err)
		}
	}
	root, err := os.OpenRoot(filepath.Join(dir, "site"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // it was only read
	found, err := Find(root.FS(), Rules{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"docs/1.0/a.md", "docs/latest/a.md", "docs/b.md", "loop/docs/b.md", "loop/loop/docs/latest/a.md"} {
		if !slices.Contains(found.Others, name) {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range []string{"out/x.md", "out.md", "gone.md"} {
		if slices.Contains(found.Others, name) {
			t.Errorf("%s leads nowhere in the site", name)
		}
	}
	posts := slices.DeleteFunc(found.Posts, func(name string) bool { return strings.HasPrefix(name, "loop/") })
	if want := []string{"_posts/2026-01-01-a.md", "_posts/2026-01-04-d.md", "old/_posts/2026-01-02-b.md"}; !slices.Equal(slices.Sorted(slices.Values(posts)), want) {
		t.Errorf("posts %q", posts)
	}
	if n := len(found.Others); n > 200 {
		t.Errorf("a link to a folder above itself made %d files", n)
	}
}

// Some links to a folder above them are as many ways as their third power: that ends.
func TestManyLinks(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the browser's files are in memory, where there are no links; the operating system's take minutes there")
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "_posts"), 0o755); err != nil {
		t.Fatal(err)
	}
	for n := range 120 {
		if err := os.Symlink(".", filepath.Join(dir, fmt.Sprintf("l%d", n))); err != nil {
			t.Skip("this system makes no symbolic links:", err)
		}
		if err := os.WriteFile(filepath.Join(dir, "_posts", fmt.Sprintf("2026-01-01-%d.md", n)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	asked := 0
	found, err := Find(os.DirFS(dir), Rules{Stop: func() error {
		if asked++; asked > 300_000 {
			return errors.New("it goes on and on")
		}
		return nil
	}})
	if !errors.Is(err, errLinked) || len(found.Posts) > maxLinked+120 {
		t.Errorf("%d posts, %v", len(found.Posts), err)
	}
}
