//go:build !linux

package main

import (
	"io/fs"
	"os"
)

// beneath is the files below a folder.
func beneath(root *os.Root) fs.FS { return plainFiles{root.FS()} }
