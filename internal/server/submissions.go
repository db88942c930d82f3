package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"galley/internal/additions"
	"galley/internal/forge"
	"galley/internal/guard"
)

// submissionList are the open pull requests for a post's branch that change the post.
type submissionList struct {
	// Head is the branch's commit that they were held against.
	Head string `json:"head"`
	// Refused says why this person cannot put them in; empty where they can.
	Refused string    `json:"refused"`
	Pulls   []offered `json:"pulls"`
}

// offered is one of them.
type offered struct {
	Number  int    `json:"number"`
	Title   string `json:"title"`
	Author  person `json:"author"`
	URL     string `json:"url"`
	Head    string `json:"head"`
	Updated string `json:"updated"`
	// Added is what it adds to the post as it is now, and where.
	Added []addedRun `json:"added"`
	// Reason says why it has to be merged by itself; empty where it need not.
	Reason string `json:"reason"`
}

// addedRun are lines behind one another.
type addedRun struct {
	Section string `json:"section"`
	Line    int    `json:"line"` // in the post with them, from 1
	Text    string `json:"text"`
}

// proposed is what a pull request makes of a post.
type proposed struct {
	version additions.Version
	// touches: it changes the post. Else nothing of it is kept.
	touches bool
	// strays is another file that it changes; empty for none.
	strays string
}

const (
	// maxSubmissions is how many pull requests are looked into, the oldest first.
	maxSubmissions = 60
	// maxProposed is how much of what they change is remembered, in bytes.
	maxProposed = 16 << 20
)

func sizeOfProposed(p proposed) int { return len(p.version.Old) + len(p.version.New) + 64 }

// getSubmissions answers GET /api/submissions.
func (s *Server) getSubmissions(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	file, err := s.editable(r.Context(), f, branch, r.URL.Query().Get("path"))
	if err != nil {
		return nil, err
	}
	info, err := f.Info(r.Context())
	if err != nil {
		return nil, err
	}
	all, err := f.PullRequests(r.Context())
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(slices.Clone(all), func(p forge.PullRequest) bool {
		return p.State != forge.Open || p.Base != branch || p.Paths != nil && !slices.Contains(p.Paths, file.Path)
	})
	slices.SortFunc(list, func(a, b forge.PullRequest) int { return cmp.Compare(a.Number, b.Number) })
	list = list[:min(len(list), maxSubmissions)]
	found := make([]*offered, len(list))
	group, ctx := errgroup.WithContext(r.Context())
	group.SetLimit(4)
	for i, p := range list {
		group.Go(guard.Work(func() (err error) {
			found[i], err = s.offer(ctx, f, p, file)
			return err
		}))
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	out := submissionList{Head: file.Commit, Pulls: []offered{}}
	for _, o := range found {
		if o != nil {
			out.Pulls = append(out.Pulls, *o)
		}
	}
	if !info.CanPush {
		out.Refused = fmt.Sprintf("You may not push to the branch %s, so these are for somebody who may.", branch)
	}
	return out, nil
}

// offer tells what a pull request adds to a post; nil for one that does not touch it.
func (s *Server) offer(ctx context.Context, f forge.Forge, p forge.PullRequest, file forge.File) (*offered, error) {
	o := &offered{
		Number: p.Number, Title: p.Title, Author: person{Login: p.Author.Login, Name: p.Author.Name}, URL: p.URL, Head: p.Head,
		Updated: p.Updated.UTC().Format(time.RFC3339), Added: []addedRun{},
	}
	change, err := s.proposedBy(ctx, f, p, file)
	if err != nil && ctx.Err() == nil {
		var told *forge.Error
		if !errors.As(err, &told) || told.Sentence == "" {
			return nil, err
		}
		o.Reason = told.Sentence // one that cannot be looked at does not hide the others
		return o, nil
	}
	if err != nil || !change.touches {
		return nil, err
	}
	var runs []additions.Run
	why := change.unfit(p)
	if why == nil {
		if runs, why, err = s.place(ctx, file.Data, change.version); err != nil {
			return nil, err
		}
	}
	if why != nil {
		o.Reason = strings.ToUpper(why.Why[:1]) + why.Why[1:] + "."
		// What can be told of it, all the same.
		runs, _ = s.runs(ctx, change.version)
	}
	for _, r := range runs {
		o.Added = append(o.Added, addedRun(r))
	}
	return o, nil
}

// unfit says why a pull request has to be merged by itself, as far as that is not its
// text's fault; nil where it need not.
func (c proposed) unfit(p forge.PullRequest) *additions.Unfit {
	if c.strays != "" {
		return &additions.Unfit{Why: "it changes " + c.strays + ", too"}
	}
	if sections := forge.Writing(p.Body); len(sections) > 0 {
		return &additions.Unfit{Why: "its author is still writing " + strings.Join(sections, " and ")}
	}
	return nil
}

// proposedBy looks at what a pull request changes. It is kept by the heads of both
// sides.
func (s *Server) proposedBy(ctx context.Context, f forge.Forge, p forge.PullRequest, file forge.File) (proposed, error) {
	key := fmt.Sprintf("%d %s %s %s", p.Number, p.Head, file.Commit, file.Path)
	if known, ok := s.proposals.Get(key); ok {
		return known, nil
	}
	tooLarge := false
	changes, err := f.Diff(ctx, p.Number, func(path string, size int) bool {
		tooLarge = tooLarge || path == file.Path && size > maxPost
		return path == file.Path && size <= maxPost
	})
	if err != nil {
		return proposed{}, err
	}
	var found proposed
	for _, c := range changes {
		switch {
		case c.Path != file.Path:
			found.strays = c.Path
		case tooLarge:
			return found, forge.Errorf(forge.ErrTooLarge, nil, "It makes the post too large to be looked at here.")
		default:
			found.touches, found.version = true, additions.Version{Old: c.Old, New: c.New}
		}
	}
	s.proposals.Put(key, found)
	return found, nil
}

// place tells where a version's lines go in the text as it is now.
func (s *Server) place(ctx context.Context, now []byte, v additions.Version) (runs []additions.Run, why *additions.Unfit, err error) {
	text, _, err := s.join(ctx, now, []additions.Version{v})
	if err == nil {
		runs, err = s.runs(ctx, additions.Version{Old: now, New: text})
	}
	if errors.As(err, &why) {
		return nil, why, nil
	}
	return runs, nil, err
}

// runs is additions.Version.Runs when there is a slot, within the time for merging: it
// has pages rendered.
func (s *Server) runs(ctx context.Context, v additions.Version) ([]additions.Run, error) {
	ctx, cancel := context.WithTimeout(ctx, mergeTime)
	defer cancel()
	var runs []additions.Run
	var err error
	if ran := s.merges.run(ctx, &ending{}, func() { runs, err = v.Runs(ctx) }); ran != nil { // it ends with the context
		return nil, ran
	}
	return runs, err
}
