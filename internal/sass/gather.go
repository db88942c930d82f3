package sass

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"
)

// Limits of what one sheet may be made of. Bootstrap has ninety files of
// together 250 KB.
const (
	maxFiles = 2000
	maxBytes = 8 << 20
)

// Gather makes a sheet of a site ready to compile: it finds the files that the
// sheet imports, and those that these import. name and text are the sheet's
// file and what it holds, as [Source] has them. An error is an [*Error], but for
// files that cannot be read, and for that of the settings' Stop.
func Gather(files fs.FS, name, text string, s Settings) (*Source, error) {
	if len(text) > maxBytes {
		return nil, &Error{File: name, Line: 1, Message: fmt.Sprintf("The style sheet is larger than %d MB, which is more than Galley compiles.", maxBytes>>20)}
	}
	source := &Source{
		Name: name, Text: text, Files: map[string]string{}, LoadPaths: s.loadPaths(files),
		Style: s.Style, Precision: s.Precision, Charset: s.Charset, Map: !s.NoMap,
	}
	if source.Style == "" {
		source.Style = "compact"
	}
	g := gatherer{source: source, stop: s.Stop, files: files, listed: map[string]map[string]bool{}}
	// The sheet's imports begin at the site's top folder.
	if err := g.follow(name, ".", text); err != nil {
		return nil, err
	}
	for len(g.waiting) > 0 {
		next := g.waiting[0]
		g.waiting = g.waiting[1:]
		if err := g.follow(next, path.Dir(next), source.Files[next]); err != nil {
			return nil, err
		}
	}
	return source, nil
}

type gatherer struct {
	source  *Source
	files   fs.FS
	listed  map[string]map[string]bool // folders, with their files
	waiting []string                   // files whose imports were not looked for
	bytes   int
	stop    func() error
}

// follow adds what a text imports: it is in file, and its imports begin at dir.
func (g *gatherer) follow(file, dir, text string) error {
	for _, i := range imports(text, strings.EqualFold(path.Ext(file), ".sass")) {
		if g.stop != nil {
			if err := g.stop(); err != nil {
				return err
			}
		}
		wrong := func(format string, args ...any) error {
			return &Error{File: file, Line: i.line, Message: fmt.Sprintf(format, args...)}
		}
		if strings.ContainsRune(i.path, '\\') {
			return wrong("The import %q has a backslash; write folders with / between them.", i.path)
		}
		if i.css() {
			continue
		}
		found, out := false, false
		for _, base := range append([]string{dir}, g.source.LoadPaths...) {
			if leaves(base, i.path) {
				out = true
				continue
			}
			has, err := g.add(path.Join(base, i.path))
			if err != nil {
				if problem, ok := errors.AsType[*Error](err); ok {
					problem.File, problem.Line = file, i.line
				}
				return err
			}
			found = found || has
		}
		if out && !found {
			return wrong("The import %q leads out of the site; import files of the site alone.", i.path)
		}
	}
	return nil
}

// leaves says whether a path that begins at a folder of the site leads out of
// it, if only to come back.
func leaves(dir, name string) bool {
	if strings.HasPrefix(name, "/") || strings.ContainsRune(name, ':') || strings.ContainsRune(name, 0) {
		return true
	}
	depth := 0
	for part := range strings.SplitSeq(dir+"/"+name, "/") {
		switch part {
		case "", ".":
		case "..":
			depth--
		default:
			depth++
		}
		if depth < 0 {
			return true
		}
	}
	return false
}

// add takes in the files that an import's path may stand for: libsass wants
// to see all, to say where a path stands for two. found says that there are any.
func (g *gatherer) add(at string) (found bool, err error) {
	dir, base := path.Split(at)
	names := []string{at, dir + "_" + base}
	for _, ext := range []string{".scss", ".sass", ".css"} {
		names = append(names, at+ext, dir+"_"+base+ext, at+"/index"+ext, at+"/_index"+ext)
	}
	for _, name := range names {
		name = path.Clean(name)
		if _, has := g.source.Files[name]; has {
			found = true
			continue
		}
		if !g.has(name) {
			continue
		}
		found = true
		b, err := fs.ReadFile(g.files, name)
		if err != nil {
			return found, fmt.Errorf("reading a style sheet: %w", err)
		}
		if g.bytes += len(b); g.bytes > maxBytes || len(g.source.Files) >= maxFiles {
			return found, &Error{Message: fmt.Sprintf("The style sheet imports more than %d files or %d MB, which is more than Galley compiles.", maxFiles, maxBytes>>20)}
		}
		if !utf8.Valid(b) {
			return found, &Error{Message: fmt.Sprintf("The import %s is no text in UTF-8; save it as that.", name)}
		}
		g.source.Files[name] = string(b)
		g.waiting = append(g.waiting, name)
	}
	return found, nil
}

// has says whether the site has a file. Links count as none: they could lead
// out of it.
func (g *gatherer) has(name string) bool {
	dir, base := path.Dir(name), path.Base(name)
	list, known := g.listed[dir]
	if !known {
		list = map[string]bool{}
		entries, _ := fs.ReadDir(g.files, dir) // a folder that is not there has none
		for _, e := range entries {
			if e.Type().IsRegular() {
				list[e.Name()] = true
			}
		}
		g.listed[dir] = list
	}
	return list[base]
}
