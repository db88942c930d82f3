package main

import (
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
