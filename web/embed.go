//go:build !dev

package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist is the built app: its files, each also compressed (.br, .gz), and
// manifest.json, which maps the names that code uses to the hashed names that
// are served. Without a build it holds nothing but a note.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}
