package server

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"path"
	"strings"

	"galley/internal/forge"
	"galley/internal/post"
	"galley/internal/relocate"
	"galley/internal/site"
)

// move is a text at another place, as it would be submitted.
type move struct {
	// Path and Text are what it would be, and Blob what it is now.
	Path string `json:"path"`
	Text string `json:"text"`
	Blob string `json:"blob"`
	// Day and Slug are as the file's name has them now; Day is empty for what is no
	// post.
	Day  string `json:"day"`
	Slug string `json:"slug"`
	// Published is the address at which the site has it today, empty where it has it
	// nowhere, and Address the one that it would have.
	Published string `json:"published"`
	Address   string `json:"address"`
	// Redirects tells whether the site can lead from the one to the other.
	Redirects bool `json:"redirects"`
	// Taken: the branch has a file of that path already.
	Taken bool `json:"taken"`
	// Shared: the copy would have the address that the copied text has on the branch.
	Shared bool `json:"shared"`
	// Links are texts that name it as it is called now, each as "PATH line N".
	Links []string `json:"links"`
}

// maxMoveLinks is how many texts that name a moved one are told.
const maxMoveLinks = 20

// getMove answers GET /api/move: what becomes of a text by another day, slug or
// group. Nothing is written.
func (s *Server) getMove(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	q, ctx := r.URL.Query(), r.Context()
	p := q.Get("path")
	if len(q.Get("slug")) > 200 {
		return nil, refuse(http.StatusBadRequest, kindInvalid, "The slug is too long.")
	}
	file, err := s.editable(ctx, f, branch, p)
	if err != nil {
		return nil, err
	}
	tree, err := f.Tree(ctx, branch)
	if err != nil {
		return nil, err
	}
	at, err := s.siteOf(ctx, f, tree)
	if err != nil {
		return nil, err
	}
	info, err := f.Info(ctx)
	if err != nil {
		return nil, err
	}
	config := at.site.Config()
	m := move{Blob: file.Blob, Redirects: config.Runs(relocate.RedirectPlugin), Links: []string{}}
	if m.Day, m.Slug = relocate.Named(config, p); config.Group(p) != site.DraftsGroup {
		if m.Published, err = s.addressOn(ctx, f, info.DefaultBranch, p); err != nil {
			return nil, err
		}
	}
	wish := relocate.Wish{Day: q.Get("day"), Slug: q.Get("slug"), Group: q.Get("group"), Copy: q.Get("copy") == "1"}
	if q.Get("redirect") == "1" && m.Redirects {
		wish.Redirect = m.Published
	}
	to, text, err := relocate.Place(config, p, file.Data, wish)
	if errors.Is(err, relocate.Err) {
		return nil, &refusal{cause: err, problem: problem{Kind: kindInvalid, status: http.StatusBadRequest, Sentence: sentence(err)}}
	} else if err != nil {
		return nil, err
	}
	if m.Path, m.Text = to, string(text); to != p {
		rest := tree.Entries
		if !wish.Copy {
			rest = forge.Submission{Changes: []forge.FileChange{{Path: p, Gone: true}}}.Stays(rest)
		}
		if _, m.Taken = find(tree, to); !m.Taken {
			if err := forge.CheckPath(to); err != nil {
				return nil, err
			}
			if err := forge.CheckNew(rest, to); err != nil {
				return nil, err
			}
		}
	}
	if config.Group(to) != site.DraftsGroup {
		if err := s.renders.run(ctx, &at.ending, func() {
			m.Address = at.site.Head(to, post.Parse(text)).Permalink
			m.Shared = wish.Copy && to != p && m.Address != "" && m.Address == at.site.Head(p, post.Parse(file.Data)).Permalink
		}); err != nil {
			return nil, err
		}
	}
	return m, s.linksTo(ctx, f, tree, config, p, &m)
}

// linksTo fills in who names a text by its address or by its file.
func (s *Server) linksTo(ctx context.Context, f forge.Forge, tree forge.Tree, config site.Config, p string, m *move) error {
	index, err := s.indexes.of(ctx, f, tree, config, searchWait)
	if err != nil || index == nil {
		return err
	}
	told := map[string]bool{}
	tell := func(path string, line int) {
		if text := fmt.Sprintf("%s line %d", path, line); path != p && !told[text] && len(m.Links) < maxMoveLinks {
			told[text] = true
			m.Links = append(m.Links, text)
		}
	}
	if m.Published != "" && m.Published != m.Address {
		for _, l := range index.Naming(m.Published) {
			tell(l.Path, l.Line)
		}
	}
	if m.Path == p {
		return nil
	}
	// {% post_url 2026-08-16-update %} and {% link _posts/2026-08-16-update.md %}
	name := strings.TrimSuffix(path.Base(p), path.Ext(p))
	for n, one := range index.Posts() {
		if err := ctx.Err(); err != nil {
			return err
		}
		for line := range linkTags(index.Source(n), name) {
			tell(one.Path, line)
		}
	}
	return nil
}

// linkTags are the lines of a text, from 1, on which a tag begins that links to a post by
// its file's name, or to one whose name has it in it. It looks at each byte a few times.
func linkTags(source, name string) iter.Seq[int] {
	return func(yield func(int) bool) {
		// Before the first tag there is none.
		before, rest, _ := strings.Cut(source, "{%")
		line := 1 + strings.Count(before, "\n")
		for rest := range strings.SplitSeq(rest, "{%") {
			tag, _, _ := strings.Cut(rest, "%}")
			word := strings.TrimLeft(tag, "- ")
			links := (strings.HasPrefix(word, "post_url") || strings.HasPrefix(word, "link")) && strings.Contains(tag, name)
			if links && !yield(line) {
				return
			}
			line += strings.Count(rest, "\n")
		}
	}
}
