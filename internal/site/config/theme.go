package config

import (
	"io/fs"
	"path"
	"strings"

	"galley/internal/ordered"
	"galley/internal/site/defaults"
	"galley/internal/site/theme"
	"galley/internal/site/value"
	"galley/internal/yaml"
)

// Theme is the theme that the settings name, or empty.
func (c Config) Theme() string {
	if name := value.Text(c.Data["remote_theme"]); name != "" {
		return name
	}
	return value.Text(c.Data["theme"])
}

// WithTheme lays the files of the theme that the settings name under
// galley.theme, a folder of the site, below the site's own.
func WithTheme(files fs.FS) fs.FS {
	config, _ := Read(files)
	dir := config.ThemeDir()
	if dir == "" {
		return files
	}
	return theme.Lay(files, dir)
}

// ThemeDir is the folder of the theme's files; empty for none.
func (c Config) ThemeDir() string {
	dir := strings.Trim(path.Clean("/"+c.Setting("theme", "")), "/")
	if !fs.ValidPath(dir) {
		return ""
	}
	return dir
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
	src, err := fs.ReadFile(files, path.Join(dir, File))
	if err != nil || len(src) > MaxFile {
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
