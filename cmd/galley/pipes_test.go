//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pipe makes a named pipe that nobody writes into.
func pipe(t *testing.T, dir, name string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(file, 0o644); err != nil {
		t.Skip("the file system of temporary folders has no pipes:", err)
	}
	return file
}

// began is a command under way.
type began struct {
	cmd  *exec.Cmd
	out  bytes.Buffer
	done chan error
}

func begin(t *testing.T, args ...string) *began {
	t.Helper()
	b := &began{cmd: &exec.Cmd{Path: os.Args[0], Args: append([]string{"galley"}, args...)}, done: make(chan error, 1)}
	b.cmd.Stdout, b.cmd.Stderr = &b.out, &b.out
	if err := b.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { b.done <- b.cmd.Wait() }()
	return b
}

// ends tells whether it has ended within a time; if not it goes on.
func (b *began) ends(within time.Duration) bool {
	select {
	case <-b.done:
		return true
	case <-time.After(within):
		return false
	}
}

const longest = 30 * time.Second

// Pipes in the place of a site's files are passed over, or told.
func TestPipes(t *testing.T) {
	dir := t.TempDir()
	text := "---\ntitle: One\n---\n\nA word.\n{% include pipe.html %}\n"
	post := filepath.Join(dir, "_posts/2026-03-08-one.md")
	if err := errors.Join(os.MkdirAll(filepath.Dir(post), 0o755), os.WriteFile(post, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"_config.yml", "_posts/2026-03-09-pipe.md", "_includes/pipe.html", "_layouts/post.html", "_data/pipe.yml"} {
		pipe(t, dir, name)
	}
	if err := os.Symlink("2026-03-09-pipe.md", filepath.Join(dir, "_posts/2026-03-10-link.md")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check"}, {"search", "word"}, {"render", post}, {"build", "--out", t.TempDir()}} {
		b := begin(t, append(args, "--site", dir)...)
		if !b.ends(longest) {
			_ = b.cmd.Process.Kill()
			t.Errorf("%s does not end", args[0])
			<-b.done
		}
		if args[0] == "search" && !strings.Contains(b.out.String(), "2026-03-08-one.md") {
			t.Errorf("search finds %s", &b.out)
		}
	}
	files, err := openFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	if file, err := files.Open("_config.yml"); !errors.Is(err, errOdd) {
		t.Errorf("Open: %v, %v", file, err)
	}
	for _, files := range []fs.FS{files, plainFiles{os.DirFS(dir)}} {
		if data, err := fs.ReadFile(files, "_posts/2026-03-10-link.md"); !errors.Is(err, errOdd) {
			t.Errorf("ReadFile: %q, %v", data, err)
		}
	}
}

// A signal ends a command that waits for what it was told to read; where it does not
// look, the second does.
func TestSignals(t *testing.T) {
	dir := t.TempDir()
	file := pipe(t, dir, "2026-03-09-pipe.md")
	if err := os.Mkdir(filepath.Join(dir, "_posts"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		signals int
		args    []string
	}{
		{1, []string{"render", file}},
		{1, []string{"check", file}},
		{2, []string{"check", "--baseline", file}},
	} {
		for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
			t.Run(fmt.Sprint(c.args[:len(c.args)-1], signal), func(t *testing.T) {
				t.Parallel()
				b := begin(t, append(c.args, "--site", dir)...)
				if b.ends(2 * time.Second) {
					t.Errorf("%v ends by itself: %s", c.args, &b.out)
					return
				}
				for n := range c.signals {
					if err := b.cmd.Process.Signal(signal); err != nil {
						t.Fatal(err)
					}
					if n+1 < c.signals && b.ends(time.Second) {
						t.Errorf("%v ends at the first %v: %s", c.args, signal, &b.out)
					}
				}
				if !b.ends(longest) {
					_ = b.cmd.Process.Kill()
					t.Errorf("%v does not end at %d %v", c.args, c.signals, signal)
					<-b.done
				}
			})
		}
	}
}
