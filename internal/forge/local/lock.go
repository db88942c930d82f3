package local

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"galley/internal/forge"
)

// lockWait is how long to wait for another program's lock on a reference. Git
// holds one for milliseconds; one that stays longer is left from a crash.
const lockWait = 3 * time.Second

// lockLeft is how old a lock on a reference of Galley's own is when it is taken
// to be left from a crash, though it cannot be told whose it is. Only a hook of
// Git's could hold one for so long.
const lockLeft = time.Minute

// refFile is what the lock on a reference is made of, in the folder that work
// trees share.
const refFile = "galley.ref"

// takeLock makes a lock file out of another file, which it becomes a second name
// of: there is no moment at which it is there and does not have that content, by
// which whoever comes after a crash knows it as Galley's own. It waits for
// whoever holds the lock. One that is left is removed where that is asked for.
func takeLock(lock, from string, removeLeft bool) error {
	var first fs.FileInfo
	for deadline := time.Now().Add(lockWait); ; {
		// The folder is made each time: Git removes empty ones at any moment,
		// also those above it while MkdirAll is at work.
		err := os.MkdirAll(filepath.Dir(lock), 0o777)
		if err == nil {
			if err = os.Link(from, lock); err == nil {
				return nil
			}
			if !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
				err = copyNew(lock, from) // some file systems have one name a file only
				if err == nil {
					return nil
				}
			}
		}
		held, late := errors.Is(err, fs.ErrExist), time.Now().After(deadline)
		if held && removeLeft {
			now, err := os.Lstat(lock)
			switch {
			case err != nil: // given back
			case first == nil:
				first = now
			case late && os.SameFile(first, now) && time.Since(now.ModTime()) > lockLeft:
				if os.Remove(lock) == nil {
					removeLeft, deadline = false, time.Now().Add(lockWait)
					continue
				}
			}
		}
		switch {
		case held && late:
			return forge.Errorf(forge.ErrUnavailable, err, "Another program is working on the repository. If none is, delete %s.", lock)
		case held:
			time.Sleep(10 * time.Millisecond)
		case late || !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
}

// copyNew copies a small file to a place where nothing may be.
func copyNew(to, from string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if _, err = file.Write(data); err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		os.Remove(to)
	}
	return err
}

// writeOwn writes a file of Galley's own in a Git folder anew, and waits until it
// is on the disk. What had the name before may be a lock or a reference by another
// name, so that it is not written into.
func writeOwn(path string, data []byte) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if _, err = file.Write(data); err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// unlockReference gives back the lock on a reference that a process held which was
// killed. It is known by being the same file as refFile, of which nobody else
// makes one, and nobody of Galley's holds it, as the caller has the turn.
func (f *Forge) unlockReference() error {
	own := filepath.Join(f.dirs.common, refFile)
	held, err := os.Lstat(own)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	err = filepath.WalkDir(filepath.Join(f.dirs.common, "refs"), func(path string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case e.IsDir() || !strings.HasSuffix(path, ".lock"):
			return nil
		}
		if info, err := os.Lstat(path); err == nil && os.SameFile(info, held) {
			return os.Remove(path)
		}
		return nil
	})
	return errors.Join(err, os.Remove(own))
}
