package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// openDirs is how many directories of a built site stay open while it is
// built. The files of most sites are in a few, one for each year, and opening
// one again for each step of each file costs more than the steps.
const openDirs = 64

// manifestName is the file in a built site that lists what Galley wrote.
const manifestName = ".galley-files"

// folder is a folder on disk that a site is built into. It writes through an
// os.Root, so that no address and no link leads out of it.
type folder struct {
	root *os.Root
	name string          // as the user gave it
	old  map[string]bool // what an earlier build wrote

	mu      sync.Mutex
	dirs    map[string]*os.Root // made already; nil for those that are not kept open
	written map[string]bool     // by this build
}

// newFolder opens a folder, or makes it.
func newFolder(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("the folder to build into cannot be made: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("the folder to build into cannot be opened: %w", err)
	}
	f := &folder{root: root, name: dir, old: map[string]bool{}, dirs: map[string]*os.Root{".": root}, written: map[string]bool{}}
	if b, err := root.ReadFile(manifestName); err == nil {
		for line := range strings.Lines(string(b)) {
			f.old[strings.TrimSpace(line)] = true
		}
	}
	return f, nil
}

func (f *folder) close() {
	for _, dir := range f.dirs {
		if dir != nil {
			_ = dir.Close()
		}
	}
}

// WriteFile implements site.Writer. A file is either the old one or the new
// one, never half of one; a file that is the same already is not touched, and
// one that differs and that no build wrote is not overwritten.
func (f *folder) WriteFile(name string, data []byte) error {
	dir, file, err := f.place(name)
	if err != nil {
		return err
	}
	if old, err := dir.ReadFile(file); err == nil {
		if bytes.Equal(old, data) {
			return nil
		}
		if !f.old[name] {
			return fmt.Errorf("%s is there already and was not written by Galley. Move it away, or build into another folder", filepath.Join(f.name, filepath.FromSlash(name)))
		}
	}
	return f.write(name, data)
}

func (f *folder) write(name string, data []byte) error {
	dir, file, err := f.place(name)
	if err != nil {
		return err
	}
	temporary := filepath.Join(filepath.Dir(file), ".galley-"+filepath.Base(file)+".tmp")
	if err := dir.WriteFile(temporary, data, 0o644); err != nil {
		return err
	}
	if err := dir.Rename(temporary, file); err != nil {
		_ = dir.Remove(temporary)
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.written[name] = true
	return nil
}

// place makes the directory of a file and gives the file's path in a directory
// that is open: its own, or the folder where too many are open.
func (f *folder) place(name string) (dir *os.Root, file string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	parent := path.Dir(name)
	dir, made := f.dirs[parent]
	if !made {
		if err := f.root.MkdirAll(filepath.FromSlash(parent), 0o755); err != nil {
			return nil, "", err
		}
		if len(f.dirs) < openDirs {
			if dir, err = f.root.OpenRoot(filepath.FromSlash(parent)); err != nil {
				return nil, "", err
			}
		}
		f.dirs[parent] = dir
	}
	if dir == nil {
		return f.root, filepath.FromSlash(name), nil
	}
	return dir, path.Base(name), nil
}

// finish removes what an earlier build wrote and this one did not, and notes
// what this one wrote.
func (f *folder) finish(written []string) error {
	now := map[string]bool{}
	for _, name := range written {
		now[name] = true
	}
	for name := range f.old {
		if now[name] || name == "" || !fs.ValidPath(name) {
			continue
		}
		if err := f.root.Remove(filepath.FromSlash(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if f.root.Remove(filepath.FromSlash(dir)) != nil { // not empty
				break
			}
		}
	}
	return f.note(now)
}

// abandon notes what a build wrote that did not come to its end, so that the
// next one may write it again.
func (f *folder) abandon() {
	for name := range f.old {
		f.written[name] = true
	}
	_ = f.note(f.written) // the build's own error is the one to tell
}

// note writes the list of the files that are Galley's.
func (f *folder) note(names map[string]bool) error {
	list := []byte(strings.Join(slices.Sorted(maps.Keys(names)), "\n") + "\n")
	if old, err := f.root.ReadFile(manifestName); err == nil && bytes.Equal(old, list) {
		return nil
	}
	return f.write(manifestName, list)
}
