package githubtest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Repo is one repository, seen from behind the proxy.
type Repo struct {
	Owner  string
	Name   string // without the owner
	github *GitHub
}

// NewRepo makes a repository of Owner with files on its branch main.
func (g *GitHub) NewRepo(t *testing.T, name string, files map[string][]byte) *Repo {
	t.Helper()
	return g.NewRepoOf(t, Owner, name, files)
}

// NewRepoOf makes a repository of Owner or Foreign with files on its branch
// main.
func (g *GitHub) NewRepoOf(t *testing.T, owner, name string, files map[string][]byte) *Repo {
	t.Helper()
	g.Call(t, http.MethodPost, "/orgs/"+owner+"/repos", map[string]any{"name": name, "auto_init": false}, nil)
	r := &Repo{Owner: owner, Name: name, github: g}
	for path, data := range files {
		r.put(t, "main", path, data)
	}
	return r
}

func (r *Repo) path(format string, args ...any) string {
	return "/repos/" + r.Owner + "/" + r.Name + fmt.Sprintf(format, args...)
}

// try asks the emulator itself, as somebody who may do anything there.
func (r *Repo) try(t *testing.T, method, path string, body, answer any) (int, string) {
	t.Helper()
	return r.github.call(t, tokenOf(r.Owner), method, path, body, answer)
}

// call is try, and fails the test on an error.
func (r *Repo) call(t *testing.T, method, path string, body, answer any) {
	t.Helper()
	if status, text := r.try(t, method, path, body, answer); status >= 400 {
		t.Fatalf("%s %s: %d %s", method, path, status, text)
	}
}

func escape(path string) string {
	parts := strings.Split(path, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}

// Commit writes a file on a branch as Ben, or deletes it where data is nil. The
// branch is made from main where it is not there.
func (r *Repo) Commit(t *testing.T, branch, path string, data []byte) {
	t.Helper()
	if r.Head(t, branch) == "" {
		r.call(t, http.MethodPost, r.path("/git/refs"), map[string]any{"ref": "refs/heads/" + branch, "sha": r.Head(t, "main")}, nil)
	}
	if data != nil {
		r.put(t, branch, path, data)
		return
	}
	r.call(t, http.MethodDelete, r.path("/contents/%s", escape(path)), map[string]any{
		"message": "Delete", "sha": r.blob(t, branch, path), "branch": branch,
	}, nil)
}

func (r *Repo) put(t *testing.T, branch, path string, data []byte) {
	t.Helper()
	body := map[string]any{"message": "Somebody's change", "content": base64.StdEncoding.EncodeToString(data), "branch": branch}
	if sha := r.blob(t, branch, path); sha != "" {
		body["sha"] = sha
	}
	r.call(t, http.MethodPut, r.path("/contents/%s", escape(path)), body, nil)
}

// Move renames a file on a branch as Ben and gives it other data, in one
// commit. The emulator knows a rename by data that stay.
func (r *Repo) Move(t *testing.T, branch, from, to string, data []byte) {
	t.Helper()
	head := r.Head(t, branch)
	var old struct{ Tree struct{ SHA string } }
	r.call(t, http.MethodGet, r.path("/git/commits/%s", head), nil, &old)
	var tree, commit struct{ SHA string }
	r.call(t, http.MethodPost, r.path("/git/trees"), map[string]any{"base_tree": old.Tree.SHA, "tree": []map[string]any{
		{"path": from, "mode": "100644", "type": "blob", "sha": nil},
		{"path": to, "mode": "100644", "type": "blob", "content": string(data)},
	}}, &tree)
	r.call(t, http.MethodPost, r.path("/git/commits"), map[string]any{"message": "Somebody's name", "tree": tree.SHA, "parents": []string{head}}, &commit)
	r.call(t, http.MethodPatch, r.path("/git/refs/heads/%s", escape(branch)), map[string]any{"sha": commit.SHA}, nil)
}

// Read gives a file's bytes on a branch.
func (r *Repo) Read(t *testing.T, branch, path string) []byte {
	t.Helper()
	var file struct{ Content string }
	r.call(t, http.MethodGet, r.path("/contents/%s?ref=%s", escape(path), url.QueryEscape(branch)), nil, &file)
	data, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(file.Content, "\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (r *Repo) blob(t *testing.T, branch, path string) string {
	t.Helper()
	var file struct{ SHA string }
	r.try(t, http.MethodGet, r.path("/contents/%s?ref=%s", escape(path), url.QueryEscape(branch)), nil, &file)
	return file.SHA
}

// Head is the commit at a branch's head; "" when there is no branch.
func (r *Repo) Head(t *testing.T, branch string) string {
	t.Helper()
	var ref struct{ Object struct{ SHA string } }
	r.try(t, http.MethodGet, r.path("/git/ref/heads/%s", escape(branch)), nil, &ref)
	return ref.Object.SHA
}

// Commit is a commit as the emulator has it.
type Commit struct {
	SHA    string
	Commit struct {
		Message string
		Author  struct{ Name, Email string }
	}
	Parents []struct{ SHA string }
}

// Log lists a branch's commits, the newest first.
func (r *Repo) Log(t *testing.T, branch string) []Commit {
	t.Helper()
	var list []Commit
	r.call(t, http.MethodGet, r.path("/commits?per_page=100&sha=%s", r.Head(t, branch)), nil, &list)
	return list
}

// Merge merges a pull request as GitHub would. Where it cannot, the test fails.
func (r *Repo) Merge(t *testing.T, number int) {
	t.Helper()
	if refused := r.TryMerge(t, number); refused != "" {
		t.Fatalf("merging pull request %d: %s", number, refused)
	}
}

// TryMerge is Merge, and gives GitHub's refusal; "" for none.
func (r *Repo) TryMerge(t *testing.T, number int) string {
	t.Helper()
	r.github.proxy.writing.Lock()
	defer r.github.proxy.writing.Unlock()
	return r.github.proxy.merge(t, r.github.named(t, r.Owner+"/"+r.Name), tokenOf(r.Owner), number)
}

// NewOwnRepo makes an empty repository of somebody's own.
func (g *GitHub) NewOwnRepo(t *testing.T, token, name string) {
	t.Helper()
	if status, text := g.call(t, token, http.MethodPost, "/user/repos", map[string]any{"name": name, "auto_init": true}, nil); status >= 400 {
		t.Fatalf("making the repository %s: %d %s", name, status, text)
	}
}

// Fork gives somebody's fork, made where it is not there.
func (r *Repo) Fork(t *testing.T, token string) *Repo {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.path("/forks"), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	r.github.proxy.writing.Lock()
	defer r.github.proxy.writing.Unlock()
	var fork repository
	answer := r.github.proxy.fork(request, r.Owner+"/"+r.Name, nil)
	if err := json.Unmarshal(answer.Body.Bytes(), &fork); err != nil || fork.ID == 0 {
		t.Fatalf("forking: %d %s", answer.Code, answer.Body)
	}
	return &Repo{Owner: fork.Owner.Login, Name: fork.Name, github: r.github}
}

// Rename gives the repository another name.
func (r *Repo) Rename(t *testing.T, name string) {
	t.Helper()
	r.call(t, http.MethodPatch, r.path(""), map[string]any{"name": name}, nil)
	r.Name = name
}

// Delete deletes the repository.
func (r *Repo) Delete(t *testing.T) {
	t.Helper()
	r.call(t, http.MethodDelete, r.path(""), nil, nil)
}

// Exists tells whether there is a repository OWNER/NAME.
func (g *GitHub) Exists(t *testing.T, name string) bool {
	t.Helper()
	return g.named(t, name) != nil
}

// Collaborator lets somebody push, or ends that.
func (r *Repo) Collaborator(t *testing.T, login string, yes bool) {
	t.Helper()
	if yes {
		r.call(t, http.MethodPut, r.path("/collaborators/%s", login), map[string]any{"permission": "push"}, nil)
	} else {
		r.call(t, http.MethodDelete, r.path("/collaborators/%s", login), nil, nil)
	}
}

// Close closes a pull request as Ben.
func (r *Repo) Close(t *testing.T, number int) {
	t.Helper()
	r.call(t, http.MethodPatch, r.path("/pulls/%d", number), map[string]any{"state": "closed"}, nil)
}

// Branches counts the branches.
func (r *Repo) Branches(t *testing.T) int {
	t.Helper()
	return len(r.BranchNames(t))
}

// BranchNames lists the branches.
func (r *Repo) BranchNames(t *testing.T) []string {
	t.Helper()
	var list []struct{ Name string }
	r.call(t, http.MethodGet, r.path("/branches?per_page=100"), nil, &list)
	names := []string{}
	for _, b := range list {
		names = append(names, b.Name)
	}
	return names
}

// Pulls counts the pull requests of any state.
func (r *Repo) Pulls(t *testing.T) int {
	t.Helper()
	var list []any
	r.call(t, http.MethodGet, r.path("/pulls?state=all&per_page=100"), nil, &list)
	return len(list)
}

// Branch makes a branch at a commit.
func (r *Repo) Branch(t *testing.T, branch, commit string) {
	t.Helper()
	r.call(t, http.MethodPost, r.path("/git/refs"), map[string]any{"ref": "refs/heads/" + branch, "sha": commit}, nil)
}

// Cross puts a commit with the files of another one and with these parents, of which
// the first is the branch's head, on a branch as Ben.
func (r *Repo) Cross(t *testing.T, branch, files string, parents ...string) {
	t.Helper()
	var like struct{ Tree struct{ SHA string } }
	r.call(t, http.MethodGet, r.path("/git/commits/%s", files), nil, &like)
	var commit struct{ SHA string }
	r.call(t, http.MethodPost, r.path("/git/commits"), map[string]any{"message": "Merge", "tree": like.Tree.SHA, "parents": parents}, &commit)
	r.call(t, http.MethodPatch, r.path("/git/refs/heads/%s", escape(branch)), map[string]any{"sha": commit.SHA}, nil)
}

// SetDefault makes a branch the default one.
func (r *Repo) SetDefault(t *testing.T, branch string) {
	t.Helper()
	r.call(t, http.MethodPatch, r.path(""), map[string]any{"default_branch": branch}, nil)
}

// DeleteBranch deletes a branch as Ben.
func (r *Repo) DeleteBranch(t *testing.T, branch string) {
	t.Helper()
	r.call(t, http.MethodDelete, r.path("/git/refs/heads/%s", escape(branch)), nil, nil)
}
