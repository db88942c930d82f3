package server

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"galley/internal/forge"
)

// discussion is what was said about a pull request. Its texts are strangers'
// Markdown; the browser shows them as plain text.
type discussion struct {
	// Head is the commit whose lines the threads name.
	Head     string          `json:"head"`
	Threads  []reviewThread  `json:"threads"`
	Comments []reviewComment `json:"comments"`
	Verdicts []verdict       `json:"verdicts"`
	// Asked are those whose review is waited for.
	Asked []person `json:"asked"`
	// Resolves: it is known which threads are resolved.
	Resolves bool `json:"resolves"`
}

type reviewThread struct {
	ID   string `json:"id"`
	Path string `json:"path"`
	// Start and Line are the lines in the head, from 1; 0 where they are gone.
	Start    int             `json:"start"`
	Line     int             `json:"line"`
	Removed  bool            `json:"removed"`
	Lines    string          `json:"lines"`
	Resolved bool            `json:"resolved"`
	Comments []reviewComment `json:"comments"`
}

type reviewComment struct {
	Author  person `json:"author"`
	Body    string `json:"body"`
	Created string `json:"created"`
	URL     string `json:"url"`
}

type verdict struct {
	Author    person `json:"author"`
	Review    string `json:"review"`
	Body      string `json:"body"`
	Created   string `json:"created"`
	Commit    string `json:"commit"`
	Dismissed bool   `json:"dismissed"`
}

// newComment is a comment as the browser sends it; see forge.NewComment.
type newComment struct {
	Body   string `json:"body"`
	Thread string `json:"thread"`
	Path   string `json:"path"`
	Start  int    `json:"start"`
	Line   int    `json:"line"`
	Head   string `json:"head"`
}

// newVerdict is a review as the browser sends it; see forge.NewVerdict.
type newVerdict struct {
	Review string `json:"review"`
	Body   string `json:"body"`
	Head   string `json:"head"`
}

// named is somebody without their address of mail, which is nobody's business.
func named(p forge.Person) person { return person{Login: p.Login, Name: p.Name} }

func newComments(list []forge.Comment) []reviewComment {
	out := make([]reviewComment, 0, len(list))
	for _, c := range list {
		out = append(out, reviewComment{named(c.Author), c.Body, c.Created.UTC().Format(time.RFC3339), c.URL})
	}
	return out
}

func newDiscussion(d forge.Discussion) discussion {
	out := discussion{
		Head: d.Head, Threads: make([]reviewThread, 0, len(d.Threads)), Comments: newComments(d.Comments),
		Verdicts: make([]verdict, 0, len(d.Verdicts)), Asked: make([]person, 0, len(d.Asked)), Resolves: d.Resolves,
	}
	for _, t := range d.Threads {
		out.Threads = append(out.Threads, reviewThread{t.ID, t.Path, t.Start, t.Line, t.Removed, t.Lines, t.Resolved, newComments(t.Comments)})
	}
	for _, v := range d.Verdicts {
		out.Verdicts = append(out.Verdicts, verdict{named(v.Author), string(v.Review), v.Body, v.Created.UTC().Format(time.RFC3339), v.Commit, v.Dismissed})
	}
	for _, p := range d.Asked {
		out.Asked = append(out.Asked, named(p))
	}
	return out
}

// getDiscussion answers GET /api/pulls/N/discussion.
func (s *Server) getDiscussion(r *http.Request) (any, error) {
	f, number, err := s.pullNumber(r)
	if err != nil {
		return nil, err
	}
	d, err := f.Discussion(r.Context(), number)
	if err != nil {
		return nil, err
	}
	return newDiscussion(d), nil
}

// discuss carries out what somebody says about a pull request, and answers with
// all that was said. Once begun it is finished, as a merge is.
func (s *Server) discuss(r *http.Request, say func(ctx context.Context, f forge.Forge, number int) error) (any, error) {
	f, number, err := s.pullNumber(r)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), s.cfg.SubmitTime)
	defer cancel()
	if err := say(ctx, f, number); err != nil {
		return nil, err
	}
	d, err := f.Discussion(ctx, number)
	if err != nil {
		return nil, err
	}
	return newDiscussion(d), nil
}

// postComment answers POST /api/pulls/N/comments: a comment on the whole, in a
// thread, or at lines of a file.
func (s *Server) postComment(r *http.Request) (any, error) {
	var c newComment
	if err := readJSON(r, &c); err != nil {
		return nil, err
	}
	return s.discuss(r, func(ctx context.Context, f forge.Forge, number int) error {
		return f.Comment(ctx, number, forge.NewComment{Body: c.Body, Thread: c.Thread, Path: c.Path, Start: c.Start, Line: c.Line, Head: c.Head})
	})
}

// postResolve answers POST /api/pulls/N/resolve.
func (s *Server) postResolve(r *http.Request) (any, error) {
	var t struct {
		Thread   string
		Resolved bool
	}
	if err := readJSON(r, &t); err != nil {
		return nil, err
	}
	return s.discuss(r, func(ctx context.Context, f forge.Forge, number int) error {
		return f.Resolve(ctx, number, t.Thread, t.Resolved)
	})
}

// postReview answers POST /api/pulls/N/reviews: an approval, or what is to be
// changed.
func (s *Server) postReview(r *http.Request) (any, error) {
	var v newVerdict
	if err := readJSON(r, &v); err != nil {
		return nil, err
	}
	return s.discuss(r, func(ctx context.Context, f forge.Forge, number int) error {
		return f.Review(ctx, number, forge.NewVerdict{Review: forge.Review(v.Review), Body: v.Body, Head: v.Head})
	})
}

// postReviewers answers POST /api/pulls/N/reviewers: people are asked for a
// review.
func (s *Server) postReviewers(r *http.Request) (any, error) {
	var asked struct{ People []string }
	if err := readJSON(r, &asked); err != nil {
		return nil, err
	}
	return s.discuss(r, func(ctx context.Context, f forge.Forge, number int) error {
		return f.RequestReview(ctx, number, asked.People)
	})
}

// maxPeople is how many people are offered.
const maxPeople = 100

// getReviewers answers GET /api/pulls/N/reviewers: who could be asked for a
// review, as far as the site knows people: who opened pull requests, and who said
// something about this one. Its author and whoever asks are left out, and so are
// programs.
func (s *Server) getReviewers(r *http.Request) (any, error) {
	f, number, err := s.pullNumber(r)
	if err != nil {
		return nil, err
	}
	p, err := f.PullRequest(r.Context(), number)
	if err != nil {
		return nil, err
	}
	info, err := f.Info(r.Context())
	if err != nil {
		return nil, err
	}
	d, err := f.Discussion(r.Context(), number)
	if err != nil {
		return nil, err
	}
	list, err := f.PullRequests(r.Context())
	if err != nil {
		return nil, err
	}
	people := []person{}
	offer := func(who forge.Person) {
		known := func(other person) bool { return who.Is(forge.Person{Login: other.Login, Name: other.Name}) }
		if who.Key() == "" || who.Login == "ghost" || strings.HasSuffix(who.Login, "[bot]") || who.Is(p.Author) || who.Is(info.Person) ||
			slices.ContainsFunc(people, known) || slices.ContainsFunc(d.Asked, who.Is) || len(people) >= maxPeople {
			return
		}
		people = append(people, named(who))
	}
	for _, t := range d.Threads {
		for _, c := range t.Comments {
			offer(c.Author)
		}
	}
	for _, c := range d.Comments {
		offer(c.Author)
	}
	for _, v := range d.Verdicts {
		offer(v.Author)
	}
	for _, other := range list {
		offer(other.Author)
	}
	slices.SortFunc(people, func(a, b person) int {
		return cmp.Compare(strings.ToLower(cmp.Or(a.Name, a.Login)), strings.ToLower(cmp.Or(b.Name, b.Login)))
	})
	return people, nil
}
