package site

import (
	"galley/internal/ordered"
	"galley/internal/site/defaults"
	"galley/internal/yaml"
	"io/fs"
	"path"
	"strings"
)

// theme is the theme that the settings name, or empty.
func (c Config) theme() string {
	if name := textOf(c.Data["remote_theme"]); name != "" {
		return name
	}
	return textOf(c.Data["theme"])
}

// withTheme lays the files of the theme that the settings name under
// galley.theme, a folder of the site, below the site's own.
func withTheme(files fs.FS) fs.FS {
	config, _ := loadConfig(files)
	dir := config.themeDir()
	if dir == "" {
		return files
	}
	return layTheme(files, dir)
}

// themeDir is the folder of the theme's files; empty for none.
func (c Config) themeDir() string {
	dir := strings.Trim(path.Clean("/"+c.setting("theme", "")), "/")
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
