package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// openFiles opens the files of a site's folder, so that no link leads out of
// the folder.
func openFiles(dir string) (fs.FS, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		if pathError, ok := errors.AsType[*fs.PathError](err); ok {
			err = pathError.Err
		}
		return nil, fmt.Errorf("the site %s cannot be opened: %w", dir, err)
	}
	return beneath(root), nil
}

// errOdd: what has the name is a pipe, a socket or a device.
var errOdd = errors.New("it is neither a file nor a folder")

// isOdd tells whether something is neither a file nor a folder. Whoever opens a pipe
// waits until somebody writes into it, perhaps for ever.
func isOdd(mode fs.FileMode) bool { return !mode.IsRegular() && !mode.IsDir() }

// plainFiles are the files of a file system that are files.
type plainFiles struct{ fs.FS }

// refuse is the error for what is odd; what cannot be looked at is for others to tell.
func (f plainFiles) refuse(op, name string) error {
	if info, err := fs.Stat(f.FS, name); err == nil && isOdd(info.Mode()) {
		return &fs.PathError{Op: op, Path: name, Err: errOdd}
	}
	return nil
}

// Open implements fs.FS.
func (f plainFiles) Open(name string) (fs.File, error) {
	if err := f.refuse("open", name); err != nil {
		return nil, err
	}
	return f.FS.Open(name)
}

// ReadFile implements fs.ReadFileFS.
func (f plainFiles) ReadFile(name string) ([]byte, error) {
	if err := f.refuse("read", name); err != nil {
		return nil, err
	}
	return fs.ReadFile(f.FS, name)
}

// ReadDir implements fs.ReadDirFS.
func (f plainFiles) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.FS, name) }

// Stat implements fs.StatFS.
func (f plainFiles) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.FS, name) }

// unlessEnded reads something, and gives up when the context ends: a file that a
// command names, or standard input, may be a pipe that nobody writes into.
func unlessEnded(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type answer struct {
		data []byte
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		data, err := read()
		done <- answer{data, err}
	}()
	select {
	case a := <-done:
		return a.data, a.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
