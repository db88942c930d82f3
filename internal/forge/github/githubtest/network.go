package githubtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// network knows which repositories are forks of which, and does for them what
// GitHub does and the emulator does not:
//
//   - a fork begins with its parent's branches; the emulator's begins with a
//     commit of its own;
//   - asking for a fork again gives the one there is, whatever it is called now;
//     the emulator refuses;
//   - what one repository of a network has, all of them have by its id.
//
// Repositories are known by the emulator's number for them, which a new name
// does not change.
type network struct {
	parent   map[int]int  // of each fork
	isolated map[int]bool // forks that do not share their parent's new commits
	have     map[string]bool
}

// repository is what the emulator says of one.
type repository struct {
	ID            int
	Name          string
	FullName      string `json:"full_name"`
	DefaultBranch string `json:"default_branch"`
	Owner         struct{ Login, Type string }
}

// path is the repository's address.
func (r *repository) path() string { return "/repos/" + r.FullName }

// named finds a repository by "owner/name" or by its number; nil for none.
func (g *GitHub) named(t *testing.T, name string) *repository {
	return g.repository(t, "/repos/"+name)
}

func (g *GitHub) numbered(t *testing.T, id int) *repository {
	return g.repository(t, fmt.Sprintf("/repositories/%d", id))
}

func (g *GitHub) repository(t *testing.T, path string) *repository {
	t.Helper()
	var r repository
	if status, _ := g.call(t, TokenBen, http.MethodGet, path, nil, &r); status != http.StatusOK {
		return nil
	}
	return &r
}

// tokenOf gives the token of somebody who may do anything in a repository.
func tokenOf(owner string) string {
	switch strings.ToLower(owner) {
	case "ana":
		return TokenAna
	case "cam":
		return TokenCam
	default:
		return TokenBen
	}
}

// as asks the emulator as somebody who may do anything in the repository.
func (g *GitHub) as(t *testing.T, r *repository, method, path string, body, answer any) (int, string) {
	t.Helper()
	return g.call(t, tokenOf(r.Owner.Login), method, r.path()+path, body, answer)
}

// siblings are the repositories that a repository shares its objects with.
func (p *proxy) siblings(r *repository) []*repository {
	p.mu.Lock()
	root := r.ID
	if parent, ok := p.forks.parent[root]; ok {
		root = parent
	}
	ids := []int{}
	if root != r.ID {
		ids = append(ids, root)
	}
	for fork, parent := range p.forks.parent {
		if parent == root && fork != r.ID {
			ids = append(ids, fork)
		}
	}
	p.mu.Unlock()
	var list []*repository
	for _, id := range ids {
		if other := p.github.numbered(p.t, id); other != nil {
			list = append(list, other)
		}
	}
	return list
}

var (
	objectID   = regexp.MustCompile(`\b[0-9a-f]{40}\b`)
	gitRequest = regexp.MustCompile(`/git/(commits|trees|blobs|refs)\b|/compare/|/commits\b`)
	forksPath  = regexp.MustCompile(`^/repos/([^/]+/[^/]+)/forks$`)
	syncPath   = regexp.MustCompile(`^/repos/([^/]+/[^/]+)/merge-upstream$`)
	repoPath   = regexp.MustCompile(`^/repos/([^/]+/[^/]+)(/.*)?$`)
)

// fork answers POST /repos/O/N/forks.
func (p *proxy) fork(r *http.Request, name string, body []byte) *httptest.ResponseRecorder {
	parent := p.github.named(p.t, name)
	if parent == nil {
		return refusal(http.StatusNotFound, "Not Found")
	}
	if p.github.has("no forks", name) {
		return refusal(http.StatusForbidden, "The repository exists, but forking is disabled.")
	}
	var want map[string]any
	json.Unmarshal(body, &want)
	if want == nil {
		want = map[string]any{}
	}
	login := p.login(r)
	for _, other := range p.siblings(parent) {
		if strings.EqualFold(other.Owner.Login, login) {
			return p.accepted(other)
		}
	}
	for n := 1; p.github.named(p.t, login+"/"+forkName(parent.Name, n)) != nil; n++ {
		want["name"] = forkName(parent.Name, n+1)
	}
	var fork repository
	status, text := p.github.call(p.t, bearer(r), http.MethodPost, "/repos/"+name+"/forks", want, &fork)
	if status != http.StatusAccepted {
		return refusal(status, text)
	}
	p.mu.Lock()
	p.forks.parent[fork.ID] = parent.ID
	p.mu.Unlock()
	var branches []struct {
		Name   string
		Commit struct{ SHA string }
	}
	p.github.as(p.t, parent, http.MethodGet, "/branches?per_page=100", nil, &branches)
	for _, b := range branches {
		if want["default_branch_only"] == true && b.Name != parent.DefaultBranch {
			continue
		}
		p.copyCommit(parent, &fork, b.Commit.SHA)
		if b.Name == fork.DefaultBranch { // the emulator put a commit of its own there
			p.github.as(p.t, &fork, http.MethodPatch, "/git/refs/heads/"+escape(b.Name), map[string]any{"sha": b.Commit.SHA, "force": true}, nil)
		} else {
			p.github.as(p.t, &fork, http.MethodPost, "/git/refs", map[string]any{"ref": "refs/heads/" + b.Name, "sha": b.Commit.SHA}, nil)
		}
	}
	return p.accepted(&fork)
}

func forkName(name string, n int) string {
	if n == 1 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, n-1)
}

// accepted is GitHub's answer that a fork is on its way.
func (p *proxy) accepted(fork *repository) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(http.StatusAccepted)
	var whole map[string]any
	p.github.as(p.t, fork, http.MethodGet, "", nil, &whole)
	p.describe(whole, fork.Owner.Login)
	json.NewEncoder(w).Encode(whole)
	return w
}

// describe adds to a repository what the emulator leaves out: where it was
// forked from, and what the person may do there.
func (p *proxy) describe(repo map[string]any, login string) {
	name := fmt.Sprint(repo["full_name"])
	id, _ := repo["id"].(float64)
	p.mu.Lock()
	parent, forked := p.forks.parent[int(id)]
	p.mu.Unlock()
	if forked {
		var whole map[string]any
		p.github.call(p.t, TokenBen, http.MethodGet, fmt.Sprintf("/repositories/%d", parent), nil, &whole)
		repo["parent"], repo["source"] = whole, whole
	}
	push := p.mayPush(login, name)
	repo["permissions"] = map[string]any{"admin": false, "maintain": false, "push": push, "triage": push, "pull": true}
	repo["archived"] = p.github.has("archived", name)
}

// sync answers POST /repos/O/N/merge-upstream.
func (p *proxy) sync(name string, body []byte) *httptest.ResponseRecorder {
	var want struct{ Branch string }
	json.Unmarshal(body, &want)
	fork := p.github.named(p.t, name)
	if fork == nil {
		return refusal(http.StatusNotFound, "Not Found")
	}
	p.mu.Lock()
	id := p.forks.parent[fork.ID]
	delete(p.forks.isolated, fork.ID)
	p.mu.Unlock()
	parent := p.github.numbered(p.t, id)
	if parent == nil || p.head(fork.path(), want.Branch) == "" {
		return refusal(http.StatusUnprocessableEntity, "The branch "+want.Branch+" does not exist")
	}
	head := p.head(parent.path(), want.Branch)
	p.copyCommit(parent, fork, head)
	status, text := p.github.as(p.t, fork, http.MethodPatch, "/git/refs/heads/"+escape(want.Branch), map[string]any{"sha": head, "force": false}, nil)
	if status != http.StatusOK {
		return refusal(http.StatusConflict, text)
	}
	return refusal(http.StatusOK, "Successfully fetched and fast-forwarded from upstream")
}
