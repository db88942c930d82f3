package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// HasHeader says whether a file begins with a line of three dashes, which makes
// it a page or a document.
func HasHeader(files fs.FS, name string) (bool, error) {
	f, err := files.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	var head [256]byte
	n, err := io.ReadFull(f, head[:])
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return false, fmt.Errorf("%s: %w", name, err)
	}
	return IsHeader(head[:n]), nil
}

// IsHeader says the same of what a file begins with.
func IsHeader(head []byte) bool {
	line, _, whole := bytes.Cut(bytes.TrimPrefix(head, []byte("\ufeff")), []byte("\n"))
	return whole && bytes.HasPrefix(line, []byte("---")) && len(bytes.TrimSpace(line)) == 3
}
