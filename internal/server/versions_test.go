package server_test

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"

	"galley/internal/forge"
	"galley/internal/forge/local"
)

// A post's history is told through a rename, each version as source and as page,
// and nothing is read that is no text of the site.
func TestVersions(t *testing.T) {
	const first = "---\ntitle: Then\n---\n## News\n\nAs it was.\n"
	dir := filepath.Join(t.TempDir(), "harbour")
	files := fstest.MapFS{"_config.yml": {Data: []byte(config)}, shared: {Data: []byte(first)}, "LICENSE": {Data: []byte("mine\n")}}
	f, err := local.Init(dir, files, somebody("Ada"), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	const to = "_posts/2026-08-17-update.md"
	repo, err := git.PlainOpen(dir)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := repo.Worktree()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tree.Move(shared, to); err != nil {
		t.Fatal(err)
	}
	if _, err := tree.Commit("Move to Monday\n\nIt was too early.\n", &git.CommitOptions{Author: &object.Signature{Name: "Ben", Email: "ben@example.org", When: now.Add(time.Hour)}}); err != nil {
		t.Fatal(err)
	}

	b := newBenchOver(t, f)
	type version struct {
		Commit, Path, Title, Message, Date string
		Person                             struct{ Name, Email string }
	}
	var list struct {
		Versions []version
		Next     string
	}
	if err := json.Unmarshal([]byte(text(t, b.do("GET", "/api/versions?path="+to, ""))), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Versions) != 2 || list.Next != "" {
		t.Fatalf("the history is %+v", list)
	}
	last, begun := list.Versions[0], list.Versions[1]
	if last.Path != to || last.Title != "Move to Monday" || last.Message != "It was too early." || last.Person.Name != "Ben" || last.Person.Email != "" || last.Date != now.Add(time.Hour).Format(time.RFC3339) || begun.Path != shared {
		t.Errorf("the history is %+v", list.Versions)
	}
	of := func(called, commit string) string {
		return "?" + url.Values{"branch": {"main"}, "path": {to}, "called": {called}, "commit": {commit}}.Encode()
	}
	for _, c := range []struct {
		address string
		status  int
		want    string
	}{
		{"/api/version" + of(shared, begun.Commit), 200, "As it was."},
		{"/api/version" + of(shared, last.Commit), 200, `{"text":null}`},
		{"/frame" + of(shared, begun.Commit), 200, "<p>As it was.</p>"},
		{"/api/version" + of("LICENSE", begun.Commit), 422, "called LICENSE then"},
		{"/api/version" + of("_config.yml", begun.Commit), 422, "no text of the site"},
		{"/api/version" + of("../"+shared, begun.Commit), 422, "no text of the site"},
		{"/frame" + of("_config.yml", begun.Commit), 422, "no text of the site"},
		{"/api/version" + of(shared, "main"), 400, "is no commit"},
		{strings.Replace("/api/version"+of(shared, begun.Commit), "branch=main", "branch=gone", 1), 404, "There is no branch gone."},
		{"/api/versions?path=LICENSE", 404, "no post at this path"},
		{"/api/versions?path=" + to + "&from=x", 400, "Open it again"},
		{"/api/versions?path=" + to + "&from=" + url.QueryEscape(`[{"Commit":"x","Path":"a.md"}]`), 400, "no commit"},
	} {
		res := b.do("GET", c.address, "")
		if body := text(t, res); res.StatusCode != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %.400s, want %d and %q", c.address, res.StatusCode, body, c.status, c.want)
		}
	}
}

// Where it is not known what the site's texts are, that is said, and not that a file is
// none.
func TestVersionWithoutForge(t *testing.T) {
	b := newBench(t)
	b.forge.spoil = func(method string) error {
		if method != "Tree" {
			return nil
		}
		return &forge.Error{Kind: forge.ErrUnavailable, Sentence: "GitHub does not answer."}
	}
	res := b.do("GET", "/api/version?branch=main&path="+shared+"&called=about.md&commit="+strings.Repeat("a", 40), "")
	if p := problemOf(t, text(t, res)); p.Kind != "unavailable" || p.Sentence != "GitHub does not answer." {
		t.Errorf("the answer is %d, %+v", res.StatusCode, p)
	}
}
