package site

import (
	"fmt"
	"io/fs"
	"path"

	"galley/internal/diag"
)

// checkPlugins names the plugins in _plugins/, which are Ruby and do nothing
// here.
func (c Config) checkPlugins(files fs.FS) []diag.Diagnostic {
	var diags []diag.Diagnostic
	_ = fs.WalkDir(files, c.PluginsDir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ".rb" {
			diags = append(diags, diag.Diagnostic{File: name, Severity: diag.Warning, Code: "plugin",
				Message: fmt.Sprintf("Galley does not run %s, which is a plugin in Ruby. Tags that it has can be mapped under galley.tags in %s.", name, configFile)})
		}
		return nil
	})
	return diags
}
