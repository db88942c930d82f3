// Package example holds a small newsletter about a project that does not
// exist. `galley serve` shows it when it is given no site, and tests use it.
package example

import (
	"embed"
	"io/fs"
)

//go:embed all:site
var files embed.FS

// FS returns the example site, with _config.yml at its top.
func FS() fs.FS {
	site, err := fs.Sub(files, "site")
	if err != nil {
		panic(err) // the name above is a valid path
	}
	return site
}
