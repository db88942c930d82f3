package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// beneath is the files below a folder. os.Root opens each directory on the way
// to a file, which took longer than all else with a site of two thousand
// pictures; Linux goes the whole way by itself in openat2, and as strictly.
func beneath(root *os.Root) fs.FS {
	dir, err := root.Open(".")
	if err != nil {
		return plainFiles{root.FS()}
	}
	return &filesBeneath{dir: dir, FS: plainFiles{root.FS()}}
}

// filesBeneath opens files with openat2. What it cannot open it leaves to
// os.Root, which says what is wrong or knows another way.
type filesBeneath struct {
	fs.FS
	dir *os.File
}

// open opens a file and gives its number. The error is [fs.ErrNotExist] or says
// nothing but that os.Root is to be asked.
func (f *filesBeneath) open(name string, flags uint64) (int, error) {
	if !fs.ValidPath(name) || strings.ContainsRune(name, 0) {
		return -1, fs.ErrInvalid
	}
	raw, err := f.dir.SyscallConn()
	if err != nil {
		return -1, err
	}
	fd := -1
	controlErr := raw.Control(func(dir uintptr) {
		fd, err = unix.Openat2(int(dir), name, &unix.OpenHow{Flags: flags | unix.O_CLOEXEC, Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_MAGICLINKS})
	})
	if controlErr != nil {
		return -1, controlErr
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return fd, err
}

// file is an open file. Where it is a directory, what it lists is looked for by
// its name.
func (f *filesBeneath) file(fd int, name string) *os.File {
	return os.NewFile(uintptr(fd), filepath.Join(f.dir.Name(), filepath.FromSlash(name)))
}

// readOnly opens a file to be read; of a pipe nobody is waited for.
const readOnly = unix.O_RDONLY | unix.O_NONBLOCK

// Open implements fs.FS.
func (f *filesBeneath) Open(name string) (fs.File, error) {
	fd, err := f.open(name, readOnly)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return f.FS.Open(name)
	}
	var info unix.Stat_t
	err = unix.Fstat(fd, &info)
	if kind := info.Mode & unix.S_IFMT; err == nil && kind != unix.S_IFREG && kind != unix.S_IFDIR {
		err = errOdd
	}
	if err == nil {
		err = unix.SetNonblock(fd, false) // else it would be waited for as a pipe is
	}
	if err != nil {
		_ = unix.Close(fd)
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f.file(fd, name), nil
}

// ReadFile implements fs.ReadFileFS.
func (f *filesBeneath) ReadFile(name string) ([]byte, error) {
	fd, err := f.open(name, readOnly)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return fs.ReadFile(f.FS, name)
	}
	defer unix.Close(fd) //nolint:errcheck // it was only read
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil || info.Mode&unix.S_IFMT != unix.S_IFREG || info.Size > maxAtOnce {
		return fs.ReadFile(f.FS, name)
	}
	// A byte more than there should be shows the end of the file.
	data := make([]byte, info.Size+1)
	n := 0
	for n < len(data) {
		more, err := unix.Read(fd, data[n:])
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return nil, &fs.PathError{Op: "read", Path: name, Err: err}
		}
		n += more
		if more == 0 || n == int(info.Size) && n > 0 {
			return data[:n], nil
		}
	}
	return fs.ReadFile(f.FS, name) // it has grown, or tells no size
}

// maxAtOnce is how many bytes one call of the system reads everywhere.
const maxAtOnce = 1 << 30

// ReadDir implements fs.ReadDirFS. What it gives can be asked for more, which
// has to go through the root.
func (f *filesBeneath) ReadDir(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(f.FS, name)
}

// Stat implements fs.StatFS.
func (f *filesBeneath) Stat(name string) (fs.FileInfo, error) {
	fd, err := f.open(name, unix.O_PATH)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return fs.Stat(f.FS, name)
	}
	file := f.file(fd, name)
	defer file.Close() //nolint:errcheck // it was only looked at
	return file.Stat()
}
