// Package templates holds the built-in templates of a site and their assets.
// docs/templates.md tells what they are given and how a site replaces them.
package templates

import "embed"

//go:embed *.html *.xml partials assets
var files embed.FS

// FS returns the templates: *.html and *.xml, partials/ and assets/.
func FS() embed.FS { return files }
