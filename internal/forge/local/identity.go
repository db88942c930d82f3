package local

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// identityFile is in the Git folder that linked work trees share: a random id and
// the folder's path, each on a line. It is not the root commit's id, which all
// clones have; and not the path, since a repository that is moved stays the same.
const identityFile = "galley.id"

var identityShape = regexp.MustCompile(`^[A-Z2-7]{20,40}$`)

// identity is what tells this repository from all others on the machine. It is
// made when it is asked for first. A copy of a folder gets one of its own while
// the original is there. Where the Git folder cannot be written to, its path has
// to do.
func (f *Forge) identity(ctx context.Context) string {
	f.mu.Lock()
	known := f.id
	f.mu.Unlock()
	if known != "" {
		return known
	}
	id, here := readIdentity(f.dirs.common)
	if !here {
		err := f.write(ctx, func(*repository) error {
			if id, here = readIdentity(f.dirs.common); here { // another process was here
				return nil
			}
			made := id
			if made == "" {
				made = rand.Text()
			}
			if err := writeIdentity(f.dirs.common, made); err != nil {
				return err
			}
			id = made
			return nil
		})
		if err != nil && id == "" {
			sum := sha256.Sum256([]byte(f.dirs.common))
			id = hex.EncodeToString(sum[:16])
		}
		if ctx.Err() != nil || errors.Is(err, errBusy) {
			return id // it may be written another time
		}
	}
	f.mu.Lock()
	f.id = id
	f.mu.Unlock()
	return id
}

// readIdentity reads the id of the Git folder dir: "" where there is none, or
// where it is another folder's of which this is a copy. here tells whether it
// names this folder, which it does not when that was moved.
func readIdentity(dir string) (id string, here bool) {
	id, path := identityIn(dir)
	if id == "" || path == dir {
		return id, id != ""
	}
	if other, _ := identityIn(path); other == id && !sameFolder(dir, path) {
		return "", false
	}
	return id, false
}

func identityIn(dir string) (id, path string) {
	text, err := os.ReadFile(filepath.Join(dir, identityFile))
	if err != nil {
		return "", ""
	}
	id, path, _ = strings.Cut(strings.TrimSuffix(string(text), "\n"), "\n")
	if !identityShape.MatchString(id) || !filepath.IsAbs(path) {
		return "", ""
	}
	return id, path
}

func sameFolder(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// writeIdentity writes the file whole: others read it without the lock.
func writeIdentity(dir, id string) error {
	file, err := os.CreateTemp(dir, identityFile+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(id + "\n" + dir + "\n")
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), filepath.Join(dir, identityFile))
}
