package config

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"galley/internal/diag"
	"galley/internal/site/githubpages"
	"galley/internal/site/plugin"
	"galley/internal/site/value"
)

// CheckPlugins names the plugins in _plugins/, which are Ruby and do nothing
// here.
func (c Config) CheckPlugins(files fs.FS) []diag.Diagnostic {
	var diags []diag.Diagnostic
	_ = fs.WalkDir(files, c.PluginsDir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ".rb" {
			diags = append(diags, diag.Diagnostic{File: name, Severity: diag.Warning, Code: "plugin",
				Message: fmt.Sprintf("Galley does not run %s, which is a plugin in Ruby. Tags that it has can be mapped under galley.tags in %s.", name, File)})
		}
		return nil
	})
	return diags
}

// PluginsFile is where a bundle keeps the names of its site's plugins.
const PluginsFile = ".galley-plugins"

// Runs says whether the site runs a plugin.
func (c Config) Runs(name string) bool { return slices.Contains(c.Plugins, name) }

// readPlugins lists the plugins that a site runs: those that its settings name,
// those of its Gemfile's group jekyll_plugins, those that its theme needs, or
// the gem that the site itself is, and, where GitHub builds the site, those that
// GitHub always runs; it runs no others than those that it knows.
func (c Config) readPlugins(files fs.FS) []string {
	if names, err := fs.ReadFile(files, PluginsFile); err == nil {
		return strings.Fields(string(names))
	}
	var list []string
	for _, key := range []string{"plugins", "gems"} { // as it was called before
		list = append(list, value.Texts(c.Data[key])...)
	}
	src, _ := fs.ReadFile(files, "Gemfile") // there may be none
	list = append(list, plugin.OfGemfile(string(src))...)
	if c.Flavour == GitHubPages {
		list = append(slices.DeleteFunc(list, func(name string) bool { return !githubpages.Runs(name) }), githubpages.Plugins()...)
	}
	theme := value.Text(c.Data["theme"])
	if theme == "" && c.Flavour == GitHubPages {
		theme = "jekyll-theme-primer" // what GitHub takes where none is named
	}
	list = append(list, plugin.OfTheme(theme)...)
	list = append(list, plugin.OfGem(files, ".")...)
	if folder := value.Text(c.Galley["theme"]); folder != "" {
		list = append(list, plugin.OfGem(files, folder)...)
	}
	if c.Flavour == Jekyll4 {
		list = append(list, plugin.OfFolder(files, c.PluginsDir)...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
