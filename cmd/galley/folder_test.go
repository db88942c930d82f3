package main

import (
	"os"
	"path/filepath"
	"testing"
)

func mustOpen(t *testing.T, dir string) *folder {
	t.Helper()
	f, err := newFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func mustWrite(t *testing.T, f *folder, name, text string) {
	t.Helper()
	if err := f.WriteFile(name, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

func mustHold(t *testing.T, name, want string) {
	t.Helper()
	if got, err := os.ReadFile(name); err != nil || string(got) != want {
		t.Errorf("%s holds %q (%v), not %q", name, got, err, want)
	}
}

// What a build left that was killed, the folder's first one or a later one, is
// written again by the next; what somebody laid beside it is left.
func TestKilledBuild(t *testing.T) {
	for _, builds := range []int{0, 1} {
		dir := t.TempDir()
		for range builds {
			done := mustOpen(t, dir)
			mustWrite(t, done, "done.html", "done")
			if err := done.finish([]string{"done.html"}, nil); err != nil {
				t.Fatal(err)
			}
			done.close()
		}
		killed := mustOpen(t, dir)
		mustWrite(t, killed, "a/b/half.html", "half")
		killed.close()
		if err := os.WriteFile(filepath.Join(dir, "mine.html"), []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}

		next := mustOpen(t, dir)
		if next.fresh {
			t.Error("a folder with files is taken for an empty one")
		}
		mustWrite(t, next, "a/b/half.html", "whole")
		if err := next.WriteFile("mine.html", []byte("Galley's")); err == nil {
			t.Error("a file that no build wrote was overwritten")
		}
		if err := next.finish([]string{"a/b/half.html"}, nil); err != nil {
			t.Fatal(err)
		}
		next.close()
		mustHold(t, filepath.Join(dir, "a/b/half.html"), "whole")
		mustHold(t, filepath.Join(dir, "mine.html"), "mine")
		mustHold(t, filepath.Join(dir, manifestName), "a/b/half.html\n")
		if _, err := os.Stat(filepath.Join(dir, "done.html")); err == nil {
			t.Error("what an earlier build wrote stays, although the killed one came between")
		}

		last := mustOpen(t, dir)
		defer last.close()
		if err := last.WriteFile("mine.html", []byte("Galley's")); err == nil {
			t.Error("a file that a finished build did not write was overwritten")
		}
	}
}

// On a disk that takes two spellings of a name for one file, what was renamed in its
// capitals alone is written under the new one, and not removed with the old one. Links
// stand in for such a disk.
func TestOtherCapitals(t *testing.T) {
	for _, text := range []string{"same", "new"} {
		dir := t.TempDir()
		first := mustOpen(t, dir)
		mustWrite(t, first, "Photo.JPG", "same")
		mustWrite(t, first, "About/index.html", "same")
		if err := first.finish([]string{"Photo.JPG", "About/index.html"}, nil); err != nil {
			t.Fatal(err)
		}
		first.close()
		if err := os.Link(filepath.Join(dir, "Photo.JPG"), filepath.Join(dir, "photo.jpg")); err != nil {
			t.Skip("this disk makes no links:", err)
		}
		if err := os.Symlink("About", filepath.Join(dir, "about")); err != nil {
			t.Skip("this system makes no symbolic links:", err)
		}

		second := mustOpen(t, dir)
		defer second.close()
		mustWrite(t, second, "photo.jpg", text)
		mustWrite(t, second, "about/index.html", text)
		if err := second.finish([]string{"photo.jpg", "about/index.html"}, nil); err != nil {
			t.Fatal(err)
		}
		mustHold(t, filepath.Join(dir, "photo.jpg"), text)
		mustHold(t, filepath.Join(dir, "about/index.html"), text)
		mustHold(t, filepath.Join(dir, manifestName), "about/index.html\nphoto.jpg\n")
		if _, err := os.Lstat(filepath.Join(dir, "Photo.JPG")); (err == nil) != (text == "same") {
			t.Errorf("%s: the one file's other name: %v", text, err)
		}
	}
}

// Where they are two files, only that of Galley's own name is Galley's.
func TestTwoSpellings(t *testing.T) {
	dir := t.TempDir()
	first := mustOpen(t, dir)
	mustWrite(t, first, "Photo.JPG", "old")
	if err := first.finish([]string{"Photo.JPG"}, nil); err != nil {
		t.Fatal(err)
	}
	first.close()
	if err := os.WriteFile(filepath.Join(dir, "photo.jpg"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	second := mustOpen(t, dir)
	defer second.close()
	if second.isOne("Photo.JPG", "photo.jpg") {
		t.Skip("this disk takes both for one, as TestOtherCapitals has it")
	}
	if err := second.WriteFile("photo.jpg", []byte("Galley's")); err == nil {
		t.Error("a file that no build wrote was overwritten")
	}
	if err := second.finish([]string{"photo.jpg"}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "Photo.JPG")); err == nil {
		t.Error("what an earlier build wrote stays")
	}
}

// What a build wrote is known again by the next, whatever its name begins or ends with,
// and a name of two lines makes nobody else's file Galley's.
func TestOddNames(t *testing.T) {
	dir := t.TempDir()
	names := []string{" blank", "blank ", `"quoted"`, "two\nmine.html", "end\r"}
	first := mustOpen(t, dir)
	for _, name := range names {
		if err := first.WriteFile(name, []byte("old")); err != nil {
			t.Skip("this disk takes no such names:", err)
		}
	}
	if err := first.finish(names, nil); err != nil {
		t.Fatal(err)
	}
	first.close()
	if err := os.WriteFile(filepath.Join(dir, "mine.html"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	second := mustOpen(t, dir)
	for _, name := range names {
		mustWrite(t, second, name, "new")
	}
	if err := second.finish(names, nil); err != nil {
		t.Fatal(err)
	}
	second.close()
	third := mustOpen(t, dir)
	defer third.close()
	if err := third.finish(nil, nil); err != nil {
		t.Fatal(err)
	}
	mustHold(t, filepath.Join(dir, "mine.html"), "mine")
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			t.Errorf("%q stays", name)
		}
	}
}

// A build that stops says what it wrote, and one that writes nothing leaves nothing.
func TestAbandonedBuild(t *testing.T) {
	dir := t.TempDir()
	f := mustOpen(t, dir)
	f.close()
	if _, err := os.Stat(filepath.Join(dir, manifestName)); err == nil {
		t.Error("a build that wrote nothing left a list of it")
	}
	f = mustOpen(t, dir)
	mustWrite(t, f, "a.html", "a")
	f.close()
	mustHold(t, filepath.Join(dir, manifestName), "a.html\n")
}

// Directories beyond those that are kept open are written to as well, and so
// is what a link within the folder leads to; none leads out of it.
func TestManyDirectories(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "links"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../d0", filepath.Join(dir, "links/in")); err != nil {
		t.Skip("this system makes no symbolic links:", err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "links/out")); err != nil {
		t.Fatal(err)
	}
	f := mustOpen(t, dir)
	defer f.close()
	for i := range openDirs + 20 {
		mustWrite(t, f, filepath.ToSlash(filepath.Join("d"+string(rune('0'+i%10)), string(rune('a'+i/10)), "x", "index.html")), "text")
	}
	mustHold(t, filepath.Join(dir, "d9", "a", "x", "index.html"), "text")
	mustHold(t, filepath.Join(dir, "d5", string(rune('a'+(openDirs+15)/10)), "x", "index.html"), "text")
	if len(f.open) > openDirs {
		t.Errorf("%d directories are open", len(f.open))
	}
	mustWrite(t, f, "links/in/y.html", "y")
	mustHold(t, filepath.Join(dir, "d0", "y.html"), "y")
	if err := f.WriteFile("links/out/z.html", []byte("z")); err == nil {
		t.Error("a link led out of the folder")
	}
}
