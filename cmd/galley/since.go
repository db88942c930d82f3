package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/diag"
	"galley/internal/linediff"
)

// maxNewLines is how many lines of a post may differ for its new ones to be told
// apart; beyond, all are new.
const maxNewLines = 2000

// sinceRevision leaves the diagnostics that begin on a line which is not in a
// revision's file: in the commit where the branch that is checked out left it.
func sinceRevision(ctx context.Context, list []diag.Diagnostic, revision, file string, src []byte) ([]diag.Diagnostic, error) {
	old, err := fileAt(revision, file)
	if err != nil {
		return nil, err
	}
	now := strings.Split(string(src), "\n")
	fresh := make([]bool, len(now)+1) // by the line's number, from 1
	match, err := linediff.Match(ctx, strings.Split(old, "\n"), now, maxNewLines)
	for i := range now {
		fresh[i+1] = err != nil || !slices.Contains(match, i)
	}
	if err != nil && !errors.Is(err, linediff.ErrTooDifferent) {
		return nil, err
	}
	index := diag.NewIndex(src)
	return slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool {
		return d.File == "" && !fresh[index.Position(d.Range.Start).Line]
	}), nil
}

// fileAt is a file's text where the branch that is checked out left a revision;
// empty where it is not there.
func fileAt(revision, file string) (string, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	repo, err := git.PlainOpenWithOptions(filepath.Dir(abs), &git.PlainOpenOptions{DetectDotGit: true, EnableDotGitCommonDir: true})
	if err != nil {
		return "", fmt.Errorf("--since needs a Git repository around %s: %w", file, err)
	}
	tree, err := repo.Worktree()
	if err != nil {
		return "", err
	}
	at, err := commitAt(repo, revision)
	if err != nil {
		return "", fmt.Errorf("--since %s: there is no such revision: %w", revision, err)
	}
	if head, err := commitAt(repo, "HEAD"); err == nil {
		if bases, err := at.MergeBase(head); err == nil && len(bases) > 0 {
			at = bases[0]
		}
	}
	root, err := filepath.EvalSymlinks(tree.Filesystem.Root())
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	name, err := filepath.Rel(root, abs)
	if err != nil {
		return "", err
	}
	f, err := at.File(filepath.ToSlash(name))
	if errors.Is(err, object.ErrFileNotFound) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	return f.Contents()
}

func commitAt(repo *git.Repository, revision string) (*object.Commit, error) {
	hash, err := repo.ResolveRevision(plumbing.Revision(revision))
	if err != nil {
		return nil, err
	}
	return repo.CommitObject(*hash)
}
