package githubtest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// proxy stands in front of the emulator. Where the emulator does not do what
// GitHub describes, the proxy does:
//
//   - forks, and what the repositories of a network share: see network.go;
//   - who may write where: see rights.go;
//   - pull requests, as they are opened, told and merged, also by a push: see pulls.go and
//     merge.go;
//   - what reviewers say: see review.go;
//   - a commit has a status, and deployments; the emulator has none;
//   - a branch that would be a folder of another is 422; the emulator makes it;
//   - blobs are sent raw to who asks for application/vnd.github.raw; the
//     emulator sends JSON, whose Base64 GitHub breaks into lines;
//   - answers have an ETag, and asked for with it again are 304 and free; the
//     emulator knows neither.
//
// It writes one request after the other, as GitHub does within a repository.
type proxy struct {
	t           *testing.T
	github      *GitHub
	description *description
	next        http.Handler

	writing sync.Mutex
	mu      sync.Mutex
	counts  map[string]int // answers by "METHOD status"
	forks   network
	marks   map[string]bool   // see GitHub.set
	edits   map[string]bool   // "repo number": maintainers may edit the pull request
	merges  map[string]merged // "repo number"
	states  map[string]string // commit statuses by commit
	targets map[string]string // where these lead

	deployed []deployment

	talks map[string]*talk // "repo number"
	said  int              // comments and reviews so far
	found []Merged         // what searches find
}

func newProxy(t *testing.T, g *GitHub, d *description) *proxy {
	target, err := url.Parse(g.emulator)
	if err != nil {
		t.Fatal(err)
	}
	return &proxy{t: t, github: g, description: d, next: httputil.NewSingleHostReverseProxy(target), counts: map[string]int{},
		forks: network{map[int]int{}, map[int]bool{}, map[string]bool{}},
		marks: map[string]bool{}, edits: map[string]bool{}, merges: map[string]merged{}, states: map[string]string{}, targets: map[string]string{},
		talks: map[string]*talk{},
	}
}

// Count gives how many answers with that method and status there were, and
// begins again at 0.
func (g *GitHub) Count(method string, status int) int {
	g.proxy.mu.Lock()
	defer g.proxy.mu.Unlock()
	key := fmt.Sprint(method, " ", status)
	n := g.proxy.counts[key]
	delete(g.proxy.counts, key)
	return n
}

// ServeHTTP implements http.Handler.
func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client went away
	}
	// GraphQL is not in the description.
	if err := p.description.check(r, body); err != nil && r.URL.Path != "/graphql" {
		p.t.Errorf("a request is not as GitHub describes it: %v\n%.500s", err, body)
	}
	if got := r.Header.Get("X-GitHub-Api-Version"); got == "" {
		p.t.Error("a request does not say which version of the API it means")
	}

	if forced.Match(body) {
		p.t.Errorf("a forced write: %s %s %s", r.Method, r.URL.Path, body)
	}

	fault := p.github.Faults.take(r)
	if fault != nil && fault.Before != nil {
		fault.Before()
	}
	if fault == nil || fault.Accepted || fault.Through {
		answer := p.answer(r, body)
		if fault == nil || fault.Through {
			p.send(w, r, answer)
			return
		}
	}
	select {
	case <-time.After(fault.Delay):
	case <-r.Context().Done():
	}
	if fault.Status == 0 {
		panic(http.ErrAbortHandler) // cuts the connection
	}
	for name, value := range fault.Header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(fault.Status)
	io.WriteString(w, fault.Body)
}

// send sends an answer, or says that it is the one the client has.
func (p *proxy) send(w http.ResponseWriter, r *http.Request, answer *httptest.ResponseRecorder) {
	status, body := answer.Code, answer.Body.Bytes()
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.Header().Del("Content-Length")
	if r.Method == http.MethodGet && status == http.StatusOK {
		sum := sha256.Sum256(append([]byte(r.Header.Get("Authorization")+r.Header.Get("Accept")), body...))
		etag := `W/"` + hex.EncodeToString(sum[:]) + `"`
		w.Header().Set("ETag", etag)
		w.Header().Set("Cache-Control", "private, max-age=60, s-maxage=60")
		if r.Header.Get("If-None-Match") == etag {
			status, body = http.StatusNotModified, nil
		}
	}
	p.mu.Lock()
	p.counts[fmt.Sprint(r.Method, " ", status)]++
	p.mu.Unlock()
	w.WriteHeader(status)
	w.Write(body)
}

var (
	forced     = regexp.MustCompile(`"force"\s*:\s*true`)
	pullsPath  = regexp.MustCompile(`^(/repos/[^/]+/[^/]+)/pulls(?:/\d+)?$`)
	statusPath = regexp.MustCompile(`^/repos/[^/]+/[^/]+/commits/([0-9a-f]{40})/status$`)
	refsPath   = regexp.MustCompile(`^(/repos/[^/]+/[^/]+)/git/refs$`)
	blobPath   = regexp.MustCompile(`/git/blobs/[0-9a-f]{40}$`)
	branchPath = regexp.MustCompile(`^(/repos/[^/]+/[^/]+)/git/refs/heads/(.+)$`)
)

// answer asks the emulator and makes of it what GitHub would say.
func (p *proxy) answer(r *http.Request, body []byte) *httptest.ResponseRecorder {
	if r.Method != http.MethodGet {
		p.writing.Lock()
		defer p.writing.Unlock()
	}
	refused, token, body := p.rights(r, body)
	if refused != nil {
		return refused
	}
	if said := p.review(r, body); said != nil {
		return said
	}
	path := r.URL.EscapedPath()
	pulls := pullsPath.FindStringSubmatch(path)
	switch {
	case r.Method == http.MethodPost && forksPath.MatchString(path):
		return p.fork(r, forksPath.FindStringSubmatch(path)[1], body)
	case r.Method == http.MethodPost && syncPath.MatchString(path):
		return p.sync(syncPath.FindStringSubmatch(path)[1], body)
	case r.Method == http.MethodGet && statusPath.MatchString(path):
		return p.status(statusPath.FindStringSubmatch(path)[1])
	case r.Method == http.MethodGet && (deploymentsPath.MatchString(path) || statusesPath.MatchString(path)):
		return p.deployments(r)
	case path == "/search/issues":
		if found := p.search(r); found != nil {
			return found
		}
	case r.Method == http.MethodPost && pulls != nil:
		if reason := p.refusePull(pulls[1], body); reason != "" {
			return refusal(http.StatusUnprocessableEntity, "Validation Failed", map[string]any{"resource": "PullRequest", "code": "custom", "message": reason})
		}
	case r.Method == http.MethodPost && refsPath.MatchString(path):
		if p.folderClash(refsPath.FindStringSubmatch(path)[1], body) {
			return refusal(http.StatusUnprocessableEntity, "Reference update failed")
		}
	}
	p.share(r, body)
	var moving []string
	before := ""
	if r.Method == http.MethodPatch {
		if moving = branchPath.FindStringSubmatch(r.URL.Path); moving != nil {
			before = p.head(moving[1], moving[2])
		}
	}
	w := httptest.NewRecorder()
	out := r.Clone(r.Context())
	out.Body = io.NopCloser(bytes.NewReader(body))
	out.ContentLength = int64(len(body))
	out.Header.Del("Accept-Encoding")
	out.Header.Del("If-None-Match")
	out.Header.Set("Authorization", "Bearer "+p.github.fresh(token))
	p.github.said.during(r.Method, path, func() { p.next.ServeHTTP(w, out) })
	if w.Code >= 300 {
		return w
	}
	switch whole := repoPath.FindStringSubmatch(path); {
	case moving != nil:
		p.reached(moving[1], moving[2], before)
	case pulls != nil:
		p.tellPulls(r, pulls[1], body, w)
	case r.Method == http.MethodGet && blobPath.MatchString(r.URL.Path):
		rawBlob(r, w)
	case r.Method == http.MethodGet && whole != nil && whole[2] == "":
		var repo map[string]any
		if json.Unmarshal(w.Body.Bytes(), &repo) == nil {
			p.describe(repo, p.login(r))
			text, _ := json.Marshal(repo)
			w.Body = bytes.NewBuffer(text)
		}
	}
	return w
}

// refusal is an answer of GitHub's that says no.
func refusal(status int, message string, errors ...any) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	answer := map[string]any{"message": message}
	if len(errors) > 0 {
		answer["errors"] = errors
	}
	json.NewEncoder(w).Encode(answer)
	return w
}

// folderClash tells whether a new reference would be a folder of another, or
// the other way round: Git can have only one of them.
func (p *proxy) folderClash(repo string, body []byte) bool {
	var want struct{ Ref string }
	json.Unmarshal(body, &want)
	name := strings.TrimPrefix(want.Ref, "refs/heads/")
	var branches []struct{ Name string }
	p.github.call(p.t, TokenBen, http.MethodGet, repo+"/branches?per_page=100", nil, &branches)
	return slices.ContainsFunc(branches, func(b struct{ Name string }) bool {
		return strings.HasPrefix(b.Name, name+"/") || strings.HasPrefix(name, b.Name+"/")
	})
}

// rawBlob sends a blob in the form that was asked for.
func rawBlob(r *http.Request, w *httptest.ResponseRecorder) {
	var blob map[string]any
	if json.Unmarshal(w.Body.Bytes(), &blob) != nil {
		return
	}
	text, _ := blob["content"].(string)
	if strings.Contains(r.Header.Get("Accept"), "application/vnd.github") && strings.Contains(r.Header.Get("Accept"), "raw") {
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return
		}
		w.Header().Set("Content-Type", "application/vnd.github.raw; charset=utf-8")
		w.Body = bytes.NewBuffer(data)
		return
	}
	var lines strings.Builder
	for len(text) > 60 {
		lines.WriteString(text[:60] + "\n")
		text = text[60:]
	}
	blob["content"] = lines.String() + text + "\n"
	broken, _ := json.Marshal(blob)
	w.Body = bytes.NewBuffer(broken)
}
