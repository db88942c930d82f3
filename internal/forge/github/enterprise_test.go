package github

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"galley/internal/forge/github/githubtest"
)

// enterprise is the emulator as an Enterprise server, whose API is below
// /api/v3/, and which sends whoever uses a repository's old name to its new one.
type enterprise struct {
	URL string

	mu      sync.Mutex
	renamed map[string]string // "/repos/OWNER/NAME" as it was and as it is
	sent    int               // who were sent on
}

// pageAddress begins the address of a page, on the emulator's host.
var pageAddress = regexp.MustCompile(`"html_url":\s*"https?://[^/"]+/`)

func newEnterprise(t *testing.T, gh *githubtest.GitHub) *enterprise {
	t.Helper()
	target, err := url.Parse(gh.URL)
	if err != nil {
		t.Fatal(err)
	}
	e := &enterprise{renamed: map[string]string{}}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Header.Del("Accept-Encoding")
		},
		ModifyResponse: func(r *http.Response) error {
			body, err := io.ReadAll(r.Body)
			if err != nil || r.Header.Get("Content-Type") != "application/json" && !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json;") {
				r.Body = io.NopCloser(bytes.NewReader(body))
				return err
			}
			body = pageAddress.ReplaceAll(body, []byte(`"html_url":"`+e.URL+`/`))
			r.Body = io.NopCloser(bytes.NewReader(body))
			r.ContentLength = int64(len(body))
			r.Header.Set("Content-Length", strconv.Itoa(len(body)))
			return nil
		},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, below := strings.CutPrefix(r.URL.EscapedPath(), "/api/v3")
		if !below {
			t.Errorf("%s was asked for, beside the API", r.URL)
			http.NotFound(w, r)
			return
		}
		e.mu.Lock()
		for old, now := range e.renamed {
			if rest, ok := strings.CutPrefix(path, old); ok && (rest == "" || rest[0] == '/') {
				e.sent++
				e.mu.Unlock()
				status := http.StatusTemporaryRedirect
				if r.Method == http.MethodGet {
					status = http.StatusMovedPermanently
				}
				query := ""
				if r.URL.RawQuery != "" {
					query = "?" + r.URL.RawQuery
				}
				http.Redirect(w, r, e.URL+"/api/v3"+now+rest+query, status)
				return
			}
		}
		e.mu.Unlock()
		http.StripPrefix("/api/v3", proxy).ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	e.URL = server.URL
	return e
}

func (e *enterprise) rename(from, to string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.renamed[from] = to
}

func (e *enterprise) forge(t *testing.T, s *site) *Forge {
	t.Helper()
	f, err := New(Config{Owner: s.Owner, Repo: s.name, Token: githubtest.TokenAna, BaseURL: e.URL + "/api/v3/"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestEnterprise: on a server of one's own everything is below its API's address,
// and pull requests lead to its own pages.
func TestEnterprise(t *testing.T) {
	gh := githubtest.Start(t)
	e := newEnterprise(t, gh)
	for _, owner := range []string{githubtest.Owner, githubtest.Foreign} { // from a branch, and from a fork
		s := newSiteOf(t, gh, owner, "enterprise")
		f := e.forge(t, s)
		pr, err := f.Submit(t.Context(), two(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if want := e.URL + "/" + owner + "/enterprise/pull/1"; pr.URL != want {
			t.Errorf("the pull request is at %s, want %s", pr.URL, want)
		}
		if file, err := f.Read(t.Context(), pr.Branch, newPost); err != nil || string(file.Data) != "new\n" {
			t.Errorf("%q, %v", file.Data, err)
		}
		// The sentences name the repository, and not the API's address.
		s.fail(githubtest.Fault{Method: "GET", Path: "/git/ref/heads/main", Status: 403, Body: `{"message":"no"}`})
		_, err = f.Tree(t.Context(), "main")
		if said := sentenceOf(err); !strings.Contains(said, owner+"/enterprise.") {
			t.Errorf("it is said: %s", said)
		}
	}
}

// TestRenamedRepository: a repository is found by the name that it had.
func TestRenamedRepository(t *testing.T) {
	gh := githubtest.Start(t)
	e := newEnterprise(t, gh)
	for _, owner := range []string{githubtest.Owner, githubtest.Foreign} {
		s := newSiteOf(t, gh, owner, "old-name")
		f := e.forge(t, s)
		file, err := f.Read(t.Context(), "main", postA)
		if err != nil {
			t.Fatal(err)
		}
		before, err := f.Info(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		s.Rename(t, "new-name")
		e.rename("/repos/"+owner+"/old-name", "/repos/"+owner+"/new-name")
		if now, err := e.forge(t, s).Info(t.Context()); err != nil || before.ID == "" || now.Name == before.Name || now.ID != before.ID {
			t.Errorf("it was %q, %q, and is %q, %q: %v", before.ID, before.Name, now.ID, now.Name, err)
		}
		sub := edit("mine", "first")
		sub.Changes[0].Blob = file.Blob
		pr, err := f.Submit(t.Context(), sub, nil)
		if err != nil {
			t.Fatal(err)
		}
		again, err := f.Submit(t.Context(), sub, nil)
		if err != nil || again.Number != pr.Number || again.Head != pr.Head {
			t.Errorf("the same again: %+v, %v", again, err)
		}
		if now, err := f.Read(t.Context(), pr.Branch, postA); err != nil || !bytes.Equal(now.Data, bullet("mine")) {
			t.Errorf("%q, %v", now.Data, err)
		}
		if e.sent == 0 {
			t.Error("nobody was sent on to the new name")
		}
		if branch, err := f.StartBranch(t.Context(), "edition", "main", nil); owner == githubtest.Owner && (err != nil || branch.Name != "edition") {
			t.Errorf("StartBranch: %+v, %v", branch, err)
		}
	}
}
