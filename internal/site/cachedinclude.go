package site

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
)

// A file that is included by include_cached is rendered once for all pages.
// Where it looks at the page, the first page that includes it decides what all
// of them show; so Jekyll's order of pages has to be kept.

var (
	cachedName  = regexp.MustCompile(`\{%-?\s*include_cached\s+([^\s%{}]+)`)
	looksAtPage = regexp.MustCompile(`\{[{%][^}]*\b(?:page|content|layout)\b`)
)

// orderMatters says whether an include that is cached looks at the page.
func (s *Site) orderMatters() bool {
	found := false
	look := func(text []byte) {
		for _, m := range cachedName.FindAllSubmatch(text, -1) {
			found = found || s.looksAtPage(string(m[1]), map[string]bool{})
		}
	}
	for _, dir := range []string{s.config.LayoutsDir, s.config.IncludesDir} {
		_ = fs.WalkDir(s.files, dir, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && !found {
				src, _ := fs.ReadFile(s.files, name) // what cannot be read is found out where it is used
				look(src)
			}
			return nil
		})
	}
	for _, e := range s.library().all() {
		look(e.post.Source)
	}
	return found
}

// documentsFirst puts what is built in the order in which Jekyll renders it.
func documentsFirst(plan []output) {
	slices.SortStableFunc(plan, func(a, b output) int { return rank(a) - rank(b) })
}

func rank(o output) int {
	if o.entry != nil && !o.entry.isPage() {
		return 0
	}
	return 1
}

// looksAtPage says whether an include, or one within it, looks at the page.
func (s *Site) looksAtPage(name string, done map[string]bool) bool {
	file := path.Join(s.config.IncludesDir, path.Clean("/"+name))
	if done[file] {
		return false
	}
	done[file] = true
	src, err := fs.ReadFile(s.files, file)
	if err != nil {
		return false
	}
	if looksAtPage.Match(src) {
		return true
	}
	for _, m := range includes.FindAllSubmatch(src, -1) {
		if s.looksAtPage(string(m[1]), done) {
			return true
		}
	}
	return false
}
