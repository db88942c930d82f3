package main

import (
	"io"
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

// No command writes out of the site by a link that a repository brings, of whatever name.
func TestCommandsWithin(t *testing.T) {
	const post = "---\ntitle: One\ndate: 2026-01-01\n---\n\n## A\n\n* a bullet with a stop\n*\n"
	for _, c := range []struct {
		name, link string
		args       []string
		works      bool // all the same
	}{
		{"mending", "_posts/.galley-2026-01-01-one.md.tmp", []string{"check", "--fix", "--fail-on", "error"}, true},
		{"a baseline", "known.json", []string{"check", "--baseline", "known.json", "--write-baseline"}, false},
		{"a baseline's", ".galley-known.json.tmp", []string{"check", "--baseline", "known.json", "--write-baseline"}, true},
		{"answers", "links.json", []string{"check", "--outside", "--outside-cache", "links.json", "--fail-on", "error"}, true},
		{"answers'", ".galley-links.json.tmp", []string{"check", "--outside", "--outside-cache", "links.json", "--fail-on", "error"}, true},
		{"a build", "_site", []string{"build"}, false},
		{"a build's file", "_site/.galley-index.html.tmp", []string{"build"}, true},
		{"a build's list", "_site/.galley-.galley-files.tmp", []string{"build"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			parent := t.TempDir()
			dir, outside := filepath.Join(parent, "site"), filepath.Join(parent, "outside")
			theirs := filepath.Join(outside, "theirs")
			link := filepath.Join(dir, filepath.FromSlash(c.link))
			mustHave(t, filepath.Join(dir, "_config.yml"), "title: x\n")
			mustHave(t, filepath.Join(dir, "index.html"), "---\n---\nx\n")
			mustHave(t, filepath.Join(dir, "_posts", "2026-01-01-one.md"), post)
			mustHave(t, theirs, "theirs")
			if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
				t.Fatal(err)
			}
			target := theirs
			if c.link == "_site" {
				target = outside
			}
			if err := os.Symlink(target, link); err != nil {
				t.Skipf("this system makes no links: %v", err)
			}
			t.Chdir(dir)
			cmd := newRootCommand()
			cmd.SetOut(io.Discard)
			cmd.SetErr(io.Discard)
			cmd.SetArgs(c.args)
			if err := cmd.Execute(); (err == nil) != c.works {
				t.Errorf("it ends with %v", err)
			}
			mustHold(t, theirs, "theirs")
			if entries, err := os.ReadDir(outside); err != nil || len(entries) != 1 {
				t.Errorf("outside are %v, %v", entries, err)
			}
			info, err := os.Lstat(filepath.Join(dir, "_posts", "2026-01-01-one.md"))
			if err != nil || !info.Mode().IsRegular() {
				t.Errorf("the post is %v, %v", info, err)
			}
		})
	}
}

func mustHave(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
