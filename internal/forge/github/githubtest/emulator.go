// Package githubtest is GitHub for tests, over real HTTP: the emulate npm
// package as a process of its own, and in front of it a proxy that holds every
// request against GitHub's own OpenAPI description, lets the emulator's answers
// say what GitHub's would (see proxy.go), and breaks them on demand (see
// fault.go).
//
// It is for tests alone, and needs web/node_modules. Where that is missing
// tests are skipped, except under CI=true, where they fail.
package githubtest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Owner is the organization of which Ana and Ben are members, so that they may
// push to its repositories. Foreign is one of which Ana is none.
const (
	Owner   = "harbour"
	Foreign = "lighthouse"
)

// Tokens of the three persons. Cam is a member nowhere.
const (
	TokenAna = "gho_SecretOfAna0123456789abcdefghijklmnop"
	TokenBen = "gho_SecretOfBen0123456789abcdefghijklmnop"
	TokenCam = "gho_SecretOfCam0123456789abcdefghijklmnop"
)

// GitHub is a running emulator with its proxy.
type GitHub struct {
	// URL is the proxy's address, for a forge's BaseURL.
	URL      string
	Faults   *Faults
	OAuth    *OAuth
	emulator string // without the proxy
	client   *http.Client
	proxy    *proxy
	asked    atomic.Int64 // requests to the emulator
}

// modules finds web/node_modules; it skips or fails the test without.
func modules(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = filepath.Dir(dir)
	}
	dir = filepath.Join(dir, "web", "node_modules")
	for _, need := range []string{"emulate/dist/index.js", "@octokit/openapi/generated/api.github.com.json"} {
		if _, err := os.Stat(filepath.Join(dir, need)); err != nil {
			missing(t, "web/node_modules/"+need+" is missing; run: npm --prefix web ci")
		}
	}
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "node is missing; install Node.js 20 or newer")
	}
	return dir
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip("GitHub cannot be emulated: " + what)
}

// Start starts a GitHub, which ends with the test.
func Start(t *testing.T) *GitHub {
	t.Helper()
	dir := modules(t)
	description, err := loadDescription(filepath.Join(dir, "@octokit/openapi/generated/api.github.com.json"))
	if err != nil {
		t.Fatal(err)
	}
	seed := filepath.Join(t.TempDir(), "seed.json")
	text, err := json.Marshal(map[string]any{
		"tokens": tokens(),
		"github": map[string]any{
			"users": []any{
				map[string]any{"login": "ana", "name": "Ana Müller", "email": "ana@example.org"},
				map[string]any{"login": "ben", "name": "Ben", "email": "ben@example.org"},
				map[string]any{"login": "cam", "name": "Cam", "email": "cam@example.org"},
			},
			"orgs": []any{
				map[string]any{"login": Owner, "name": "Harbour", "members": []any{
					map[string]any{"login": "ana", "role": "admin"}, map[string]any{"login": "ben", "role": "admin"},
				}},
				map[string]any{"login": Foreign, "name": "Lighthouse", "members": []any{map[string]any{"login": "ben", "role": "admin"}}},
			},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(seed, text, 0o600); err != nil {
		t.Fatal(err)
	}

	g := &GitHub{client: &http.Client{Timeout: 30 * time.Second}, Faults: &Faults{}}
	g.emulator = startEmulator(t, dir, seed)
	g.proxy = newProxy(t, g, description)
	g.OAuth = newOAuth(g, g.proxy)
	server := httptest.NewServer(g.OAuth)
	t.Cleanup(server.Close)
	g.URL = server.URL
	return g
}

// The emulator counts 5,000 requests an hour for each token, and has no switch
// for that; a test needs more. So each person has many tokens there, and uses
// one after the other.
const (
	spares   = 100
	spareFor = 4000 // requests
)

func tokens() map[string]any {
	all := map[string]any{}
	for token, login := range map[string]string{TokenAna: "ana", TokenBen: "ben", TokenCam: "cam"} {
		all[token] = map[string]any{"login": login, "scopes": []string{"repo", "user"}}
		for n := range spares {
			all[spare(token, n)] = map[string]any{"login": login, "scopes": []string{"repo", "user"}}
		}
	}
	return all
}

func spare(token string, n int) string { return fmt.Sprintf("%s%d", token, n) }

// fresh gives the token that a person's next request to the emulator is to have;
// tokens of others are left as they are.
func (g *GitHub) fresh(token string) string {
	if token != TokenAna && token != TokenBen && token != TokenCam {
		return token
	}
	return spare(token, int(g.asked.Add(1)/spareFor)%spares)
}

// startEmulator starts the process on a free port and waits until it answers.
func startEmulator(t *testing.T, dir, seed string) string {
	t.Helper()
	for try := 1; ; try++ {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := listener.Addr().(*net.TCPAddr).Port
		listener.Close()
		address := fmt.Sprintf("http://127.0.0.1:%d", port)
		var output bytes.Buffer
		cmd := exec.Command("node", filepath.Join(dir, "emulate/dist/index.js"),
			"--service", "github", "--port", fmt.Sprint(port), "--seed", seed, "--base-url", address)
		cmd.Stdout, cmd.Stderr = &output, &output
		cmd.Dir = t.TempDir()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { cmd.Wait(); close(ended) }()
		if answers(address, ended) {
			t.Cleanup(func() { cmd.Process.Kill(); <-ended })
			return address
		}
		cmd.Process.Kill()
		<-ended
		if try == 3 { // somebody else may have taken the port
			t.Fatalf("the GitHub emulator does not start: %s", output.String())
		}
	}
}

func answers(address string, ended <-chan struct{}) bool {
	client := &http.Client{Timeout: time.Second}
	for range 600 {
		if resp, err := client.Get(address + "/rate_limit"); err == nil {
			resp.Body.Close()
			return true
		}
		select {
		case <-ended:
			return false
		case <-time.After(50 * time.Millisecond):
		}
	}
	return false
}

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

// Call asks the emulator itself, as Ben, and fails the test on an error.
func (g *GitHub) Call(t *testing.T, method, path string, body, answer any) {
	t.Helper()
	if status, text := g.call(t, TokenBen, method, path, body, answer); status >= 400 {
		t.Fatalf("%s %s: %d %s", method, path, status, text)
	}
}

func (g *GitHub) call(t *testing.T, token, method, path string, body, answer any) (int, string) {
	t.Helper()
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, g.emulator+path, reader)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+g.fresh(token))
	resp, err := g.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer != nil && resp.StatusCode < 400 {
		if err := json.Unmarshal(text, answer); err != nil {
			t.Fatalf("%s %s: %v in %s", method, path, err, text)
		}
	}
	return resp.StatusCode, string(text)
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

// Direct is the emulator's own address, without the proxy.
func (g *GitHub) Direct() string { return g.emulator }

// DeleteBranch deletes a branch as Ben.
func (r *Repo) DeleteBranch(t *testing.T, branch string) {
	t.Helper()
	r.call(t, http.MethodDelete, r.path("/git/refs/heads/%s", escape(branch)), nil, nil)
}
