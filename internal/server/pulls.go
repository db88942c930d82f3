package server

import (
	"context"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"galley/internal/forge"
)

type pull struct {
	Number  int    `json:"number"`
	Title   string `json:"title"`
	Body    string `json:"body"`
	State   string `json:"state"`
	Base    string `json:"base"`
	Branch  string `json:"branch"`
	Head    string `json:"head"`
	Author  person `json:"author"`
	URL     string `json:"url"`
	Updated string `json:"updated"`
	// Merge is the commit by which it was merged; empty where that is not known.
	Merge string   `json:"merge"`
	Paths []string `json:"paths"`
	// Writing are the sections that its author has taken.
	Writing []string `json:"writing"`
	// The rest is told where one pull request was asked for.
	Checks    string `json:"checks"`
	Review    string `json:"review"`
	CanPush   bool   `json:"canPush"`
	Mergeable string `json:"mergeable"`
	Preview   string `json:"preview"`
}

func newPull(p forge.PullRequest) pull {
	return pull{
		Number: p.Number, Title: p.Title, Body: p.Body, State: string(p.State), Base: p.Base, Branch: p.Branch, Head: p.Head,
		Author: person{Login: p.Author.Login, Name: p.Author.Name}, URL: p.URL,
		Updated: p.Updated.UTC().Format(time.RFC3339), Merge: p.Merge, Paths: p.Paths, Writing: forge.Writing(p.Body),
		Checks: string(p.Checks), Review: string(p.Review), CanPush: p.CanPush, Mergeable: string(p.Mergeable), Preview: p.Preview,
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
	file := r.URL.Query().Get("path")
	var main published
	if file != "" {
		if main, err = s.published(r.Context(), f); err != nil {
			return nil, err
		}
	}
	out := []pull{}
	for _, p := range list {
		if file == "" || s.isAbout(main.config, p, file) {
			out = append(out, newPull(p))
		}
	}
	return out, nil
}

// galleyBranch matches the branches that forge.BranchName and forge.NextBranch
// name, in any fork; the last part is made of the file's name.
var galleyBranch = regexp.MustCompile(`^(?:[^:]+:)?galley/[^/]+/([^/.]+)(?:\.\d+)?$`)

// fileKey is the last part of the branch on which Galley works on a file.
func (s *Server) fileKey(file string) string {
	return path.Base(forge.BranchName(forge.Person{Login: "x"}, path.Join(s.cfg.Folder, file)))
}

// branchKey is the last part of a branch of Galley's; empty for others.
func branchKey(branch string) string {
	if m := galleyBranch.FindStringSubmatch(branch); m != nil {
		return m[1]
	}
	return ""
}

// changes tells whether a pull request changes a file. Where the forge does
// not tell, the branch does, if Galley made it.
func (s *Server) changes(p forge.PullRequest, file string) bool {
	if p.Paths != nil {
		return slices.Contains(p.Paths, file)
	}
	return branchKey(p.Branch) == s.fileKey(file)
}

// openPulls are the open pull requests, to be found by the files they change.
type openPulls struct {
	byPath map[string][]int
	byKey  map[string][]int // of those whose files the forge does not tell
	key    func(file string) string
}

// of gives the numbers of those that change a file.
func (o openPulls) of(file string) []int {
	numbers := slices.Clone(o.byPath[file])
	if len(o.byKey) > 0 {
		numbers = append(numbers, o.byKey[o.key(file)]...)
	}
	if numbers == nil {
		return []int{} // in JSON a list, too
	}
	return numbers
}

// openPulls asks for the open pull requests. Where they cannot be had, the
// list of posts is better without them than not there at all.
func (s *Server) openPulls(r *http.Request, f forge.Forge) (openPulls, error) {
	o := openPulls{map[string][]int{}, map[string][]int{}, s.fileKey}
	list, err := f.PullRequests(r.Context())
	if err != nil {
		if r.Context().Err() != nil {
			return o, err
		}
		s.tell(r, err)
	}
	for _, p := range list {
		if p.State != forge.Open {
			continue
		}
		if key := branchKey(p.Branch); p.Paths == nil && key != "" {
			o.byKey[key] = append(o.byKey[key], p.Number)
		}
		for _, file := range p.Paths {
			o.byPath[file] = append(o.byPath[file], p.Number)
		}
	}
	return o, nil
}

type change struct {
	Path string  `json:"path"`
	Old  *string `json:"old"`
	New  *string `json:"new"`
	// OldBlob and Blob are the ids of the sides' bytes; empty where there are none.
	OldBlob string `json:"oldBlob"`
	Blob    string `json:"blob"`
	// Own: submitting the file again updates this pull request.
	Own bool `json:"own"`
	// Text: it is one of the site's texts, which are written here.
	Text bool `json:"text"`
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
	config, err := s.configAt(r.Context(), f, p.Base)
	if err != nil {
		return nil, err
	}
	left, files := readBudget{maxRead}, 0
	changes, err := f.Diff(r.Context(), number, func(path string, size int) bool {
		if files == maxReadFiles && !isText(config, path) || size > maxPost || !left.take(size) {
			return false
		}
		files = min(files+1, maxReadFiles)
		return true
	})
	if err != nil {
		return nil, err
	}
	info, err := f.Info(r.Context())
	if err != nil {
		return nil, err
	}
	list := make([]change, 0, len(changes))
	for _, c := range changes {
		list = append(list, change{
			Path: c.Path, Old: text(c.Old), New: text(c.New), OldBlob: c.OldBlob, Blob: c.NewBlob,
			Own: forge.OwnBranch(info.Person, path.Join(s.cfg.Folder, c.Path), p.Branch), Text: isText(config, c.Path),
		})
	}
	return struct {
		Pull  pull     `json:"pull"`
		Files []change `json:"files"`
	}{newPull(p), list}, nil
}

// Of a pull request so much is read to be shown: bytes of both sides, and files, those
// behind them only where they are texts of the site. Of the rest is told that it is
// changed.
const (
	maxRead      = 32 << 20
	maxReadFiles = 200
)

// readBudget is how many bytes of a pull request are read yet.
type readBudget struct{ bytes int }

// take tells whether both sides of a file are read, of which the larger one has so
// many bytes.
func (r *readBudget) take(size int) bool {
	if 2*size > r.bytes {
		return false
	}
	r.bytes -= 2 * size
	return true
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

// merge answers POST /api/pulls/N/merge, with the head that was looked at. Once begun it is finished, whether
// somebody still waits for the answer or not.
func (s *Server) merge(r *http.Request) (any, error) {
	var m struct {
		Head string `json:"head"`
	}
	if err := readJSON(r, &m); err != nil {
		return nil, err
	}
	if !forge.IsID(m.Head) {
		return nil, refuse(http.StatusBadRequest, kindInvalid, "The request does not say which state of the pull request to merge. Reload the page, look at it, and merge again.")
	}
	f, number, err := s.pullNumber(r)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), s.cfg.SubmitTime)
	defer cancel()
	p, err := f.Merge(ctx, number, m.Head)
	if err != nil {
		return nil, err
	}
	return struct {
		Pull pull `json:"pull"`
	}{newPull(p)}, nil
}

// closePull answers POST /api/pulls/N/close. Once begun it is finished, as a merge is.
func (s *Server) closePull(r *http.Request) (any, error) {
	if err := readJSON(r, &struct{}{}); err != nil {
		return nil, err
	}
	f, number, err := s.pullNumber(r)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), s.cfg.SubmitTime)
	defer cancel()
	p, err := f.Close(ctx, number)
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
