package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"

	"galley/internal/carry"
	"galley/internal/forge"
	"galley/internal/post"
	"galley/internal/site"
)

// newEdition is an edition that is to be begun.
type newEdition struct {
	day     time.Time
	path    string // of its file, in the site
	text    []byte
	branch  string // empty where the site has no branches for editions
	last    string // the edition before it, where sections are taken along
	carried []carry.Section
	git     *git.Repository
}

// planEdition works out the edition of a day, or with the zero time the next one
// that has no post.
func planEdition(dir string, s *site.Site, files fs.FS, n site.NewPost) (newEdition, error) {
	var e newEdition
	c := s.Config()
	rule, ok := c.EditionRule()
	if !ok {
		return e, usageError{fmt.Errorf("the settings do not say on which days there are editions; put “edition: {weekday: sunday}” into the section galley of _config.yml")}
	}
	if n.Date.IsZero() {
		taken := map[string]bool{}
		folder := "_posts"
		if c.CollectionsDir != "" {
			folder = c.CollectionsDir + "/" + folder
		}
		_ = fs.WalkDir(files, folder, func(name string, d fs.DirEntry, err error) error {
			if p, ok := post.ParseName(name); err == nil && ok && !d.IsDir() {
				taken[fmt.Sprintf("%04d-%02d-%02d", p.Year, p.Month, p.Day)] = true
			}
			return nil // a folder that is not there has no posts
		})
		if n.Date, ok = rule.Next(time.Now().In(c.Location), func(day time.Time) bool { return taken[day.Format(time.DateOnly)] }); !ok {
			return e, fmt.Errorf("all editions of the next year are there already; choose a day with --date")
		}
	} else if !rule.On(n.Date) {
		return e, usageError{fmt.Errorf("%s is a %s, on which there is no edition", n.Date.Format(time.DateOnly), n.Date.Weekday())}
	} else if h, m, _ := n.Date.Clock(); h == 0 && m == 0 {
		n.Date = rule.At(n.Date)
	}
	var err error
	e.day = n.Date
	if e.path, e.text, err = s.NewPost(n); err != nil {
		return e, err
	}
	if err := e.carry(files, c, rule.On); err != nil {
		return e, err
	}
	if e.branch = c.Edition(e.path); e.branch == "" {
		return e, nil
	}
	if err := forge.CheckStart(e.branch); err != nil {
		return e, fmt.Errorf("the settings do not name a branch for this edition: %w", err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return e, err
	}
	e.git, err = git.PlainOpenWithOptions(abs, &git.PlainOpenOptions{DetectDotGit: true, EnableDotGitCommonDir: true})
	if errors.Is(err, git.ErrRepositoryNotExists) {
		return e, nil
	} else if err != nil {
		return e, fmt.Errorf("the Git repository around %s cannot be read: %w", dir, err)
	}
	for _, name := range []plumbing.ReferenceName{plumbing.NewBranchReferenceName(e.branch), plumbing.NewRemoteReferenceName("origin", e.branch)} {
		if _, err := e.git.Reference(name, false); err == nil {
			return e, fmt.Errorf("the branch %s is there already (%s); the edition of %s was begun", e.branch, name.Short(), e.day.Format(time.DateOnly))
		}
	}
	return e, nil
}

// carry takes along the sections of the edition before that the settings name.
func (e *newEdition) carry(files fs.FS, c site.Config, on func(day time.Time) bool) error {
	names, problem := carry.Names(c.Galley)
	if problem != "" {
		return usageError{errors.New(problem)}
	}
	if len(names) == 0 {
		return nil
	}
	var posts []string
	_ = fs.WalkDir(files, path.Join(c.CollectionsDir, "_posts"), func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			posts = append(posts, name)
		}
		return nil // a folder that is not there has no posts
	})
	if e.last = carry.Last(e.path, slices.Values(posts), on); e.last == "" {
		return nil
	}
	last, err := fs.ReadFile(files, e.last)
	if err != nil {
		return fmt.Errorf("the edition before cannot be read: %w", err)
	}
	e.text, e.carried = carry.Over(last, e.text, names, dayOf(e.day))
	return nil
}

// dayOf is a day at midnight in UTC.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// show tells what will be done.
func (e newEdition) show(w io.Writer, dir string) {
	p := post.Parse(e.text)
	switch {
	case e.branch == "":
	case e.git == nil:
		fmt.Fprintf(w, "branch  %s (not made: %s is in no Git repository)\n", e.branch, dir)
	default:
		fmt.Fprintf(w, "branch  %s, new, from what is checked out\n", e.branch)
	}
	fmt.Fprintf(w, "file    %s\n", e.path)
	for _, key := range []string{"title", "date", "slug"} {
		fmt.Fprintf(w, "%-7s %s\n", key, p.Text(key))
	}
	for _, s := range e.carried {
		passed := ""
		if s.Passed > 0 {
			passed = fmt.Sprintf(", %d passed", s.Passed)
		}
		fmt.Fprintf(w, "takes   %s: %d kept%s, from %s\n", s.Name, s.Kept, passed, e.last)
	}
}

// checkOut makes the branch and checks it out. It is at the same commit as what is
// checked out, so that no file changes.
func (e newEdition) checkOut() error {
	if e.git == nil || e.branch == "" {
		return nil
	}
	head, err := e.git.Head()
	if err != nil {
		return fmt.Errorf("the branch %s cannot be made: nothing is checked out: %w", e.branch, err)
	}
	name := plumbing.NewBranchReferenceName(e.branch)
	if err := e.git.Storer.SetReference(plumbing.NewHashReference(name, head.Hash())); err != nil {
		return fmt.Errorf("the branch %s cannot be made: %w", e.branch, err)
	}
	if err := e.git.Storer.SetReference(plumbing.NewSymbolicReference(plumbing.HEAD, name)); err != nil {
		err = errors.Join(err, e.git.Storer.RemoveReference(name))
		return fmt.Errorf("the branch %s cannot be checked out: %w", e.branch, err)
	}
	return nil
}
