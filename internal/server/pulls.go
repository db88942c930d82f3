package server

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"galley/internal/forge"
)

type pull struct {
	Number  int      `json:"number"`
	Title   string   `json:"title"`
	Body    string   `json:"body"`
	State   string   `json:"state"`
	Base    string   `json:"base"`
	Branch  string   `json:"branch"`
	Author  person   `json:"author"`
	URL     string   `json:"url"`
	Updated string   `json:"updated"`
	Paths   []string `json:"paths"`
}

func newPull(p forge.PullRequest) pull {
	return pull{
		Number: p.Number, Title: p.Title, Body: p.Body, State: string(p.State), Base: p.Base, Branch: p.Branch,
		Author: person{Login: p.Author.Login, Name: p.Author.Name}, URL: p.URL,
		Updated: p.Updated.UTC().Format(time.RFC3339), Paths: p.Paths,
	}
}

// getPulls answers GET /api/pulls.
func (s *Server) getPulls(r *http.Request) (any, error) {
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	list, err := f.PullRequests(r.Context())
	if err != nil {
		return nil, err
	}
	path := r.URL.Query().Get("path")
	out := []pull{}
	for _, p := range list {
		if path == "" || slices.Contains(p.Paths, path) {
			out = append(out, newPull(p))
		}
	}
	return out, nil
}

// pullsByPath gives the numbers of the open pull requests that change a file.
// Where a forge cannot tell, the list of posts is better without them than not
// there at all.
func (s *Server) pullsByPath(r *http.Request, f forge.Forge) (map[string][]int, error) {
	list, err := f.PullRequests(r.Context())
	if err != nil {
		if r.Context().Err() != nil {
			return nil, err
		}
		s.tell(r, err)
		return nil, nil
	}
	byPath := map[string][]int{}
	for _, p := range list {
		if p.State != forge.Open {
			continue
		}
		for _, path := range p.Paths {
			byPath[path] = append(byPath[path], p.Number)
		}
	}
	return byPath, nil
}

type change struct {
	Path string  `json:"path"`
	Old  *string `json:"old"`
	New  *string `json:"new"`
}

// getPull answers GET /api/pulls/N.
func (s *Server) getPull(r *http.Request) (any, error) {
	f, number, err := s.pullNumber(r)
	if err != nil {
		return nil, err
	}
	p, err := f.PullRequest(r.Context(), number)
	if err != nil {
		return nil, err
	}
	changes, err := f.Diff(r.Context(), number)
	if err != nil {
		return nil, err
	}
	files := make([]change, 0, len(changes))
	for _, c := range changes {
		files = append(files, change{c.Path, text(c.Old), text(c.New)})
	}
	return struct {
		Pull  pull     `json:"pull"`
		Files []change `json:"files"`
	}{newPull(p), files}, nil
}

// text is a file's text, or nil for one that is not there, binary or too large
// to be looked at.
func text(data []byte) *string {
	if data == nil || len(data) > maxPost || !utf8.Valid(data) || slices.Contains(data, 0) {
		return nil
	}
	s := string(data)
	return &s
}

// merge answers POST /api/pulls/N/merge. Once begun it is finished, whether
// somebody still waits for the answer or not.
func (s *Server) merge(r *http.Request) (any, error) {
	if err := readJSON(r, &struct{}{}); err != nil {
		return nil, err
	}
	f, number, err := s.pullNumber(r)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), s.cfg.SubmitTime)
	defer cancel()
	p, err := f.Merge(ctx, number)
	if err != nil {
		return nil, err
	}
	return struct {
		Pull pull `json:"pull"`
	}{newPull(p)}, nil
}

func (s *Server) pullNumber(r *http.Request) (forge.Forge, int, error) {
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil || number <= 0 {
		return nil, 0, refuse(http.StatusNotFound, kindNotFound, "There is no pull request of this number.")
	}
	f, err := s.forge(r)
	return f, number, err
}
