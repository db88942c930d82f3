package sass

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Settings are what a site's configuration says of Sass. The zero value stands
// for a site that says nothing.
type Settings struct {
	// Style is nested, expanded, compact or compressed; empty for compact.
	Style string
	// Dir is the folder of imports; empty for _sass.
	Dir string
	// LoadPaths are further folders, looked at before Dir. They may have
	// patterns, as path.Match reads them.
	LoadPaths []string
	// NoMap leaves source maps out.
	NoMap bool
	// Precision is how many digits numbers have; 0 stands for 10.
	Precision int
	// Charset begins compressed CSS that is not plain ASCII with @charset.
	Charset bool
	// Stop ends [Gather] soon, with its error, once it returns one; nil never does.
	Stop func() error
}

// styles are the styles that libsass has.
var styles = []string{"nested", "expanded", "compact", "compressed"}

// ReadSettings reads the map under `sass:`. What it does not understand it
// passes over, as Jekyll does.
func ReadSettings(m map[string]any) Settings {
	var s Settings
	text := func(key string) string {
		v, ok := m[key]
		if !ok || v == nil {
			return ""
		}
		return strings.TrimPrefix(fmt.Sprint(v), ":")
	}
	if style := text("style"); slices.Contains(styles, style) {
		s.Style = style
	}
	s.Dir = text("sass_dir")
	switch paths := m["load_paths"].(type) {
	case []any:
		for _, p := range paths {
			s.LoadPaths = append(s.LoadPaths, fmt.Sprint(p))
		}
	case string:
		s.LoadPaths = []string{paths}
	}
	switch text("sourcemap") {
	case "never", "development":
		s.NoMap = true
	}
	s.Precision, _ = strconv.Atoi(text("precision"))
	s.Precision = max(0, min(s.Precision, maxPrecision))
	s.Charset = text("add_charset") == "true"
	return s
}

// maxPrecision is more than a number has digits.
const maxPrecision = 32

// loadPaths are the settings' folders that the site has.
func (s Settings) loadPaths(files fs.FS) []string {
	dir := s.Dir
	if dir == "" {
		dir = "_sass"
	}
	var found []string
	for _, pattern := range append(slices.Clone(s.LoadPaths), dir) {
		// What leads out of the site ends at its top folder.
		pattern = strings.TrimPrefix(path.Clean("/"+pattern), "/")
		if pattern == "" {
			pattern = "."
		}
		folders, err := fs.Glob(files, pattern)
		if err != nil { // a pattern that is none
			continue
		}
		for _, folder := range folders {
			if info, err := fs.Stat(files, folder); err == nil && info.IsDir() && !slices.Contains(found, folder) {
				found = append(found, folder)
			}
		}
	}
	return found
}
