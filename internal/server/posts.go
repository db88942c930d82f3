package server

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"galley/internal/datacheck"
	"galley/internal/forge"
	"galley/internal/post"
	"galley/internal/site"
)

type postList struct {
	Branch string      `json:"branch"`
	Commit string      `json:"commit"`
	Posts  []postEntry `json:"posts"`
	// Texts are the site's other texts, group by group.
	Texts []postEntry `json:"texts"`
	// Unread is how many of them are to be read still for their titles, tags and
	// authors, which the next answer tells.
	Unread int `json:"unread"`
}

type postEntry struct {
	Path string `json:"path"`
	// Group is what a text that is no post is: a page, a draft, a data file
	// ("data"), or the collection that it belongs to.
	Group string `json:"group,omitempty"`
	Blob  string `json:"blob"`
	Date  string `json:"date"`
	Slug  string `json:"slug"`
	Title string `json:"title"`
	Pulls []int  `json:"pulls"`
	// Tags are its tags and categories, Authors whom its front matter names, and
	// Hidden says that it is not published. All are left out where nobody knows.
	Tags    []string `json:"tags,omitempty"`
	Authors []string `json:"authors,omitempty"`
	Hidden  bool     `json:"hidden,omitempty"`
	size    int
	bare    bool // no front matter
}

// getPosts answers GET /api/posts: those of a branch, or, when none is named, of
// the one where work goes on. It costs a forge that is far away two requests,
// however many posts there are, and a few more where that branch is looked for.
func (s *Server) getPosts(r *http.Request) (any, error) {
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	branch := r.URL.Query().Get("branch")
	if branch == "" {
		branch, err = s.currentBranch(r.Context(), f)
	} else {
		err = forge.CheckBranch(branch)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Info(r.Context())
	if err != nil {
		return nil, err
	}
	tree, err := f.Tree(r.Context(), branch)
	if err != nil {
		return nil, err
	}
	pulls, err := s.openPulls(r, f)
	if err != nil {
		return nil, err
	}
	config, err := s.configOf(r.Context(), f, tree)
	if err != nil {
		return nil, err
	}
	list := postList{Branch: branch, Commit: tree.Commit, Posts: []postEntry{}, Texts: []postEntry{}}
	var data []postEntry
	for _, e := range tree.Entries {
		group := config.Group(e.Path)
		if !isPost(e.Path) && group != site.PostsGroup {
			if isData(config, e.Path) {
				data = append(data, postEntry{Path: e.Path, Group: dataGroup, Blob: e.Blob, Pulls: pulls.of(e.Path), size: e.Size})
			} else if group != "" {
				list.Texts = append(list.Texts, postEntry{Path: e.Path, Group: group, Blob: e.Blob, Pulls: pulls.of(e.Path), size: e.Size})
			}
			continue
		}
		name, _ := post.ParseName(e.Path)
		list.Posts = append(list.Posts, postEntry{
			Path: e.Path, Blob: e.Blob, Date: day(name), Slug: name.Slug, Pulls: pulls.of(e.Path), size: e.Size,
		})
	}
	slices.SortStableFunc(list.Posts, func(a, b postEntry) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(b.Path, a.Path))
	})
	reads := 0 // a forge that is far away is not asked for titles
	if info.Kind == "local" {
		reads = maxHeadReads
	}
	reads, unread, err := s.fillHeads(r.Context(), f, list.Posts, reads)
	if err != nil {
		return nil, err
	}
	place := map[string]int{}
	for i, group := range config.Groups() {
		place[group] = i
	}
	slices.SortStableFunc(list.Texts, func(a, b postEntry) int {
		return cmp.Or(cmp.Compare(place[a.Group], place[b.Group]), cmp.Compare(a.Path, b.Path))
	})
	_, more, err := s.fillHeads(r.Context(), f, list.Texts, reads)
	if err != nil {
		return nil, err
	}
	if list.Unread = unread + more; info.Kind != "local" {
		list.Unread = 0
	} else if list.Unread > 0 {
		// They are read in the background for the search, too.
		if _, err := s.indexes.of(r.Context(), f, tree, config, 0); err != nil {
			return nil, err
		}
	}
	err = s.dropCopied(r.Context(), f, tree, &list, info.Kind == "local")
	list.Texts = append(list.Texts, data...) // by path, as the tree is
	return list, err
}

// dataGroup is the group of data files. No collection has that name.
const dataGroup = "data"

// groupOf is the group of a text of a site, or of a data file.
func groupOf(c site.Config, p string) string {
	if isData(c, p) {
		return dataGroup
	}
	return c.Group(p)
}

// dropCopied takes out of a list what is known to be copied by the site as it
// is. read allows to read the site for that.
func (s *Server) dropCopied(ctx context.Context, f forge.Forge, tree forge.Tree, list *postList, read bool) error {
	at, known := s.sites.Get(tree.Commit)
	bare := func(e postEntry) bool { return e.bare }
	if !known && read && slices.ContainsFunc(list.Texts, bare) {
		var err error
		if at, err = s.siteOf(ctx, f, tree); err != nil {
			return err
		}
		known = true
	}
	list.Texts = slices.DeleteFunc(list.Texts, func(e postEntry) bool {
		return bare(e) && (!isMarkdown(e.Path) || known && !at.site.IsText(e.Path, nil))
	})
	return nil
}

// day is the date in a post's name, as YYYY-MM-DD.
func day(n post.Name) string {
	year := n.Year
	if year < 100 {
		year += 2000
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, n.Month, n.Day)
}

type postFile struct {
	Path   string `json:"path"`
	Text   string `json:"text"`
	Blob   string `json:"blob"`
	Commit string `json:"commit"`
	Branch string `json:"branch"`
	URL    string `json:"url"`
	// Edition is the branch on which the post's edition is written, whether or
	// not it is there; empty where the site has none.
	Edition string `json:"edition,omitempty"`
}

// getPost answers GET /api/post.
func (s *Server) getPost(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	p := r.URL.Query().Get("path")
	if err := s.readable(r.Context(), f, branch, p); err != nil {
		return nil, err
	}
	file, err := f.Read(r.Context(), branch, p)
	if err != nil {
		return nil, s.notThere(r.Context(), f, branch, p, err)
	}
	return s.postFile(r.Context(), f, branch, file)
}

// postFile describes a post to the editor, with the address that it has in the
// site at the branch.
func (s *Server) postFile(ctx context.Context, f forge.Forge, branch string, file forge.File) (*postFile, error) {
	if err := textProblem(file.Path, file.Data); err != nil {
		return nil, err
	}
	if !datacheck.IsKind(file.Path) {
		s.keepHead(file.Blob, file.Data)
	}
	answer := &postFile{Path: file.Path, Text: string(file.Data), Blob: file.Blob, Commit: file.Commit, Branch: branch}
	at, err := s.siteWith(ctx, f, branch, file)
	if err != nil {
		return nil, err
	}
	if isData(at.site.Config(), file.Path) {
		return answer, nil
	}
	if !isPost(file.Path) && !at.site.IsText(file.Path, file.Data) {
		return nil, refuse(http.StatusUnprocessableEntity, kindUnsupported, "%s has no front matter, so the site copies it as it is, and it is no page to write here.", file.Path)
	}
	answer.Edition = at.site.Config().Edition(file.Path)
	err = s.renders.run(ctx, &at.ending, func() {
		// The shell alone, without a document: the address is all that is wanted.
		answer.URL = at.site.Shell(file.Path, post.Parse(file.Data), site.Page{}.Document).URL
	})
	return answer, err
}

// sentence makes a sentence of an error whose text may be read by anybody.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + strings.TrimSuffix(text[1:], ".") + "."
}
