package server

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"galley/internal/forge"
	"galley/internal/post"
	"galley/internal/site"
)

// maxOpen is how many of the newest editions are looked at to find those that
// are open: each costs a forge that is far away a request.
const maxOpen = 2

// maxMissing is how many of an edition's posts are looked for among those that the
// default branch had once. With more of them missing there it is open.
const maxMissing = 5

// maxWasThere is how many answers of this are remembered.
const maxWasThere = 1000

// edition is a branch on which an edition is written.
type edition struct {
	forge.Branch
	day time.Time
	// open: the edition has a post that was not published.
	open bool
}

// editions finds the editions among branches, newest first.
func editions(c site.Config, branches []forge.Branch) []edition {
	var list []edition
	for _, b := range branches {
		if day, ok := c.EditionDate(b.Name); ok && !b.Default {
			list = append(list, edition{Branch: b, day: day})
		}
	}
	slices.SortStableFunc(list, func(a, b edition) int { return b.day.Compare(a.day) })
	return list
}

// markOpen tells which of the newest editions are open.
func (s *Server) markOpen(ctx context.Context, f forge.Forge, p published, list []edition) error {
	for i := range list[:min(len(list), maxOpen)] {
		tree, err := f.Tree(ctx, list[i].Name)
		if err != nil {
			return err
		}
		if list[i].open, err = s.isOpen(ctx, f, p, list[i].Name, tree); err != nil {
			return err
		}
	}
	return nil
}

// isOpen tells whether an edition has a post that was not published, or has none
// yet. What is published may be mended afterwards, on either branch, without
// opening the edition again; renamed and taken off the default branch, too.
func (s *Server) isOpen(ctx context.Context, f forge.Forge, p published, name string, tree forge.Tree) (bool, error) {
	posts := func(t forge.Tree) map[string]string {
		found := map[string]string{} // their blobs by path
		for _, e := range t.Entries {
			if p.config.Group(e.Path) == site.PostsGroup && p.config.Edition(e.Path) == name {
				found[e.Path] = e.Blob
			}
		}
		return found
	}
	has, there := posts(tree), posts(p.tree)
	missing := slices.DeleteFunc(slices.Sorted(maps.Keys(has)), func(path string) bool { return there[path] != "" })
	if len(missing) > maxMissing {
		return true, nil
	}
	for _, path := range missing {
		was, err := s.wasPublished(ctx, f, p, path, has[path])
		if err != nil || !was {
			return true, err
		}
	}
	return len(has) == 0 && len(there) == 0, nil
}

// wasPublished tells whether the default branch, which has nothing at a path, had this
// very text there. It is asked once for each of its commits: a forge that is far away
// takes a request.
func (s *Server) wasPublished(ctx context.Context, f forge.Forge, p published, path, blob string) (bool, error) {
	key := p.tree.Commit + " " + blob + " " + path
	if was, known := s.wasThere.Get(key); known {
		return was, nil
	}
	was, err := wasAt(ctx, f, p.name, path, blob)
	if err == nil {
		s.wasThere.Put(key, was)
	}
	return was, err
}

// published is the default branch as it is.
type published struct {
	name   string
	tree   forge.Tree
	config site.Config
}

// published reads the default branch, whose settings are the site's.
func (s *Server) published(ctx context.Context, f forge.Forge) (published, error) {
	info, err := f.Info(ctx)
	if err != nil {
		return published{}, err
	}
	tree, err := f.Tree(ctx, info.DefaultBranch)
	if err != nil {
		return published{}, err
	}
	at, err := s.siteOf(ctx, f, tree)
	if err != nil {
		return published{}, err
	}
	return published{info.DefaultBranch, tree, at.site.Config()}, nil
}

// editionsOf gives the editions among branches, by name.
func (s *Server) editionsOf(ctx context.Context, f forge.Forge, branches []forge.Branch) (map[string]edition, error) {
	p, err := s.published(ctx, f)
	if err != nil || !p.config.HasEditions() {
		return nil, err
	}
	list := editions(p.config, branches)
	if err := s.markOpen(ctx, f, p, list); err != nil {
		return nil, err
	}
	known := make(map[string]edition, len(list))
	for _, e := range list {
		known[e.Name] = e
	}
	return known, nil
}

// currentBranch is where work goes on: the newest open edition, else the
// default branch.
func (s *Server) currentBranch(ctx context.Context, f forge.Forge) (string, error) {
	p, err := s.published(ctx, f)
	if err != nil || !p.config.HasEditions() {
		return p.name, err
	}
	branches, err := f.Branches(ctx)
	if err != nil {
		return "", err
	}
	list := editions(p.config, branches)
	if err := s.markOpen(ctx, f, p, list); err != nil {
		return "", err
	}
	for _, e := range list {
		if e.open {
			return e.Name, nil
		}
	}
	return p.name, nil
}

// checkEdition refuses branches that are no edition's: Galley makes and
// proposes no others.
func (s *Server) checkEdition(ctx context.Context, f forge.Forge, name string) error {
	if err := forge.CheckBranch(name); err != nil {
		return err
	}
	p, err := s.published(ctx, f)
	if err != nil {
		return err
	}
	if _, ok := p.config.EditionDate(name); !ok || name == p.name {
		return refuse(http.StatusBadRequest, kindInvalid, "%s is not the branch of an edition: the site's settings have no such pattern.", name)
	}
	return nil
}

// branchStart is an edition's branch that is to be begun.
type branchStart struct {
	Name string `json:"name"`
	From string `json:"from"`
	// Path and Text are the post that the edition begins with; no path for none.
	Path    string `json:"path"`
	Text    string `json:"text"`
	Title   string `json:"title"` // of its commit
	SignOff bool   `json:"signOff"`
}

// postBranch answers POST /api/branches: it makes the branch of an edition, with
// the edition's file where the request has one, or finds it.
func (s *Server) postBranch(r *http.Request) (any, error) {
	var m branchStart
	if err := readJSON(r, &m); err != nil {
		return nil, err
	}
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	if err := s.checkEdition(r.Context(), f, m.Name); err != nil {
		return nil, err
	}
	if err := forge.CheckBranch(m.From); err != nil {
		return nil, err
	}
	var first *forge.First
	if m.Path != "" {
		first = &forge.First{Path: m.Path, Data: []byte(m.Text), Title: m.Title}
		if first.SignOff, err = s.firstFile(r.Context(), f, m.From, *first, m.SignOff); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), s.cfg.SubmitTime)
	defer cancel()
	b, err := f.StartBranch(ctx, m.Name, m.From, first)
	if err != nil {
		return nil, err
	}
	return struct {
		Branch branch `json:"branch"`
	}{branch{Name: b.Name, Head: b.Head, Default: b.Default}}, nil
}

// firstFile refuses what may not be the post that an edition begins with, and tells
// whether its commit is signed off.
func (s *Server) firstFile(ctx context.Context, f forge.Forge, from string, first forge.First, wish bool) (bool, error) {
	if err := s.writable(ctx, f, from, first.Path, string(first.Data), false); err != nil {
		return false, err
	}
	at, err := s.siteAt(ctx, f, from)
	if err != nil {
		return false, err
	}
	if at.site.Config().Group(first.Path) != site.PostsGroup {
		return false, refuse(http.StatusBadRequest, kindInvalid, "%s is no post of this site, and an edition begins with one. Begin the edition from the list of posts.", first.Path)
	}
	if len(first.Data) > maxPost {
		return false, refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "The post is too large: at most %d MB can be submitted.", maxPost>>20)
	}
	tree, err := f.Tree(ctx, from)
	if err != nil {
		return false, err
	}
	if err := forge.CheckNew(tree.Entries, first.Path); err != nil {
		return false, err
	}
	return s.signsOff(ctx, f, wish)
}

// postPull answers POST /api/pulls: it proposes an edition's branch as it is.
func (s *Server) postPull(r *http.Request) (any, error) {
	var m struct {
		Branch  string `json:"branch"`
		Base    string `json:"base"`
		Title   string `json:"title"`
		Message string `json:"message"`
	}
	if err := readJSON(r, &m); err != nil {
		return nil, err
	}
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	if err := s.checkEdition(r.Context(), f, m.Branch); err != nil {
		return nil, err
	}
	message, err := forge.NewMessage(m.Title, m.Message)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), s.cfg.SubmitTime)
	defer cancel()
	p, err := f.Propose(ctx, m.Branch, m.Base, message)
	if err != nil {
		return nil, err
	}
	return struct {
		Pull pull `json:"pull"`
	}{newPull(p)}, nil
}

// signsOff tells whether a commit is signed off, by the settings of the default
// branch and, where these ask, by the person's wish.
func (s *Server) signsOff(ctx context.Context, f forge.Forge, wish bool) (bool, error) {
	p, err := s.published(ctx, f)
	if err != nil {
		return false, err
	}
	switch p.config.SignOff {
	case site.SignOffAlways:
		return true, nil
	case site.SignOffAsk:
		return wish, nil
	}
	return false, nil
}

// isAbout tells whether a pull request is about a post: it changes it, or, where
// the forge does not tell what it changes, it is for the branch of the post's
// edition.
func (s *Server) isAbout(c site.Config, p forge.PullRequest, file string) bool {
	return s.changes(p, file) || p.Paths == nil && branchKey(p.Branch) == "" && p.Base != "" && p.Base == c.Edition(file)
}

// nextEdition is the day of the next edition that has neither a post on the
// default branch nor a branch of its own; empty where there is no rule for it.
func (s *Server) nextEdition(ctx context.Context, f forge.Forge, c site.Config) (string, error) {
	rule, ok := c.EditionRule()
	if !ok {
		return "", nil
	}
	tree, err := s.trees.of(ctx, f, "")
	if err != nil {
		return "", err
	}
	begun := map[string]bool{}
	for _, e := range tree.Entries {
		if name, ok := post.ParseName(e.Path); ok && c.Group(e.Path) == site.PostsGroup {
			begun[fmt.Sprintf("%04d-%02d-%02d", name.Year, name.Month, name.Day)] = true
		}
	}
	if c.HasEditions() {
		branches, err := f.Branches(ctx)
		if err != nil {
			return "", err
		}
		for _, e := range editions(c, branches) {
			begun[e.day.Format(time.DateOnly)] = true
		}
	}
	day, ok := rule.Next(s.cfg.Clock().In(c.Location), func(day time.Time) bool { return begun[day.Format(time.DateOnly)] })
	if !ok {
		return "", nil
	}
	return day.Format(time.DateOnly), nil
}
