// Package theme lays the files of a Jekyll theme under a site's own, as a gem
// theme's are: its layouts, includes, Sass, data and assets, each as far as the
// site has no file of that name.
package theme

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// folders are what a site takes from its theme.
var folders = []string{"_layouts", "_includes", "_sass", "_data", "assets"}

// themed is a site with its theme's files under its own: those of folders
// that it has not got itself.
type themed struct {
	fs.FS
	dir string // the theme's folder in the site
}

// Lay lays the files of a theme, which are in a folder of the site, below
// the site's own. Where there is no such folder the files are the site's alone.
func Lay(files fs.FS, dir string) fs.FS {
	if info, err := fs.Stat(files, dir); err != nil || !info.IsDir() {
		return files
	}
	return themed{files, dir}
}

// fromTheme is where the theme has a file; empty for one that a site does not
// take from it.
func (t themed) fromTheme(name string) string {
	for _, dir := range folders {
		if name == dir || strings.HasPrefix(name, dir+"/") {
			return path.Join(t.dir, name)
		}
	}
	return ""
}

// Open implements fs.FS.
func (t themed) Open(name string) (fs.File, error) {
	f, err := t.FS.Open(name)
	if other := t.fromTheme(name); other != "" && errors.Is(err, fs.ErrNotExist) {
		return t.FS.Open(other)
	}
	return f, err
}

// ReadDir implements fs.ReadDirFS.
func (t themed) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(t.FS, name)
	var more []fs.DirEntry
	if other := t.fromTheme(name); other != "" {
		if found, otherErr := fs.ReadDir(t.FS, other); otherErr == nil {
			more, err = found, nil
		}
	} else if name == "." {
		for _, dir := range folders {
			if info, statErr := fs.Stat(t.FS, path.Join(t.dir, dir)); statErr == nil && info.IsDir() {
				more = append(more, fs.FileInfoToDirEntry(info))
			}
		}
	}
	list = slices.Clone(list)
	for _, e := range more {
		if !slices.ContainsFunc(list, func(have fs.DirEntry) bool { return have.Name() == e.Name() }) {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, err
}

// Is says whether the theme's files are here.
func Is(files fs.FS) bool {
	_, is := files.(themed)
	return is
}
