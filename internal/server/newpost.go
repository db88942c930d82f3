package server

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"path"
	"time"

	"galley/internal/carry"
	"galley/internal/forge"
	"galley/internal/postindex"
	"galley/internal/site"
)

// newPost is a post that is not there yet.
type newPost struct {
	Path string `json:"path"`
	Text string `json:"text"`
	// Branch is where it is to be written.
	Branch string `json:"branch"`
	// Exists: the branch is there. Otherwise it is to be made from From.
	Exists bool   `json:"exists"`
	From   string `json:"from"`
	// Taken: the branch has a file of that path already. Where it is spelled
	// otherwise, in small letters or with composed ones, Path is that file's.
	Taken bool `json:"taken"`
	// Carried are the sections that the text takes along from an earlier edition,
	// the file CarriedFrom.
	Carried     []carried `json:"carried,omitempty"`
	CarriedFrom string    `json:"carriedFrom,omitempty"`
}

// carried is a section that is taken along: how many of its items, and how many have
// passed and are not.
type carried struct {
	Name   string `json:"name"`
	Kept   int    `json:"kept"`
	Passed int    `json:"passed"`
}

// getNew answers GET /api/new: a post for the branch that is named, or, when
// none is, for its edition's, or the default one where the site has no editions.
func (s *Server) getNew(r *http.Request) (any, error) {
	f, main, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	if err := forge.CheckBranch(main); err != nil { // nothing new is written to a fork's
		return nil, err
	}
	tree, err := f.Tree(r.Context(), main)
	if err != nil {
		return nil, err
	}
	n, err := s.newPost(r, f, tree)
	if err != nil {
		return nil, err
	}
	n.Branch, n.From, n.Exists = main, main, true
	at, err := s.siteOf(r.Context(), f, tree)
	if err != nil {
		return nil, err
	}
	if name := at.site.Config().Edition(n.Path); r.URL.Query().Get("branch") == "" && name != "" && forge.CheckBranch(name) == nil {
		n.Branch = name
		there, err := f.Tree(r.Context(), name)
		switch {
		case err == nil:
			// It may have a template of its own.
			if n, err = s.newPost(r, f, there); err != nil {
				return nil, err
			}
			n.Branch, n.From, n.Exists, tree = name, main, true, there
		case errors.Is(err, forge.ErrNotFound):
			n.Exists = false
		default:
			return nil, err
		}
	}
	if _, n.Taken = find(tree, n.Path); n.Taken {
		return n, nil
	}
	if there := forge.Clash(tree.Entries, n.Path); there != "" && forge.Fold(there) == forge.Fold(n.Path) {
		n.Path, n.Taken = there, true
		return n, nil
	}
	if err := forge.CheckPath(n.Path); err != nil {
		return n, err
	}
	return n, forge.CheckNew(tree.Entries, n.Path)
}

// newPost makes the post that a request describes from a tree's template.
func (s *Server) newPost(r *http.Request, f forge.Forge, tree forge.Tree) (newPost, error) {
	at, err := s.siteOf(r.Context(), f, tree)
	if err != nil {
		return newPost{}, err
	}
	q := r.URL.Query()
	n := site.NewPost{Title: q.Get("title"), Slug: q.Get("slug"), Date: s.cfg.Clock()}
	if len(n.Title) > 500 || len(n.Slug) > 200 {
		return newPost{}, refuse(http.StatusBadRequest, kindInvalid, "The title or the slug is too long.")
	}
	zone := at.site.Config().Location
	if text := q.Get("date"); text != "" {
		date, err := time.ParseInLocation(time.DateOnly, text, zone)
		if err != nil {
			return newPost{}, refuse(http.StatusBadRequest, kindInvalid, "%q is not a date; write it as 2026-08-16.", text)
		}
		// The time of day is now's, as it is for a post without a date.
		now := n.Date.In(zone)
		n.Date = time.Date(date.Year(), date.Month(), date.Day(), now.Hour(), now.Minute(), now.Second(), 0, zone)
	}
	if rule, ok := at.site.Config().EditionRule(); ok && rule.On(n.Date.In(zone)) {
		n.Date = rule.At(n.Date.In(zone)) // of an edition the settings say it
	}
	p, src, err := at.site.NewPost(n)
	if errors.Is(err, site.ErrNewPost) {
		return newPost{}, &refusal{cause: err, problem: problem{Kind: kindInvalid, status: http.StatusBadRequest, Sentence: sentence(err)}}
	}
	if err != nil {
		return newPost{}, err
	}
	made := newPost{Path: path.Clean(p), Text: string(src)}
	return made, s.carry(r.Context(), f, tree, at.site.Config(), &made)
}

// postsIn are the paths of a tree's posts, but of those that are too large to be read.
func postsIn(tree forge.Tree, c site.Config) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range tree.Entries {
			if e.Size <= maxPost && c.Group(e.Path) == site.PostsGroup && !yield(e.Path) {
				return
			}
		}
	}
}

// carry has the post of an edition take along what the settings name.
func (s *Server) carry(ctx context.Context, f forge.Forge, tree forge.Tree, c site.Config, n *newPost) error {
	names, _ := carry.Names(c.Galley)
	rule, ok := c.EditionRule()
	day, named := postindex.Day(n.Path)
	if len(names) == 0 || !ok || !named || !rule.On(day) {
		return nil
	}
	last, ok := find(tree, carry.Last(n.Path, postsIn(tree, c), rule.On))
	if !ok {
		return nil
	}
	src, err := f.Blob(ctx, last.Blob)
	if err != nil {
		return err
	}
	var text []byte
	var told []carry.Section
	if err := s.renders.run(ctx, &ending{}, func() { text, told = carry.Over(src, []byte(n.Text), names, day) }); err != nil {
		return err
	}
	if len(told) > 0 {
		n.Text, n.CarriedFrom = string(text), last.Path
	}
	for _, t := range told {
		n.Carried = append(n.Carried, carried(t))
	}
	return nil
}
