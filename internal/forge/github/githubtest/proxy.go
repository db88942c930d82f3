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
//   - opening a second pull request for a branch and base is 422; the emulator
//     opens it;
//   - a pull request from or to a branch that is not there, or without commits
//     of its own, is 422; the emulator makes the branch;
//   - an open pull request's head is its branch's head; the emulator keeps the
//     one from the beginning;
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
}

func newProxy(t *testing.T, g *GitHub, d *description) *proxy {
	target, err := url.Parse(g.emulator)
	if err != nil {
		t.Fatal(err)
	}
	return &proxy{t: t, github: g, description: d, next: httputil.NewSingleHostReverseProxy(target), counts: map[string]int{}}
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
	if err := p.description.check(r, body); err != nil {
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
	forced    = regexp.MustCompile(`"force"\s*:\s*true`)
	pullsPath = regexp.MustCompile(`^(/repos/[^/]+/[^/]+)/pulls(?:/\d+)?$`)
	refsPath  = regexp.MustCompile(`^(/repos/[^/]+/[^/]+)/git/refs$`)
	blobPath  = regexp.MustCompile(`/git/blobs/[0-9a-f]{40}$`)
)

// answer asks the emulator and makes of it what GitHub would say.
func (p *proxy) answer(r *http.Request, body []byte) *httptest.ResponseRecorder {
	if r.Method != http.MethodGet {
		p.writing.Lock()
		defer p.writing.Unlock()
	}
	pulls := pullsPath.FindStringSubmatch(r.URL.EscapedPath())
	if pulls != nil && r.Method == http.MethodPost {
		if refusal := p.refusePull(pulls[1], body); refusal != "" {
			w := httptest.NewRecorder()
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			w.WriteHeader(http.StatusUnprocessableEntity)
			json.NewEncoder(w).Encode(map[string]any{
				"message": "Validation Failed",
				"errors":  []any{map[string]any{"resource": "PullRequest", "code": "custom", "message": refusal}},
			})
			return w
		}
	}
	if refs := refsPath.FindStringSubmatch(r.URL.EscapedPath()); refs != nil && r.Method == http.MethodPost && p.folderClash(refs[1], body) {
		return refusal(http.StatusUnprocessableEntity, "Reference update failed")
	}
	w := httptest.NewRecorder()
	out := r.Clone(r.Context())
	out.Body = io.NopCloser(bytes.NewReader(body))
	out.ContentLength = int64(len(body))
	out.Header.Del("Accept-Encoding")
	out.Header.Del("If-None-Match")
	p.next.ServeHTTP(w, out)
	if w.Code >= 300 {
		return w
	}
	switch {
	case pulls != nil:
		p.freshHeads(pulls[1], w)
	case r.Method == http.MethodGet && blobPath.MatchString(r.URL.Path):
		rawBlob(r, w)
	}
	return w
}

// refusal is an answer of GitHub's that says no.
func refusal(status int, message string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]any{"message": message})
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

// refusePull gives GitHub's reason for not opening a pull request; "" for none.
func (p *proxy) refusePull(repo string, body []byte) string {
	var want struct{ Head, Base string }
	json.Unmarshal(body, &want)
	head, base := p.head(repo, want.Head), p.head(repo, want.Base)
	if head == "" || base == "" {
		return "head or base invalid"
	}
	var compared struct {
		AheadBy int `json:"ahead_by"`
	}
	p.github.call(p.t, TokenBen, http.MethodGet, repo+"/compare/"+base+"..."+head, nil, &compared)
	if compared.AheadBy == 0 {
		return "No commits between " + want.Base + " and " + want.Head
	}
	var open []any
	query := url.Values{"head": {Owner + ":" + want.Head}, "base": {want.Base}}
	p.github.call(p.t, TokenBen, http.MethodGet, repo+"/pulls?"+query.Encode(), nil, &open)
	if len(open) > 0 {
		return "A pull request already exists for " + Owner + ":" + want.Head + "."
	}
	return ""
}

func (p *proxy) head(repo, branch string) string {
	var ref struct{ Object struct{ SHA string } }
	p.github.call(p.t, TokenBen, http.MethodGet, repo+"/git/ref/heads/"+escape(branch), nil, &ref)
	return ref.Object.SHA
}

// freshHeads puts the present head of its branch into each open pull request.
func (p *proxy) freshHeads(repo string, w *httptest.ResponseRecorder) {
	fresh := func(pull map[string]any) {
		head, _ := pull["head"].(map[string]any)
		if pull["state"] != "open" || head == nil {
			return
		}
		if sha := p.head(repo, fmt.Sprint(head["ref"])); sha != "" {
			head["sha"] = sha
		}
	}
	var text []byte
	var list []map[string]any
	var one map[string]any
	if json.Unmarshal(w.Body.Bytes(), &list) == nil {
		for _, pull := range list {
			fresh(pull)
		}
		text, _ = json.Marshal(list)
	} else if json.Unmarshal(w.Body.Bytes(), &one) == nil {
		fresh(one)
		text, _ = json.Marshal(one)
	} else {
		return
	}
	w.Body = bytes.NewBuffer(text)
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
