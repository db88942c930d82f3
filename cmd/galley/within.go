package main

import (
	"errors"
	"fmt"
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
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// writeWithin gives a file of a folder another content, with its folders: it is either
// the old one or the new one, never half of one, and its rights stay. No link leads out
// of the folder, and one that the file is becomes a file.
func writeWithin(root *os.Root, name string, data []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return fmt.Errorf("its folder cannot be made: %w", err)
	}
	mode := os.FileMode(0o644)
	if info, err := root.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	temporary := path.Join(path.Dir(name), ".galley-"+path.Base(name)+".tmp")
	_ = root.Remove(temporary) // which may be a link
	err := root.WriteFile(temporary, data, mode)
	if err == nil {
		err = root.Rename(temporary, name)
	}
	if err != nil {
		_ = root.Remove(temporary)
	}
	return err
}

// leadsOut is an error where a file that stands in a site's folder is behind a link that
// leads out of it.
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
	return err
}
