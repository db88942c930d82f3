package github

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
	"galley/internal/forge/github/githubtest"
)

func TestNew(t *testing.T) {
	for _, c := range []struct {
		name string
		c    Config
		kind error
	}{
		{"whole", Config{Owner: "o", Repo: "r", Token: "t"}, nil},
		{"GitHub Enterprise", Config{Owner: "o", Repo: "r.github.io", Token: "t", BaseURL: "https://ghe.example.org/api/v3"}, nil},
		{"this machine", Config{Owner: "o", Repo: "r", Token: "t", BaseURL: "http://127.0.0.1:1"}, nil},
		{"no token", Config{Owner: "o", Repo: "r"}, forge.ErrUnauthorized},
		{"no repository", Config{Owner: "o", Token: "t"}, forge.ErrInvalid},
		{"a path as the owner", Config{Owner: "../x", Repo: "r", Token: "t"}, forge.ErrInvalid},
		{"a path as the repository", Config{Owner: "o", Repo: "r/../../user", Token: "t"}, forge.ErrInvalid},
		{"dots as the repository", Config{Owner: "o", Repo: "..", Token: "t"}, forge.ErrInvalid},
		{"plain HTTP", Config{Owner: "o", Repo: "r", Token: "t", BaseURL: "http://api.example.org/"}, forge.ErrInvalid},
		{"a password in the address", Config{Owner: "o", Repo: "r", Token: "t", BaseURL: "https://a:b@example.org/"}, forge.ErrInvalid},
	} {
		f, err := New(c.c)
		if !errors.Is(err, c.kind) || c.kind == nil && err != nil {
			t.Errorf("%s: %v, want %v", c.name, err, c.kind)
		}
		if f != nil && strings.Contains(fmt.Sprintf("%v %+v %#v", f, f, f), "token") {
			t.Errorf("%s: the forge prints as %#v", c.name, f)
		}
	}
}

// TestCache: what did not change costs nothing of the rate limit, and what did
// is seen at once.
func TestCache(t *testing.T) {
	gh := githubtest.Start(t)
	repo := gh.NewRepo(t, "cache", forgetest.Site())
	f := newForge(t, gh, repo, githubtest.TokenAna)
	list := func() {
		t.Helper()
		if _, err := f.Info(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Branches(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := f.PullRequests(t.Context()); err != nil {
			t.Fatal(err)
		}
		tree, err := f.Tree(t.Context(), "main")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range tree.Entries {
			if _, err := f.Blob(t.Context(), e.Blob); err != nil {
				t.Fatal(err)
			}
		}
	}
	list()
	gh.Count("GET", 200)
	gh.Count("GET", 304)
	list()
	if n := gh.Count("GET", 200); n != 0 {
		t.Errorf("%d answers were paid for again", n)
	}
	if n := gh.Count("GET", 304); n == 0 || n > 8 {
		t.Errorf("%d answers were asked about, want a few", n)
	}
	repo.Commit(t, "main", "_config.yml", []byte("title: New\n"))
	file, err := f.Read(t.Context(), "main", "_config.yml")
	if err != nil || string(file.Data) != "title: New\n" {
		t.Errorf("after a commit: %q, %v", file.Data, err)
	}
}

// TestCacheIsPersonal: one cache for two persons does not give the answers of
// one to the other.
func TestCacheIsPersonal(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer ana" {
			http.Error(w, `{"message":"Not Found"}`, http.StatusNotFound)
			return
		}
		w.Header().Set("ETag", `"x"`)
		fmt.Fprintf(w, "secret")
	}))
	defer server.Close()
	cache := NewCache(0)
	id := forge.BlobID([]byte("secret"))
	for _, token := range []string{"ana", "ben", "ana", "ben"} {
		f, err := New(Config{Owner: "o", Repo: "r", Token: token, BaseURL: server.URL, Cache: cache})
		if err != nil {
			t.Fatal(err)
		}
		data, err := f.Blob(t.Context(), id)
		if token == "ana" && (err != nil || string(data) != "secret") || token == "ben" && !errors.Is(err, forge.ErrNotFound) {
			t.Errorf("%s gets %q, %v", token, data, err)
		}
	}
}

// TestCacheKeepsOnlyGitHubs: a page of somebody in between is not kept in the
// place of an answer that is never asked for again.
func TestCacheKeepsOnlyGitHubs(t *testing.T) {
	gh := githubtest.Start(t)
	for i, c := range []struct{ path, kind, body string }{
		{"/git/trees/", "text/html", "<html>sign in to the café</html>"},
		{"/git/trees/", "application/json", `{"message":"sign in to the café"}`},
		{"/git/trees/", "application/json", `{"sha":"` + strings.Repeat("a", 40) + `","tree":[{"pa`},
		{"/git/blobs/", "text/html", "<html>sign in to the café</html>"},
		{"/git/blobs/", "application/json", `{"sha":"` + strings.Repeat("a", 40) + `"}`},
	} {
		s := newSite(t, gh, fmt.Sprintf("between-%d", i))
		f := s.forge(t, nil)
		s.fail(githubtest.Fault{Method: "GET", Path: c.path, Status: 200, Times: 2, Body: c.body, Header: map[string]string{"Content-Type": c.kind, "ETag": `"x"`}})
		for range 2 { // a blob is asked for in two forms
			f.Read(t.Context(), "main", "_config.yml")
		}
		if left := s.left(); left != 0 {
			t.Errorf("%d: %d faults were not met", i, left)
		}
		file, err := f.Read(t.Context(), "main", "_config.yml")
		if err != nil || !bytes.Equal(file.Data, forgetest.Site()["_config.yml"]) {
			t.Errorf("%d: once GitHub answers again: %q, %v", i, file.Data, err)
		}
	}
}

// TestLongAnswer: an answer that is too long is an error, and not cut off.
func TestLongAnswer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"login":"ana"}`, strings.Repeat(" ", 100))
	}))
	defer server.Close()
	f, err := New(Config{Owner: "o", Repo: "r", Token: "t", BaseURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	f.client.Client().Transport.(*transport).limit = 100
	if _, err := f.whoami(t.Context()); !errors.Is(err, forge.ErrTooLarge) {
		t.Errorf("a long answer: %v", err)
	}
}

func TestCacheLimit(t *testing.T) {
	c := NewCache(40_000)
	for i := range 100 {
		c.put(fmt.Sprint(i), &answer{body: make([]byte, 1000)})
		c.get("0")
	}
	if c.answers.Used() > 40_000 || c.get("0") == nil || c.get("1") != nil || c.get("99") == nil {
		t.Errorf("%d bytes in %d answers", c.answers.Used(), c.answers.Len())
	}
	c.put("huge", &answer{body: make([]byte, 20_000)})
	if c.get("huge") != nil || c.get("99") == nil {
		t.Error("one large answer pushed the others out")
	}
}

// TestRedirect: a redirect to another host does not take the token along.
func TestRedirect(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Authorization"); got != "" {
			t.Errorf("another host was sent %q", got)
		}
		fmt.Fprint(w, "data")
	}))
	defer elsewhere.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer secret" {
			t.Error("the forge's own host was not sent the token")
		}
		http.Redirect(w, r, strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1)+"/store", http.StatusFound)
	}))
	defer server.Close()
	f, err := New(Config{Owner: "o", Repo: "r", Token: "secret", BaseURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	if data, err := f.Blob(t.Context(), forge.BlobID([]byte("data"))); err != nil || string(data) != "data" {
		t.Errorf("Blob = %q, %v", data, err)
	}
}

// expired is a sign-in that cannot be renewed, and tells secrets when asked.
type expired struct{}

func (expired) Token() (*oauth2.Token, error) {
	return nil, errors.New("refresh token ghr_secret was refused")
}

func TestExpired(t *testing.T) {
	f, err := New(Config{Owner: "o", Repo: "r", TokenSource: expired{}, BaseURL: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Tree(t.Context(), "main")
	if !errors.Is(err, forge.ErrUnauthorized) || strings.Contains(err.Error(), "ghr_") {
		t.Errorf("Tree: %v", err)
	}
	_, err = f.Submit(t.Context(), one(), nil)
	if !errors.Is(err, forge.ErrUnauthorized) || strings.Contains(err.Error(), "ghr_") {
		t.Errorf("Submit: %v", err)
	}
}

func TestUnreachable(t *testing.T) {
	f, err := New(Config{Owner: "o", Repo: "r", Token: "t", BaseURL: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Tree(t.Context(), "main"); !errors.Is(err, forge.ErrUnavailable) {
		t.Errorf("Tree: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Tree(ctx, "main"); !errors.Is(err, context.Canceled) || !errors.Is(err, forge.ErrUnavailable) {
		t.Errorf("Tree: %v", err)
	}
}

// TestLargeFile reads files beyond the contents API's 1 MB, raw and, from a
// server that does not know that form, as Base64 in lines.
func TestLargeFile(t *testing.T) {
	gh := githubtest.Start(t)
	large := bytes.Repeat([]byte("\x00\xff large \r\n"), 200_000)
	gh.NewRepo(t, "large", map[string][]byte{"a.bin": large})
	for _, address := range []string{gh.URL, gh.Direct()} {
		f, err := New(Config{Owner: githubtest.Owner, Repo: "large", Token: githubtest.TokenAna, BaseURL: address})
		if err != nil {
			t.Fatal(err)
		}
		file, err := f.Read(t.Context(), "main", "a.bin")
		if err != nil || !bytes.Equal(file.Data, large) {
			t.Errorf("%d bytes, %v; want %d", len(file.Data), err, len(large))
		}
	}
}

// TestTruncated: a listing that GitHub cut off is completed folder by folder, and
// where that is too much, file by file.
func TestTruncated(t *testing.T) {
	gh := githubtest.Start(t)
	s := newSite(t, gh, "truncated")
	want := forgetest.Site()["_posts/2026-01-04-a.md"]
	cut := githubtest.Fault{Method: "GET", Path: "/git/trees/", Status: 200, Header: map[string]string{"Content-Type": "application/json"},
		Body: `{"sha":"` + strings.Repeat("a", 40) + `","tree":[],"truncated":true}`}
	s.fail(cut)
	f := s.forge(t, nil)
	files, err := forge.Snapshot(t.Context(), f, "main")
	if err != nil || s.left() != 0 {
		t.Fatal(err)
	}
	if data, err := fs.ReadFile(files, "_posts/2026-01-04-a.md"); err != nil || !bytes.Equal(data, want) {
		t.Errorf("Snapshot has %q, %v", data, err)
	}
	if tree, err := f.Tree(t.Context(), "main"); err != nil || len(tree.Entries) != 2 || tree.Truncated {
		t.Errorf("Tree = %+v, %v", tree, err)
	}

	cut.Times = 2 * maxListings
	s.fail(cut)
	f = s.forge(t, nil)
	file, err := f.Read(t.Context(), "main", "_posts/2026-01-04-a.md")
	if err != nil || !bytes.Equal(file.Data, want) {
		t.Fatalf("Read = %q, %v", file.Data, err)
	}
	if _, err := f.Read(t.Context(), "main", "_posts/nope.md"); !errors.Is(err, forge.ErrNotFound) {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := f.Read(t.Context(), "main", "_posts"); !errors.Is(err, forge.ErrNotFound) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := forge.Snapshot(t.Context(), f, "main"); !errors.Is(err, forge.ErrTooLarge) {
		t.Errorf("Snapshot: %v", err)
	}
	if list, err := f.Removed(t.Context(), "main", "_posts"); !errors.Is(err, forge.ErrTooLarge) {
		t.Errorf("Removed: %+v, %v", list, err)
	}
	// What is written is held against the file itself, and not against the half list.
	pr, err := f.Submit(t.Context(), edit("mine", "first"), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.left()
	if file, err := s.forge(t, nil).Read(t.Context(), pr.Branch, postA); err != nil || !bytes.Equal(file.Data, bullet("mine")) {
		t.Errorf("%q, %v", file.Data, err)
	}
}
