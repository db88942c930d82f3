package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// createWithin writes a file of a site that must not be there yet, with its folders.
// No link leads out of the site's folder.
func createWithin(dir, name string, data []byte) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return fmt.Errorf("its folder cannot be made: %w", err)
	}
	return createIn(root, name, data, 0o644)
}

// createIn writes a file where nothing may be, a link neither.
func createIn(root *os.Root, name string, data []byte, mode fs.FileMode) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = root.Remove(name)
	}
	return err
}

// writeWithin gives a file of a folder another content, with its folders: it is either
// the old one or the new one, never half of one, and its rights stay. No link leads out
// of the folder, and one that the file is becomes a file.
func writeWithin(root *os.Root, name string, data []byte) error {
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("its folder cannot be made: %w", err)
	}
	mode := fs.FileMode(0o644)
	if info, err := root.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	return replaceIn(root, name, data, mode)
}

// replaceIn puts a file in the place of what may be there, at one moment. The name that
// it has until then can be foretold, so that a repository may bring a link by it: what
// has it is taken away, and never written into.
func replaceIn(root *os.Root, name string, data []byte, mode fs.FileMode) error {
	temporary := filepath.Join(filepath.Dir(name), ".galley-"+filepath.Base(name)+".tmp")
	if err := root.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := createIn(root, temporary, data, mode)
	if err == nil {
		err = root.Rename(temporary, name)
	}
	if err != nil {
		_ = root.Remove(temporary)
	}
	return err
}

// replaceFile is writeWithin for a file that somebody named. Where that is in a site's
// folder no link leads out of it. Of a link it is the file behind it.
func replaceFile(dir, file string, data []byte) error {
	if err := leadsOut(dir, file); err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("its folder cannot be made: %w", err)
	}
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	return writeWithin(root, filepath.Base(file), data)
}

// leadsOut is an error where a file that stands in a site's folder is behind a link that
// leads out of it, or to nothing. One that is not there yet does not.
func leadsOut(dir, file string) error {
	absDir, err1 := filepath.Abs(dir)
	absFile, err2 := filepath.Abs(file)
	rel, err3 := filepath.Rel(absDir, absFile)
	if err1 != nil || err2 != nil || err3 != nil || !filepath.IsLocal(rel) {
		return nil // one of no site, that was named
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	_, err = root.Stat(rel)
	if errors.Is(err, fs.ErrNotExist) {
		if _, at := root.Lstat(rel); errors.Is(at, fs.ErrNotExist) {
			return nil
		}
	}
	return err
}
