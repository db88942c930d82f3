package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// A site's files are read as any file system's are; links lead to what is in
// the site, and nowhere else.
func TestSiteFiles(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{"a.txt": "a", "empty": "", "b/c/d.txt": "d"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := openFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(files, "a.txt", "empty", "b/c/d.txt"); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"b/in": "../a.txt", "b/folder": "c", "b/out": filepath.Join("../..", filepath.Base(outside), "secret"), "b/root": filepath.Join(outside, "secret")} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links:", err)
		}
	}
	for name, want := range map[string]string{"b/in": "a", "b/folder/d.txt": "d"} {
		if got, err := fs.ReadFile(files, name); err != nil || string(got) != want {
			t.Errorf("%s is %q (%v), not %q", name, got, err, want)
		}
	}
	for _, name := range []string{"b/out", "b/root", "../" + filepath.Base(outside) + "/secret", "/etc/passwd"} {
		if got, err := fs.ReadFile(files, name); err == nil {
			t.Errorf("%s is %q and leads out of the site", name, got)
		}
		if _, err := fs.Stat(files, name); err == nil {
			t.Errorf("%s was found and leads out of the site", name)
		}
		if f, err := files.Open(name); err == nil {
			_ = f.Close()
			t.Errorf("%s was opened and leads out of the site", name)
		}
	}
	for _, name := range []string{"nothing", "b/nothing", "nothing/a"} {
		if _, err := fs.ReadFile(files, name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("reading %s, which is not there, is %v", name, err)
		}
	}
	if _, err := openFiles(filepath.Join(dir, "nothing")); err == nil {
		t.Error("a folder that is not there was opened")
	}
}
