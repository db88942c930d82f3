// Package source finds the files that a Jekyll site is made of: its posts, the
// documents of its other collections, what may be pages, and what is copied.
// It goes by names alone and reads no file.
package source

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Rules say which files are the site's.
type Rules struct {
	// Exclude and Include are the settings' patterns: see [glob.Match]. What
	// they begin is meant too, so that "foo" excludes foo/ and foobar.md.
	// Names of Include are wanted in spite of their first letter.
	Exclude []Patterns
	Include Patterns
	// Never are paths of files and folders that are passed over whatever the
	// settings say.
	Never []string
	// Collections are the names of the collections other than posts, and
	// CollectionsDir the folder that they and the posts are in, or empty.
	Collections    []string
	CollectionsDir string
	// Drafts has _drafts read.
	Drafts bool
	// Stop ends [Find], once it returns an error; nil never does.
	Stop func() error
}

// Files are what a site has, each by its path.
type Files struct {
	Posts, Drafts []string
	// Documents are the files of other collections by the collection's name.
	Documents map[string][]string
	// Others are all others, those in the deepest folders first.
	Others []string
}

const (
	// maxLinks is how many links to folders are followed one below the other: one
	// may lead to a folder above itself.
	maxLinks = 3
	// maxLinked is how many files and folders there may be behind links: some links to a
	// folder above them are as many ways as their third power.
	maxLinked = 100_000
)

// errLinked is why a site is not read that has more than maxLinked.
var errLinked = fmt.Errorf("behind links the site has more than %d files and folders; take away those that lead to folders above them", maxLinked)

// Find walks over a site. It follows links, as far as the files do: those that
// lead out of the site have to be missing there. Below the folders of posts and
// of other collections it follows those to files alone. It is an error where a folder
// cannot be read, and where there is too much behind links.
func Find(files fs.FS, r Rules) (Files, error) {
	w := walker{files: files, rules: r, found: Files{Documents: map[string][]string{}}}
	w.folder("", 0)
	for _, label := range r.Collections {
		dir := path.Join(r.CollectionsDir, "_"+label)
		w.entries(dir, "_"+label, 0, true, func(name string) {
			w.found.Documents[label] = append(w.found.Documents[label], name)
		})
	}
	w.included()
	return w.found, w.err
}

type walker struct {
	files fs.FS
	rules Rules
	found Files
	err   error

	linked int // files and folders that were found behind links
}

// many counts so many files and folders that links lie on the way to, and tells whether
// there are too many.
func (w *walker) many(links, n int) bool {
	if links == 0 {
		return false
	}
	if w.linked += n; w.linked > maxLinked && w.err == nil {
		w.err = errLinked
	}
	return w.linked > maxLinked
}

// stopped asks whether to go on. It asks for each file: settings can have many patterns
// that names are held against.
func (w *walker) stopped() bool {
	if w.rules.Stop != nil && w.err == nil {
		w.err = w.rules.Stop()
	}
	return w.err != nil && w.rules.Stop != nil
}

// kind is what an entry of a folder is: a folder, a file, or neither; and
// whether it is a link to that.
func (w *walker) kind(name string, e fs.DirEntry) (mode fs.FileMode, link bool) {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type(), false
	}
	info, err := fs.Stat(w.files, name)
	if err != nil {
		return fs.ModeIrregular, true
	}
	return info.Mode().Type(), true
}

// folder reads a folder and those in it, first; links lie on the way to it.
func (w *walker) folder(dir string, links int) {
	list, err := fs.ReadDir(w.files, at(dir))
	if err != nil {
		if w.err == nil {
			w.err = err
		}
		return
	}
	if w.many(links, len(list)) {
		return
	}
	if w.rules.CollectionsDir == "" || strings.HasPrefix(dir, w.rules.CollectionsDir) {
		for _, e := range list {
			base := path.Join(dir, e.Name())
			if mode, _ := w.kind(base, e); !mode.IsDir() {
				continue
			}
			switch e.Name() {
			case "_posts":
				w.entries(base, base, links, false, func(name string) { w.found.Posts = append(w.found.Posts, name) })
			case "_drafts":
				if w.rules.Drafts {
					w.entries(base, base, links, false, func(name string) { w.found.Drafts = append(w.found.Drafts, name) })
				}
			}
		}
	}
	var own []string
	for _, e := range list {
		if w.stopped() {
			return
		}
		name := path.Join(dir, e.Name())
		mode, link := w.kind(name, e)
		if !w.rules.wanted(dir, e.Name(), mode.IsDir()) {
			continue
		}
		switch {
		case mode.IsRegular():
			own = append(own, name)
		case mode.IsDir() && !link:
			w.folder(name, links)
		case mode.IsDir() && links < maxLinks:
			w.folder(name, links+1)
		}
	}
	w.found.Others = append(w.found.Others, own...)
}

// entries lists all files below a folder with an underscore, on the way to which so many
// links lie. Rules go by the path below it, and by the path from the base on where there
// are patterns.
func (w *walker) entries(dir, base string, links int, dots bool, add func(name string)) {
	if _, err := fs.Stat(w.files, dir); err != nil {
		return
	}
	_ = fs.WalkDir(w.files, dir, func(name string, d fs.DirEntry, err error) error {
		if w.stopped() || w.many(links, 1) {
			return fs.SkipAll
		}
		if err != nil || name == dir {
			return nil
		}
		if !dots && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			if w.rules.never(name) {
				return fs.SkipDir
			}
			return nil
		}
		mode, _ := w.kind(name, d)
		if rel := strings.TrimPrefix(name, dir+"/"); mode.IsRegular() && !w.rules.never(name) && w.rules.wanted(base, rel, false) {
			add(name)
		}
		return nil
	})
}

// included adds the files that the settings include by their whole path.
func (w *walker) included() {
	have := map[string]bool{}
	for _, name := range w.found.Others {
		have[name] = true
	}
	for _, name := range w.rules.Include.names {
		name = strings.TrimPrefix(path.Clean("/"+name), "/")
		if have[name] || w.rules.never(name) || !fs.ValidPath(name) {
			continue
		}
		if info, err := fs.Stat(w.files, name); err == nil && info.Mode().IsRegular() {
			have[name] = true
			w.found.Others = append(w.found.Others, name)
		}
	}
}

func at(dir string) string {
	if dir == "" {
		return "."
	}
	return dir
}

// Published tells whether a file that is in no collection is one of the site's,
// and all folders above it.
func (r Rules) Published(name string) bool {
	dir := ""
	for rest := name; ; {
		part, more, deeper := strings.Cut(rest, "/")
		if !r.wanted(dir, part, deeper) {
			return false
		}
		if !deeper {
			return true
		}
		dir, rest = path.Join(dir, part), more
	}
}

// wanted tells whether an entry of a folder is one of the site's.
func (r Rules) wanted(dir, entry string, isDir bool) bool {
	if strings.HasSuffix(entry, ".") || r.never(path.Join(dir, entry)) {
		return false
	}
	if r.Include.Match(entry, isDir) || r.Include.Match(path.Base(entry), isDir) {
		return true
	}
	name := path.Join(dir, entry)
	if slices.ContainsFunc(r.Exclude, func(p Patterns) bool { return p.Match(name, isDir) }) {
		return false
	}
	return !strings.ContainsAny(entry[:1], "._#~") && !strings.ContainsAny(path.Base(entry)[:1], "._#~") && !strings.HasSuffix(entry, "~")
}

func (r Rules) never(name string) bool {
	for _, n := range r.Never {
		if name == n || strings.HasPrefix(name, n+"/") {
			return true
		}
	}
	return false
}
