package server

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"galley/internal/forge"
	"galley/internal/guard"
	"galley/internal/post"
)

// writer is somebody who has a section of a post.
type writer struct {
	Section string `json:"section"`
	Number  int    `json:"number"`
	Person  person `json:"person"`
	URL     string `json:"url"`
	// State is "changed" where the pull request changes the section, and
	// "announced" where it only says that it will.
	State string `json:"state"`
	// Since is when the pull request was opened, as RFC 3339.
	Since string `json:"since"`
	// Own: it is whoever asks.
	Own bool `json:"own"`
}

// maxWriters is how many pull requests are looked into for who writes what,
// those first that were changed last. What they change is asked for once for
// each state of theirs.
const maxWriters = 40

// getWriters answers GET /api/writers: who has which section of a post, as the
// open pull requests for a branch tell.
func (s *Server) getWriters(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	file := r.URL.Query().Get("path")
	if err := s.readable(r.Context(), f, branch, file); err != nil {
		return nil, err
	}
	info, err := f.Info(r.Context())
	if err != nil {
		return nil, err
	}
	list, err := f.PullRequests(r.Context())
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(p forge.PullRequest) bool {
		return p.State != forge.Open || p.Base != branch || p.Paths != nil && !s.changes(p, file) && branchKey(p.Branch) != s.fileKey(file)
	})
	list = list[:min(len(list), maxWriters)]
	found := make([][]string, len(list))
	group, ctx := errgroup.WithContext(r.Context())
	group.SetLimit(4)
	for i, p := range list {
		group.Go(guard.Work(func() error {
			var err error
			found[i], err = s.changedSections(ctx, f, p, file)
			if err != nil && ctx.Err() == nil {
				// One that cannot be looked at does not hide the others.
				s.tell(r, err)
				err = nil
			}
			return err
		}))
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	writers := []writer{}
	for i, p := range list {
		w := writer{Number: p.Number, Person: person{Login: p.Author.Login, Name: p.Author.Name}, URL: p.URL, Own: isSame(p.Author, info.Person), Since: p.Created.UTC().Format(time.RFC3339)}
		for _, name := range found[i] {
			w.Section, w.State = name, "changed"
			writers = append(writers, w)
		}
		if p.Paths == nil && len(found[i]) == 0 && branchKey(p.Branch) != s.fileKey(file) {
			continue // another post's
		}
		for _, name := range forge.Writing(p.Body) {
			if !slices.Contains(found[i], name) {
				w.Section, w.State = name, "announced"
				writers = append(writers, w)
			}
		}
	}
	return writers, nil
}

func isSame(a, b forge.Person) bool {
	if a.Login != "" || b.Login != "" {
		return a.Login == b.Login
	}
	return a.Email == b.Email && a.Name == b.Name
}

// changedSections are the chapters of a post that a pull request changes. They
// are kept by its head.
func (s *Server) changedSections(ctx context.Context, f forge.Forge, p forge.PullRequest, file string) ([]string, error) {
	key := strconv.Itoa(p.Number) + " " + p.Head + " " + file
	if names, ok := s.sections.Get(key); ok {
		return names, nil
	}
	list, err := f.Diff(ctx, p.Number, func(path string, size int) bool { return path == file && size <= maxPost })
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, c := range list {
		if c.Path == file {
			names = chaptersChanged(c.Old, c.New)
		}
	}
	s.sections.Put(key, names)
	return names, nil
}

// maxSections is how much is remembered of what pull requests change, in bytes.
const maxSections = 2 << 20

func sizeOfNames(names []string) int {
	n := 0
	for _, name := range names {
		n += len(name) + 16
	}
	return n
}

// chaptersChanged names the chapters that two texts of a post do not have in
// common, apart from blank lines at their ends.
func chaptersChanged(old, new []byte) []string {
	was, is := chapters(old), chapters(new)
	names := []string{}
	for _, side := range []struct {
		list  []chapter
		other []chapter
	}{{is, was}, {was, is}} {
		known := map[chapter]bool{}
		for _, c := range side.other {
			known[c] = true
		}
		for _, c := range side.list {
			if len(names) < forge.MaxWriting && !known[c] {
				names = forge.AddSection(names, c.name)
			}
		}
	}
	return names
}

// chapter is a section that one person writes, with its text.
type chapter struct{ name, text string }

func chapters(src []byte) []chapter {
	var list []chapter
	for _, s := range post.Parse(src).Chapters() {
		list = append(list, chapter{s.Name, string(bytes.TrimRight(src[s.Range.Start:s.Range.End], "\r\n \t"))})
	}
	return list
}
