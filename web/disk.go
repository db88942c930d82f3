//go:build dev

package web

import (
	"io/fs"
	"os"
)

// Dist is the built app as it is in this folder now, for `make dev`, which is
// run from the project's root.
func Dist() fs.FS { return os.DirFS("web/dist") }
