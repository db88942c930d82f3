package local

import (
	"path"
	"regexp"
	"strings"
	"unicode"

	"github.com/go-git/go-git/v5/plumbing/filemode"

	"galley/internal/forge"
)

// shortGit matches the names that NTFS gives to .git where it keeps short ones.
var shortGit = regexp.MustCompile(`^git~[0-9]+$`)

// nameFault says why an entry of a tree may not be brought into a repository;
// "" when it may. Anybody who can push makes trees with plain Git's lower
// commands, and such a tree can hold any bytes: names that leave the folder,
// and names that some file system takes for Git's own folder, where a file is a
// program that Git runs. Other names are left alone, odd as they may be:
// what is merged need not be what Galley would make.
func nameFault(name string) string {
	switch {
	case name == "":
		return "an entry has no name"
	case name == "." || name == "..":
		return "it leaves its folder"
	case strings.ContainsAny(name, "/\\\x00"):
		return "a name in it has a slash, a backslash or a NUL"
	case isGit(name):
		return "it would write into Git's own folder"
	}
	return ""
}

// isGit tells whether a name is .git on some system: in other capitals, with the
// characters that HFS+ does not see, with what NTFS drops at the end (dots,
// spaces, a stream behind a colon), or in its short form.
func isGit(name string) bool {
	name = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) {
			return -1
		}
		return r
	}, name)
	name, _, _ = strings.Cut(forge.Fold(name), ":")
	name = strings.TrimRight(name, ". ")
	return name == ".git" || shortGit.MatchString(name)
}

// checkDeltas refuses to bring a change into a repository that would write, or
// delete, outside its files: see nameFault. Symbolic links may lead to other
// files of the repository only.
func checkDeltas(r *repository, deltas []delta) error {
	refuse := func(path, why string) error {
		return forge.Errorf(forge.ErrInvalid, nil, "The change has a path that is not safe to take over, %q: %s. Nothing was merged; ask somebody who knows Git to look at the branch.", path, why)
	}
	for _, d := range deltas {
		if d.fault != "" {
			return refuse(d.path, d.fault)
		}
		if d.new == nil || d.new.Mode != filemode.Symlink {
			continue
		}
		target, err := blob(r.Storer, d.new.Hash)
		if err != nil {
			return err
		}
		if linkLeaves(d.path, string(target)) {
			return refuse(d.path, "it is a link to something outside the repository")
		}
	}
	return nil
}

// linkLeaves tells whether a symbolic link leads out of the repository, or to
// Git's own folder.
func linkLeaves(from, target string) bool {
	if target == "" || strings.HasPrefix(target, "/") || strings.ContainsAny(target, "\\:\x00") {
		return true
	}
	to := path.Join(path.Dir(from), target)
	if to == ".." || strings.HasPrefix(to, "../") {
		return true
	}
	for name := range strings.SplitSeq(target, "/") {
		if isGit(name) {
			return true
		}
	}
	return false
}
