package local

import (
	"os"
	"path/filepath"
	"strings"

	"galley/internal/forge"
)

// dirs are the folders of a repository.
type dirs struct {
	top    string // what the repository is named after: the work tree, or the bare repository
	work   string // the work tree; "" for a bare repository
	git    string // HEAD and index
	common string // objects and references: git, except in a linked work tree
}

// findDirs finds the folders of the repository in dir, which is a work tree
// (linked ones included) or a bare repository.
func findDirs(dir string) (dirs, error) {
	top, err := filepath.Abs(dir)
	if err != nil {
		return dirs{}, err
	}
	d := dirs{top: top, git: top}
	dotGit := filepath.Join(top, ".git")
	if info, err := os.Stat(dotGit); err == nil {
		d.work, d.git = top, dotGit
		if !info.IsDir() { // a linked work tree or a submodule: a file says where
			text, err := os.ReadFile(dotGit)
			if err != nil {
				return dirs{}, err
			}
			target, ok := strings.CutPrefix(strings.TrimSpace(string(text)), "gitdir:")
			if !ok {
				return dirs{}, notARepository(dir)
			}
			d.git = join(top, strings.TrimSpace(target))
		}
	}
	d.common = d.git
	if text, err := os.ReadFile(filepath.Join(d.git, "commondir")); err == nil {
		d.common = join(d.git, strings.TrimSpace(string(text)))
	}
	for _, need := range []string{filepath.Join(d.git, "HEAD"), filepath.Join(d.common, "objects")} {
		if _, err := os.Stat(need); err != nil {
			return dirs{}, notARepository(dir)
		}
	}
	return d, nil
}

// Find gives the repository that a folder is or is in, and the way from there to
// the folder, with slashes; "" where it is the repository. The error is the one
// that Open has for a folder outside of any.
func Find(dir string) (repository, folder string, err error) {
	if _, err = findDirs(dir); err == nil {
		return dir, "", nil
	}
	inside, absErr := filepath.Abs(dir)
	if absErr != nil {
		return "", "", absErr
	}
	if real, err := filepath.EvalSymlinks(inside); err == nil {
		inside = real
	}
	for up := filepath.Dir(inside); ; up = filepath.Dir(up) {
		if d, err := findDirs(up); err == nil && d.work != "" {
			folder, err := filepath.Rel(up, inside)
			return up, filepath.ToSlash(folder), err
		}
		if up == filepath.Dir(up) {
			return "", "", err
		}
	}
}

func notARepository(dir string) error {
	return forge.Errorf(forge.ErrNotFound, nil, "%s is not a Git repository.", dir)
}

// join is filepath.Join, except that an absolute second path stands alone.
func join(base, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(base, path)
}
