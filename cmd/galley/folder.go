package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"galley/internal/forge"
)

// openDirs is how many directories of a built site stay open while it is
// built: opening each on the way to a file again for each step costs more than
// the steps. Systems let a program have some thousand files open.
const openDirs = 256

// manifestName is the file in a built site that lists what Galley wrote. Each name
// is there before its file is, so that a build that is killed leaves nothing that
// the next one would take for somebody else's, and what is somebody else's is never
// in it.
const manifestName = ".galley-files"

// folder is a folder on disk that a site is built into. It writes through an
// os.Root, so that no address and no link leads out of it.
type folder struct {
	root  *os.Root
	name  string          // as the user gave it
	fresh bool            // empty when the build began
	old   map[string]bool // what an earlier build wrote
	// as is how an earlier build wrote the names of files and folders, by their folded
	// form: macOS and Windows take Photo.JPG and photo.jpg for one file.
	as map[string]string

	mu       sync.Mutex
	open     []*os.Root
	dirs     map[string]place // made already
	manifest *os.File         // open while names are added to it
}

// place is a directory: a path below one that is open.
type place struct {
	root *os.Root
	path string // "." for that one itself
}

func (p place) at(base string) string { return filepath.Join(p.path, base) }

// newFolder opens a folder, or makes it.
func newFolder(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("the folder to build into cannot be made: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("the folder to build into cannot be opened: %w", err)
	}
	f := &folder{root: root, name: dir, old: map[string]bool{}, as: map[string]string{}, open: []*os.Root{root}, dirs: map[string]place{".": {root, "."}}}
	if b, err := root.ReadFile(manifestName); err == nil {
		for line := range strings.Lines(string(b)) {
			name := lineName(line)
			f.old[name] = true
			for ; name != "" && name != "." && fs.ValidPath(name); name = path.Dir(name) {
				f.as[forge.Fold(name)] = name
			}
		}
	} else {
		f.fresh = isEmpty(root)
	}
	return f, nil
}

// nameLine is a name's line in the manifest. One with a line's end in it is quoted: its
// second half would be taken for a file of Galley's, which is removed.
func nameLine(name string) string {
	if strings.HasPrefix(name, `"`) || strings.ContainsAny(name, "\r\n") {
		name = strconv.Quote(name)
	}
	return name + "\n"
}

// lineName is the name of a line in the manifest, with the blanks that it may begin or
// end with.
func lineName(line string) string {
	line = strings.TrimRight(line, "\r\n")
	if name, err := strconv.Unquote(line); err == nil && strings.HasPrefix(line, `"`) {
		return name
	}
	return line
}

// isEmpty says whether there is nothing in a folder.
func isEmpty(root *os.Root) bool {
	dir, err := root.Open(".")
	if err != nil {
		return false
	}
	defer dir.Close() //nolint:errcheck // it was only read
	_, err = dir.Readdirnames(1)
	return errors.Is(err, io.EOF)
}

func (f *folder) close() {
	f.closeManifest()
	for _, dir := range f.open {
		_ = dir.Close()
	}
}

func (f *folder) closeManifest() {
	if f.manifest != nil {
		_ = f.manifest.Close() // each name was written by itself
		f.manifest = nil
	}
}

// WriteFile implements site.Writer. A file is either the old one or the new
// one, never half of one; a file that is the same already is not touched, and
// one that differs and that no build wrote is not overwritten.
func (f *folder) WriteFile(name string, data []byte) error {
	dir, err := f.dir(path.Dir(name))
	if err != nil {
		return err
	}
	file := dir.at(path.Base(name))
	ours := f.old[name] || f.respell(name)
	if old, err := dir.root.ReadFile(file); err == nil {
		if bytes.Equal(old, data) {
			return nil
		}
		if !ours {
			return fmt.Errorf("%s is there already and was not written by Galley. Move it away, or build into another folder", filepath.Join(f.name, filepath.FromSlash(name)))
		}
	}
	if err := f.announce(name); err != nil {
		return fmt.Errorf("the list of what Galley wrote, %s, cannot be written: %w", manifestName, err)
	}
	if f.fresh {
		// Nobody looks at a file here before it is whole, and the manifest says that it
		// may be written again when the build is broken off.
		return createIn(dir.root, file, data, 0o644)
	}
	return replaceIn(dir.root, file, data, 0o644)
}

// respell gives what an earlier build wrote under another spelling of a name the new
// one, where the disk takes both for one, and tells whether that is so. Without it the
// file would stay under the old spelling, which other disks do not find.
func (f *folder) respell(name string) bool {
	was, known := f.as[forge.Fold(name)]
	if !known || was == name || !f.isOne(was, name) {
		return false
	}
	// Where it cannot be renamed, as a folder that is open on Windows, it has both names
	// still.
	_ = f.root.Rename(filepath.FromSlash(was), filepath.FromSlash(name))
	return true
}

// isOne tells whether two names are those of one file or folder.
func (f *folder) isOne(a, b string) bool {
	one, err := f.root.Lstat(filepath.FromSlash(a))
	if err != nil {
		return false
	}
	other, err := f.root.Lstat(filepath.FromSlash(b))
	return err == nil && os.SameFile(one, other)
}

// announce adds a file to the manifest that is about to be written.
func (f *folder) announce(name string) error {
	if f.old[name] {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.manifest == nil {
		manifest, err := f.root.OpenFile(manifestName, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
		if err != nil {
			return err
		}
		f.manifest = manifest
	}
	_, err := f.manifest.WriteString(nameLine(name))
	return err
}

// dir makes a directory, and those that it is in.
func (f *folder) dir(name string) (place, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.makeDir(name)
}

func (f *folder) makeDir(name string) (place, error) {
	if dir, made := f.dirs[name]; made {
		return dir, nil
	}
	parent, err := f.makeDir(path.Dir(name))
	if err != nil {
		return place{}, err
	}
	f.respell(name)
	dir := place{parent.root, parent.at(path.Base(name))}
	if err := dir.root.MkdirAll(dir.path, 0o755); err != nil {
		// A link may lead out of its directory, and not out of the folder.
		dir = place{f.root, filepath.FromSlash(name)}
		if err := f.root.MkdirAll(dir.path, 0o755); err != nil {
			return place{}, err
		}
	}
	if len(f.open) < openDirs {
		root, err := dir.root.OpenRoot(dir.path)
		if err != nil {
			return place{}, err
		}
		f.open = append(f.open, root)
		dir = place{root, "."}
	}
	f.dirs[name] = dir
	return dir, nil
}

// finish removes what an earlier build wrote and this one did not, and notes
// what this one wrote. What it keeps stays as an earlier one wrote it, and so does what
// this one wrote under another spelling of its name.
func (f *folder) finish(written, kept []string) error {
	now := map[string]bool{}
	for _, name := range written {
		now[name] = true
	}
	for _, name := range kept {
		if f.old[name] {
			now[name] = true
		}
	}
	spelled := map[string]string{}
	for name := range now {
		spelled[forge.Fold(name)] = name
	}
	for name := range f.old {
		if now[name] || name == "" || !fs.ValidPath(name) {
			continue
		}
		if as, ok := spelled[forge.Fold(name)]; ok && f.isOne(as, name) {
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

// note writes the list of the files that are Galley's.
func (f *folder) note(names map[string]bool) error {
	var all strings.Builder
	for _, name := range slices.Sorted(maps.Keys(names)) {
		all.WriteString(nameLine(name))
	}
	list := []byte(all.String())
	if old, err := f.root.ReadFile(manifestName); err == nil && bytes.Equal(old, list) {
		return nil
	}
	f.closeManifest()
	return replaceIn(f.root, manifestName, list, 0o644)
}
