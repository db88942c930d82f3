// Package forgetest is the contract of forge.Forge as one test, which every
// forge passes. A forge's own tests call Run with a Harness for a repository
// that holds the files of Site on its branch main.
package forgetest

import (
	"testing"

	"galley/internal/forge"
)

// Harness is a fresh repository, seen through a forge and from behind it.
type Harness struct {
	// Forge is what is tested. It acts for Ana.
	Forge forge.Forge
	// Other is a second forge of the same repository and person, which shares
	// nothing with the first: another tab, or another copy of the server.
	Other forge.Forge
	// Ben acts for Ben, who may push to the repository.
	Ben forge.Forge
	// Folder is the folder of the repository that is all the forges see of it;
	// empty for the repository itself. Commit and Rename take paths within it.
	Folder string
	// Fork is the owner of the fork from which Forge works, for a person who may
	// not push; empty where they may. Branches in it are called "fork:branch".
	Fork string
	// Branches lists the branches of the repository, and those of Fork that the
	// repository has not got. nil: the forge is asked.
	Branches func(t *testing.T) []string
	// Commit writes a file on a branch behind the forge's back, as somebody else
	// would, in a commit for each of its texts; nil deletes it.
	Commit func(t *testing.T, branch, path string, texts ...[]byte)
	// Rename renames a file on a branch and gives it other data, in one commit.
	Rename func(t *testing.T, branch, from, to string, data []byte)
	// Log gives the commits of a branch, the newest first.
	Log func(t *testing.T, branch string) []Commit
	// MergeOutside merges a pull request without Galley.
	MergeOutside func(t *testing.T, number int)
	// CloseOutside ends a pull request without merging it. It may delete its
	// branch.
	CloseOutside func(t *testing.T, number int)
}

// Commit is a commit as the repository has it.
type Commit struct {
	ID, Message string
	Name, Email string // the author's
	Parents     []string
}

// Ana is the person that a harness's forges act for.
func Ana() forge.Person {
	return forge.Person{Login: "ana", Name: "Ana Müller", Email: "ana@example.org"}
}

// Ben is a colleague.
func Ben() forge.Person {
	return forge.Person{Login: "ben", Name: "Ben", Email: "ben@example.org"}
}

// own is the name that pull requests have for one of Ana's branches.
func (h Harness) own(branch string) string {
	if h.Fork == "" {
		return branch
	}
	return h.Fork + ":" + branch
}

// Site are the files that a harness's repository begins with.
func Site() map[string][]byte {
	return map[string][]byte{
		"_config.yml":             []byte("title: The Harbour\n"),
		"_posts/2026-01-04-a.md":  []byte("---\ntitle: A\n---\n\n## One\n\n* first\n* second\n\n## Two\n\n* third\n\n## Three\n\n* fourth\n"),
		"_posts/2026-01-11-b.md":  []byte("---\r\ntitle: \"B\"\r\n---\r\n\r\nWindows’ line endings\r\n"),
		"assets/images/dot.png":   {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0xff, 0xfe, 0x80},
		"_posts/2026-01-18-ü.md":  []byte("\ufeff---\ntitle: Ü\n---\nÄöü 日本 👩‍💻 no line break at the end"),
		"notes with a space.md":   []byte("a\n"),
		".github/workflows/x.yml": []byte("on: push\n"),
	}
}
