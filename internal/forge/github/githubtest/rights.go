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

// set marks a repository, by its name, as one of a kind.
func (g *GitHub) set(kind, name string, yes bool) {
	g.proxy.mu.Lock()
	defer g.proxy.mu.Unlock()
	g.proxy.marks[kind+" "+strings.ToLower(name)] = yes
}

func (g *GitHub) has(kind, name string) bool {
	g.proxy.mu.Lock()
	defer g.proxy.mu.Unlock()
	return g.proxy.marks[kind+" "+strings.ToLower(name)]
}

// Archive makes a repository read-only, or ends that.
func (r *Repo) Archive(yes bool) { r.github.set("archived", r.Owner+"/"+r.Name, yes) }

// ForbidForks lets nobody fork the repository, or ends that.
func (r *Repo) ForbidForks(yes bool) { r.github.set("no forks", r.Owner+"/"+r.Name, yes) }

// Isolate keeps commits that are new in the parent from a fork until it is
// synchronized.
func (r *Repo) Isolate(t *testing.T) {
	t.Helper()
	repo := r.github.named(t, r.Owner+"/"+r.Name)
	r.github.proxy.mu.Lock()
	defer r.github.proxy.mu.Unlock()
	r.github.proxy.forks.isolated[repo.ID] = true
}

// login is whose token a request has.
func (p *proxy) login(r *http.Request) string {
	switch bearer(r) {
	case TokenAna:
		return "ana"
	case TokenBen:
		return "ben"
	case TokenCam:
		return "cam"
	}
	var user struct{ Login string }
	p.github.call(p.t, bearer(r), http.MethodGet, "/user", nil, &user)
	return user.Login
}

func bearer(r *http.Request) string {
	_, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return token
}

// mayPush tells whether somebody may push to a repository.
func (p *proxy) mayPush(login, name string) bool {
	owner, _, _ := strings.Cut(name, "/")
	if strings.EqualFold(owner, login) {
		return true
	}
	var rights struct{ Permission string }
	status, _ := p.github.call(p.t, tokenOf(owner), http.MethodGet, "/repos/"+name+"/collaborators/"+login+"/permission", nil, &rights)
	return status == http.StatusOK && (rights.Permission == "admin" || rights.Permission == "maintain" || rights.Permission == "push" || rights.Permission == "write")
}

var (
	contentsPath = regexp.MustCompile(`^/contents/`)
	onePull      = regexp.MustCompile(`^/pulls/(\d+)$`)
	anyPush      = regexp.MustCompile(`^/git/|^/contents/|^/merge-upstream$|^/pulls/\d+/merge$`)
)

// rights decides about a writing request: it gives GitHub's refusal, or nil,
// and the token and the body that the emulator is to get instead. GitHub hides
// a repository from the writing requests of those who may not push to it.
// Maintainers may push to the branch of a pull request whose author allows it;
// the emulator knows nothing of that, so that it is asked as the owner, with
// the maintainer as the author.
func (p *proxy) rights(r *http.Request, body []byte) (*httptest.ResponseRecorder, string, []byte) {
	token := bearer(r)
	match := repoPath.FindStringSubmatch(r.URL.Path)
	if r.Method == http.MethodGet || match == nil {
		return nil, token, body
	}
	name, rest := match[1], match[2]
	if p.github.has("archived", name) && rest != "/forks" {
		return refusal(http.StatusForbidden, "Repository was archived so is read-only."), "", nil
	}
	if !anyPush.MatchString(rest) && !onePull.MatchString(rest) {
		return nil, token, body
	}
	login := p.login(r)
	if login == "" || p.mayPush(login, name) { // without a login the emulator says what is wrong
		return nil, token, body
	}
	repo := p.github.named(p.t, name)
	if repo == nil {
		return refusal(http.StatusNotFound, "Not Found"), "", nil
	}
	if pull := onePull.FindStringSubmatch(rest); pull != nil {
		var one struct{ User struct{ Login string } }
		p.github.as(p.t, repo, http.MethodGet, rest, nil, &one)
		if one.User.Login == login {
			return nil, token, body
		}
		return refusal(http.StatusForbidden, "Must have admin rights to Repository."), "", nil
	}
	if !p.maintains(login, repo, rest, r.Method, body) {
		return refusal(http.StatusNotFound, "Not Found"), "", nil
	}
	if contentsPath.MatchString(rest) {
		var members map[string]any
		var user struct{ Name, Email string }
		json.Unmarshal(body, &members)
		p.github.call(p.t, token, http.MethodGet, "/user", nil, &user)
		identity := map[string]any{"name": user.Name, "email": user.Email}
		members["author"], members["committer"] = identity, identity
		body, _ = json.Marshal(members)
	}
	return nil, tokenOf(repo.Owner.Login), body
}

// maintains tells whether somebody may write to a fork because a pull request
// from it lets maintainers do so.
func (p *proxy) maintains(login string, fork *repository, rest, method string, body []byte) bool {
	p.mu.Lock()
	id, forked := p.forks.parent[fork.ID]
	p.mu.Unlock()
	if !forked {
		return false
	}
	parent := p.github.numbered(p.t, id)
	if parent == nil || !p.mayPush(login, parent.FullName) {
		return false
	}
	branch := ""
	switch {
	case contentsPath.MatchString(rest):
		var want struct{ Branch string }
		json.Unmarshal(body, &want)
		branch = want.Branch
	case method == http.MethodPatch:
		branch = strings.TrimPrefix(rest, "/git/refs/heads/")
	default: // blobs, trees and commits are refused with 404, too
		return false
	}
	var pulls []struct {
		Number int
		Head   struct {
			Ref  string
			Repo *repository
		}
	}
	p.github.as(p.t, parent, http.MethodGet, "/pulls?state=open&per_page=100", nil, &pulls)
	for _, pull := range pulls {
		if pull.Head.Repo != nil && pull.Head.Repo.ID == fork.ID && branch == pull.Head.Ref && p.editable(parent.ID, pull.Number) {
			return true
		}
	}
	return false
}

// editable tells whether maintainers may edit a pull request from a fork.
func (p *proxy) editable(repo, number int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.edits[fmt.Sprint(repo, " ", number)]
}
