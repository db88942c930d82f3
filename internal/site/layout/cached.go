package layout

import (
	"io/fs"
	"iter"
	"path"
	"regexp"
)

// A file that is included by include_cached is rendered once for all pages.
// Where it looks at the page, the first page that includes it decides what all
// of them show; so Jekyll's order of pages has to be kept.

var (
	cachedName  = regexp.MustCompile(`\{%-?\s*include_cached\s+([^\s%{}]+)`)
	looksAtPage = regexp.MustCompile(`\{[{%][^}]*\b(?:page|content|layout)\b`)
)

// OrderMatters says whether an include that is cached looks at the page; texts are
// the site's own, which may include files, too.
func (t *Set) OrderMatters(texts iter.Seq[[]byte]) bool {
	found := false
	look := func(text []byte) {
		for _, m := range cachedName.FindAllSubmatch(text, -1) {
			found = found || t.looksAtPage(string(m[1]), map[string]bool{})
		}
	}
	for _, dir := range []string{t.settings.LayoutsDir, t.settings.IncludesDir} {
		_ = fs.WalkDir(t.files, dir, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && !found {
				src, _ := fs.ReadFile(t.files, name) // what cannot be read is found out where it is used
				look(src)
			}
			return nil
		})
	}
	for text := range texts {
		look(text)
	}
	return found
}

// looksAtPage says whether an include, or one within it, looks at the page.
func (t *Set) looksAtPage(name string, done map[string]bool) bool {
	file := path.Join(t.settings.IncludesDir, path.Clean("/"+name))
	if done[file] {
		return false
	}
	done[file] = true
	src, err := fs.ReadFile(t.files, file)
	if err != nil {
		return false
	}
	if looksAtPage.Match(src) {
		return true
	}
	for _, m := range includes.FindAllSubmatch(src, -1) {
		if t.looksAtPage(string(m[1]), done) {
			return true
		}
	}
	return false
}
