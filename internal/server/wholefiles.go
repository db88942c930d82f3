package server

import (
	"errors"
	"io/fs"
	"sync"

	"galley/internal/forge"
)

// wholeFiles is a file system that remembers what could not be read of it for a passing
// reason. Whatever reads settings takes such a file for one that is not there, and what is
// made without it must not be kept.
type wholeFiles struct {
	fs.FS
	mu  sync.Mutex
	err error
}

// Open implements fs.FS.
func (f *wholeFiles) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	return file, f.noted(err)
}

// Stat implements fs.StatFS.
func (f *wholeFiles) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(f.FS, name)
	return info, f.noted(err)
}

// ReadDir implements fs.ReadDirFS.
func (f *wholeFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(f.FS, name)
	return list, f.noted(err)
}

func (f *wholeFiles) noted(err error) error {
	for _, lasting := range []error{nil, fs.ErrNotExist, fs.ErrInvalid, forge.ErrNotFound, forge.ErrTooLarge} {
		if errors.Is(err, lasting) {
			return err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = err
	}
	return err
}

// Err is the first error that may be another when it is tried again; nil for none.
func (f *wholeFiles) Err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}
