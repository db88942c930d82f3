package main

import (
	"os"
	"path/filepath"
	"testing"
)

// What is written into a site stays in it, whatever links are in the way.
func TestWithin(t *testing.T) {
	for _, c := range []struct{ link, to string }{
		{"_data", "../outside"}, {"_data/a.yml", "../../outside/a.yml"}, {"_data/a.yml", "../../outside/none"}, {"_data/.galley-a.yml.tmp", "../../outside/a.yml"},
	} {
		parent := t.TempDir()
		dir, outside := filepath.Join(parent, "site"), filepath.Join(parent, "outside")
		for _, folder := range []string{filepath.Join(dir, filepath.Dir(c.link)), outside} {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(outside, "a.yml"), []byte("theirs"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(c.to, filepath.Join(dir, filepath.FromSlash(c.link))); err != nil {
			t.Skipf("this system makes no links: %v", err)
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		if c.link != "_data/.galley-a.yml.tmp" && c.to != "../../outside/none" && leadsOut(dir, filepath.Join(dir, "_data", "a.yml")) == nil {
			t.Errorf("%s is not said to lead out", c.link)
		}
		t.Logf("%s: %v", c.link, writeWithin(root, "_data/a.yml", []byte("ours")))
		t.Logf("%s: %v", c.link, createWithin(dir, "_data/b.yml", []byte("ours")))
		_ = root.Close()
		entries, err := os.ReadDir(outside)
		if err != nil || len(entries) != 1 {
			t.Errorf("%s: outside are %v, %v", c.link, entries, err)
		}
		if b, _ := os.ReadFile(filepath.Join(outside, "a.yml")); string(b) != "theirs" {
			t.Errorf("%s: outside is written %q", c.link, b)
		}
	}
}
