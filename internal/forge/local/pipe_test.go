//go:build unix

package local

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"galley/internal/forge"
)

// TestPipeInPlace: a pipe in the place of a file is a change, and nobody waits for
// what comes out of it.
func TestPipeInPlace(t *testing.T) {
	for _, name := range []string{"_posts/one.md", "empty.md"} {
		dir := t.TempDir()
		gitRepo(t, dir)
		write(t, dir, "empty.md", "")
		plainGit(t, dir, "add", ".")
		plainGit(t, dir, "commit", "-q", "-m", "Empty")
		file := filepath.Join(dir, name)
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(file, 0o644); err != nil {
			t.Skip("the file system of temporary folders has no pipes:", err)
		}
		done := make(chan error, 1)
		go func() {
			_, err := mergesOne(t, dir)
			done <- err
		}()
		select {
		case err := <-done:
			if !errors.Is(err, forge.ErrConflict) {
				t.Errorf("%s: Merge: %v, want ErrConflict", name, err)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: Merge waits", name)
		}
	}
}
