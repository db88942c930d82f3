package deadlinks

import (
	"bytes"
	"io/fs"
)

// maxPointer is the size that pointers of Git LFS stay below, in bytes, as its
// specification says.
const maxPointer = 1024

// pointerMark is how they begin, since version 1 of the specification:
// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.
var pointerMark = []byte("version https://git-lfs.github.com/spec/")

// IsPointer tells whether a file's content is a pointer of Git LFS, in place of
// the content.
func IsPointer(data []byte) bool {
	return len(data) < maxPointer && bytes.HasPrefix(data, pointerMark)
}

// isPointer tells the same of a file; only small ones are read.
func isPointer(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	if err != nil || info.Size() >= maxPointer {
		return false
	}
	data, err := fs.ReadFile(files, name)
	return err == nil && IsPointer(data)
}
