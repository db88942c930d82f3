package site

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"galley/internal/ordered"
	"galley/internal/site/defaults"
	"galley/internal/yaml"
)

// themeFolders are what a site takes from its theme.
var themeFolders = []string{"_layouts", "_includes", "_sass", "_data", "assets"}

// themed is a site with its theme's files under its own: those of themeFolders
// that it has not got itself.
type themed struct {
	fs.FS
	dir string // the theme's folder in the site
}

// withTheme lays the files of the theme that the settings name under
// galley.theme, a folder of the site, below the site's own.
func withTheme(files fs.FS) fs.FS {
	config, _ := loadConfig(files)
	dir := config.themeDir()
	if dir == "" {
		return files
	}
	if info, err := fs.Stat(files, dir); err != nil || !info.IsDir() {
		return files
	}
	return themed{files, dir}
}

// themeDir is the folder of the theme's files; empty for none.
func (c Config) themeDir() string {
	dir := strings.Trim(path.Clean("/"+c.setting("theme", "")), "/")
	if !fs.ValidPath(dir) {
		return ""
	}
	return dir
}

// fromTheme is where the theme has a file; empty for one that a site does not
// take from it.
func (t themed) fromTheme(name string) string {
	for _, dir := range themeFolders {
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
		for _, dir := range themeFolders {
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

// underTheme lays a site's settings over its theme's, as far as Jekyll has no
// setting of that name by itself.
func underTheme(files fs.FS, settings *ordered.Map) *ordered.Map {
	galley, _ := settings.Value("galley").(*ordered.Map)
	dir, _ := galley.Value("theme").(string)
	dir = strings.Trim(path.Clean("/"+dir), "/")
	if dir == "" || !fs.ValidPath(dir) {
		return settings
	}
	src, err := fs.ReadFile(files, path.Join(dir, configFile))
	if err != nil || len(src) > maxConfig {
		return settings
	}
	value, err := yaml.Read(src, nil)
	under, isMap := value.(*ordered.Map)
	if err != nil || !isMap {
		return settings
	}
	under = under.Clone()
	for key := range jekyllSettings.All() {
		under.Delete(key)
	}
	under.Delete("galley")
	return defaults.Merge(under, settings)
}

// hasTheme says whether the theme's files are here.
func (s *Site) hasTheme() bool {
	_, is := s.files.(themed)
	return is
}
