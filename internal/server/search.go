package server

import (
	"net/http"
	"time"
	"unicode/utf8"

	"galley/internal/forge"
	"galley/internal/postindex"
)

// searchResult is what GET /api/search answers.
type searchResult struct {
	Branch string      `json:"branch"`
	Hits   []searchHit `json:"hits"`
	// Posts is how many posts were found, Searched in how many, and Unread how many
	// were not looked at: they are read later, or too many.
	Posts    int `json:"posts"`
	Searched int `json:"searched"`
	Unread   int `json:"unread"`
	// Pending: the posts are still being read.
	Pending bool `json:"pending,omitempty"`
}

type searchHit struct {
	Path string `json:"path"`
	Date string `json:"date"`
	// Title is in pieces: what is not marked and what is, by turns.
	Title []string     `json:"title"`
	Lines []searchLine `json:"lines"`
	More  int          `json:"more"`
}

type searchLine struct {
	Line   int      `json:"line"` // from 1, in the file
	Pieces []string `json:"pieces"`
}

const (
	maxSearch = 400 // bytes
	maxHits   = 50
	// searchWait is how long a search waits for posts that are being read.
	searchWait = 4 * time.Second
)

// searched is the branch that a request asks about and the index of its posts; a nil
// one where they are being read for the first time.
func (s *Server) searched(r *http.Request) (branch string, index *postIndex, err error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return "", nil, err
	}
	if err := forge.CheckBranch(branch); err != nil {
		return "", nil, err
	}
	tree, err := s.trees.of(r.Context(), f, branch)
	if err != nil {
		return "", nil, err
	}
	config, err := s.configOf(r.Context(), f, tree)
	if err != nil {
		return "", nil, err
	}
	index, err = s.indexes.of(r.Context(), f, tree, config, searchWait)
	return branch, index, err
}

// search answers GET /api/search: the posts of a branch with all the words of q.
func (s *Server) search(r *http.Request) (any, error) {
	query := r.URL.Query().Get("q")
	if len(query) > maxSearch || !utf8.ValidString(query) {
		return nil, refuse(http.StatusBadRequest, kindInvalid, "That is too much to search for. Use fewer words.")
	}
	branch, index, err := s.searched(r)
	if err != nil {
		return nil, err
	}
	answer := searchResult{Branch: branch, Hits: []searchHit{}}
	if index == nil {
		answer.Pending = true
		return answer, nil
	}
	found := index.Search(query, maxHits)
	answer.Posts, answer.Searched, answer.Unread = found.Posts, found.Searched, index.unread
	for _, h := range found.Hits {
		hit := searchHit{Path: h.Path, Title: postindex.Pieces(h.Title, h.Marks), Lines: []searchLine{}, More: h.More}
		if !h.Day.IsZero() {
			hit.Date = h.Day.Format(time.DateOnly)
		}
		for _, l := range h.Lines {
			hit.Lines = append(hit.Lines, searchLine{Line: l.Number, Pieces: cutPieces(l)})
		}
		answer.Hits = append(answer.Hits, hit)
	}
	return answer, nil
}

// cutPieces are a line's pieces, with signs for what was cut off.
func cutPieces(l postindex.Line) []string {
	pieces := postindex.Pieces(l.Text, l.Marks)
	if l.Cut[0] {
		pieces[0] = "…" + pieces[0]
	}
	if l.Cut[1] {
		pieces[len(pieces)-1] += "…"
	}
	return pieces
}
