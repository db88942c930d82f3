package libsass

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"galley/internal/sass"
)

// escapes refuses a text whose imports could make libsass read a file of this
// machine that is not in its folder. Where libsass sees an import is its parser's
// affair, so every string behind the first @import is taken for one, wherever
// it begins: what leads out of the folder to a file that is there is refused, from
// whichever of the bases that libsass tries.
func escapes(dir string, bases []string, name, text string) error {
	i := strings.Index(text, "@import")
	if i < 0 {
		return nil
	}
	ends := "\"'"
	if strings.EqualFold(filepath.Ext(name), ".sass") {
		ends = "\"',; \t\r\n" // there a path needs no quotes
	}
	rest := text[i+len("@import"):]
	for at := 0; at < len(rest); {
		n := strings.IndexAny(rest[at:], ends)
		if n < 0 {
			break
		}
		at += n + 1
		for _, end := range ends {
			path := rest[at:]
			if stop := strings.IndexRune(path, end); stop >= 0 {
				path = path[:stop]
			} else if len(ends) == 2 {
				continue // a string that does not end is none
			}
			path = unescaped(path)
			if len(path) > maxPath || !strings.HasPrefix(path, "/") && !strings.Contains(path, "..") && !strings.Contains(path, ":") {
				continue
			}
			for _, base := range bases {
				full := filepath.FromSlash(path)
				if !filepath.IsAbs(full) {
					full = filepath.Join(base, full)
				}
				if rel, err := filepath.Rel(dir, full); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
					continue
				}
				if exists(full) {
					return &sass.Error{File: name, Line: 1 + strings.Count(text[:i+len("@import")+at], "\n"),
						Message: fmt.Sprintf("The import %q leads out of the site; import files of the site alone.", path)}
				}
			}
		}
	}
	return nil
}

// basesOf are the folders that a sheet's imports may be relative to: its own, the load
// paths, and that of each file that is imported.
func basesOf(dir string, source *sass.Source) []string {
	folders := map[string]bool{".": true, path.Dir(source.Name): true}
	for _, folder := range source.LoadPaths {
		folders[path.Clean(folder)] = true
	}
	for name := range source.Files {
		folders[path.Dir(name)] = true
	}
	var bases []string
	for folder := range folders {
		bases = append(bases, filepath.Join(dir, filepath.FromSlash(folder)))
	}
	return bases
}

// maxPath is longer than any path that an operating system opens.
const maxPath = 4096

// exists says whether libsass would find a file for an import's path.
func exists(full string) bool {
	dir, base := filepath.Split(full)
	for _, name := range []string{base, "_" + base, filepath.Join(base, "index"), filepath.Join(base, "_index")} {
		for _, ext := range []string{"", ".scss", ".sass", ".css"} {
			if info, err := os.Stat(filepath.Join(dir, name+ext)); err == nil && !info.IsDir() {
				return true
			}
		}
	}
	return false
}

// unescaped reads CSS's escapes: a backslash and up to six digits, or one and
// any other character.
func unescaped(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		n := 0
		for n < len(s) && n < 6 && strings.IndexByte("0123456789abcdefABCDEF", s[n]) >= 0 {
			n++
		}
		if n == 0 {
			continue
		}
		r, _ := strconv.ParseUint(s[:n], 16, 32)
		b.WriteRune(rune(r))
		s = strings.TrimPrefix(s[n:], " ")
	}
}
