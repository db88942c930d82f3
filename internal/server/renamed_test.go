package server_test

import (
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

// A post that somebody renamed is told with its new path, where it is read and
// where it is submitted.
func TestRenamed(t *testing.T) {
	base := "---\ntitle: a\n---\n## News\n\nNews.\n\n## Promotions\n\nNone.\n"
	dir := filepath.Join(t.TempDir(), "harbour")
	files := fstest.MapFS{"_config.yml": {Data: []byte(config)}, shared: {Data: []byte(base)}}
	f, err := local.Init(dir, files, somebody("Ada"), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	b := newBenchOver(t, f)
	if res := b.do("GET", "/api/post?path=_posts/2026-01-01-none.md", ""); res.StatusCode != 404 || strings.Contains(text(t, res), "renamed") {
		t.Errorf("a post that never was: %d", res.StatusCode)
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
	if _, err := tree.Commit("Move to Monday", &git.CommitOptions{Author: &object.Signature{Name: "Ben", Email: "ben@example.org", When: now}}); err != nil {
		t.Fatal(err)
	}

	type failed struct {
		Error struct {
			Kind, Sentence string
			Gone           bool
			Renamed        struct {
				Path, Title string
				Person      struct{ Name string }
			}
		}
	}
	check := func(step, kind, answer string) {
		t.Helper()
		var got failed
		decode(t, answer, &got)
		e := got.Error
		if e.Kind != kind || e.Renamed.Path != to || e.Renamed.Person.Name != "Ben" || e.Renamed.Title != "Move to Monday" || !strings.HasPrefix(e.Sentence, "Ben renamed "+shared+" to "+to+".") {
			t.Errorf("%s: %s", step, answer)
		}
	}
	res := b.do("GET", "/api/post?path="+shared, "")
	if res.StatusCode != 404 {
		t.Errorf("read: %d", res.StatusCode)
	}
	check("read", "not-found", text(t, res))
	lines := strings.Split(strings.TrimSpace(text(t, b.post("/api/submit", map[string]any{
		"base": "main", "path": shared, "text": base + "More.\n", "blob": forge.BlobID([]byte(base)), "earlier": []string{}, "title": "Edit", "message": "",
	}))), "\n")
	check("submitted", "stale", lines[len(lines)-1])
}

// A post whose branch is gone is told with where it is now: most branches are deleted
// when they are merged.
func TestBranchGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "harbour")
	files := fstest.MapFS{"_config.yml": {Data: []byte(config)}, shared: {Data: []byte("---\ntitle: a\n---\n")}}
	f, err := local.Init(dir, files, somebody("Ada"), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	b := newBenchOver(t, f)
	var got struct{ Renamed map[string]any }
	decode(t, text(t, b.do("GET", "/api/standing?branch=edition&path="+shared, "")), &got)
	if got.Renamed["path"] != shared || got.Renamed["branch"] != "main" {
		t.Errorf("standing: %v", got)
	}
	for path, want := range map[string]string{shared: "There is no branch edition any more: it was merged, renamed or deleted. " + shared + " is on main.", "_posts/2026-01-01-none.md": ""} {
		var told struct {
			Error struct {
				Sentence string
				Renamed  *struct{ Branch string }
			}
		}
		res := b.do("GET", "/api/post?branch=edition&path="+path, "")
		decode(t, text(t, res), &told)
		if res.StatusCode != 404 || (told.Error.Renamed != nil) != (want != "") || want != "" && told.Error.Sentence != want {
			t.Errorf("%s: %d %+v", path, res.StatusCode, told)
		}
	}
}
