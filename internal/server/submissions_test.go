package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/forge"
	"galley/internal/forge/local"
	"galley/internal/server"
)

const weekly = "---\ntitle: T\n---\n\n## News\n\n* one\n* two\n\n## Events\n\n*\n"

type offeredPulls struct {
	Head, Refused string
	Pulls         []struct {
		Number              int
		Title, Head, Reason string
		Added               []struct {
			Section, Text string
			Line          int
		}
	}
}

type joinedPost struct{ Head, Old, Text, Blob, Commit string }

// submissionBench is a server for Ada over a repository, to whose branch others submit.
type submissionBench struct {
	*bench
	ada, ben *local.Forge
}

func newSubmissionBench(t *testing.T) *submissionBench {
	t.Helper()
	dir := t.TempDir() + "/harbour"
	clock := func() time.Time { return now }
	ada, err := local.Init(dir, fstest.MapFS{"_config.yml": {Data: []byte(config)}, shared: {Data: []byte(weekly)}, "about.md": {Data: []byte("---\ntitle: About\n---\nA\n")}}, somebody("Ada"), clock)
	if err != nil {
		t.Fatal(err)
	}
	ben, err := local.Open(dir, somebody("Ben"), clock)
	if err != nil {
		t.Fatal(err)
	}
	return &submissionBench{newBenchOver(t, ada, func(c *server.Config) {
		c.Forge = func(*http.Request) (forge.Forge, error) { return ada, nil }
	}), ada, ben}
}

// add has Ben submit the post with one text in place of another.
func (b *submissionBench) add(branch, old, new string, others ...forge.FileChange) forge.PullRequest {
	b.t.Helper()
	p, err := b.ben.Submit(b.t.Context(), forge.Submission{
		Base: "main", Branch: "galley/ben/" + branch, Title: "Add " + branch,
		Changes: append([]forge.FileChange{{Path: shared, Data: []byte(strings.Replace(weekly, old, new, 1)), Blob: forge.BlobID([]byte(weekly))}}, others...),
	}, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

func (b *submissionBench) look() (list offeredPulls) {
	b.t.Helper()
	decode(b.t, text(b.t, b.do("GET", "/api/submissions?branch=main&path="+shared, "")), &list)
	return list
}

func (b *submissionBench) put(head, blob string, pulls ...forge.PullRequest) (int, string, joinedPost) {
	b.t.Helper()
	var arms []string
	for _, p := range pulls {
		arms = append(arms, fmt.Sprintf(`{"number":%d,"head":%q}`, p.Number, p.Head))
	}
	res := b.do("POST", "/api/submissions", fmt.Sprintf(`{"branch":"main","path":%q,"head":%q,"blob":%q,"pulls":[%s]}`, shared, head, blob, strings.Join(arms, ",")), "Content-Type: application/json")
	body := text(b.t, res)
	var got joinedPost
	if res.StatusCode == http.StatusOK {
		decode(b.t, body, &got)
	}
	return res.StatusCode, body, got
}

func TestSubmissions(t *testing.T) {
	b := newSubmissionBench(t)
	one := b.add("one", "* two\n", "* two\n* [Ben's](https://ben.example)\n")
	two := b.add("two", "*\n", "* A meeting\n")
	b.add("change", "* two\n", "* 2\n")
	b.add("wide", "* two\n", "* two\n* three\n", forge.FileChange{Path: "about.md", Data: []byte("---\ntitle: About\n---\nB\n"), Blob: forge.BlobID([]byte("---\ntitle: About\n---\nA\n"))})
	if _, err := b.ben.Submit(t.Context(), forge.Submission{
		Base: "main", Branch: "galley/ben/writes", Title: "Writes", Announce: true, Writing: []string{"Events"},
		Changes: []forge.FileChange{{Path: shared, Data: []byte(strings.Replace(weekly, "*\n", "* begun\n", 1)), Blob: forge.BlobID([]byte(weekly))}},
	}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := b.ben.Submit(t.Context(), forge.Submission{
		Base: "main", Title: "Elsewhere", Changes: []forge.FileChange{{Path: "_posts/2026-08-23-update.md", Data: []byte("x")}},
	}, nil); err != nil {
		t.Fatal(err)
	}
	list := b.look()
	var told []string
	for _, p := range list.Pulls {
		line := p.Title + ": " + p.Reason
		for _, a := range p.Added {
			line += fmt.Sprintf(" [%s %d %s]", a.Section, a.Line, a.Text)
		}
		told = append(told, line)
	}
	want := []string{
		"Add one:  [News 9 * [Ben's](https://ben.example)]",
		"Add two:  [Events 12 * A meeting]",
		"Add change: It changes or removes lines, such as “* two”.",
		"Add wide: It changes about.md, too. [News 9 * three]",
		"Writes: Its author is still writing Events. [Events 12 * begun]",
	}
	if strings.Join(told, "\n") != strings.Join(want, "\n") || list.Refused != "" {
		t.Errorf("%s\n%q", strings.Join(told, "\n"), list.Refused)
	}

	// First it is looked, then done.
	status, body, seen := b.put(list.Head, "", one, two)
	wanted := strings.NewReplacer("* two\n", "* two\n* [Ben's](https://ben.example)\n", "*\n", "* A meeting\n").Replace(weekly)
	if status != 200 || seen.Old != weekly || seen.Text != wanted || seen.Commit != "" || b.look().Head != list.Head {
		t.Fatalf("%d %s", status, body)
	}
	if status, body, _ := b.put(list.Head, forge.BlobID([]byte("other")), one, two); status != http.StatusConflict || !strings.Contains(body, `"stale"`) {
		t.Errorf("what nobody has seen: %d %s", status, body)
	}
	status, body, done := b.put(list.Head, seen.Blob, one, two)
	if status != 200 || done.Commit == "" || done.Text != wanted {
		t.Fatalf("%d %s", status, body)
	}
	if file, err := b.ada.Read(t.Context(), "main", shared); err != nil || string(file.Data) != wanted || file.Commit != done.Commit {
		t.Errorf("%s %v", file.Data, err)
	}
	for _, p := range []forge.PullRequest{one, two} {
		if got, err := b.ada.PullRequest(t.Context(), p.Number); err != nil || got.State != forge.Merged || got.Author.Name != "Ben" {
			t.Errorf("%+v %v", got, err)
		}
	}
	// A second press finds it.
	if status, body, again := b.put(list.Head, seen.Blob, one, two); status != 200 || again.Commit != done.Commit {
		t.Errorf("%d %s", status, body)
	}
	if left := b.look(); len(left.Pulls) != 3 || left.Head != done.Commit {
		t.Errorf("%+v", left)
	}
}

func TestSubmissionsRefused(t *testing.T) {
	b := newSubmissionBench(t)
	one := b.add("one", "* two\n", "* two\n* Ben's\n")
	change := b.add("change", "* two\n", "* 2\n")
	list := b.look()
	refused := func(what string, status int, kind, sentence string, head, blob string, pulls ...forge.PullRequest) {
		t.Helper()
		got, body, _ := b.put(head, blob, pulls...)
		if got != status || !strings.Contains(body, `"`+kind+`"`) || !strings.Contains(body, sentence) {
			t.Errorf("%s: %d %s", what, got, body)
		}
	}
	refused("one that changes lines", 409, "conflict", "merge it by itself", list.Head, "", one, change)
	refused("none", 400, "invalid", "no pull request", list.Head, "")
	moved := one
	moved.Head = change.Head
	refused("one that moved", 409, "stale", "was changed since you looked", list.Head, "", moved)
	_, _, seen := b.put(list.Head, "", one)
	// The branch goes on.
	other := b.add("other", "*\n", "* x\n")
	if _, err := b.ada.Merge(t.Context(), other.Number, other.Head); err != nil {
		t.Fatal(err)
	}
	refused("a branch that moved", 409, "stale", "has gone on", list.Head, "", one)
	refused("a branch that moved after it was seen", 409, "stale", "has gone on", list.Head, seen.Blob, one)
	if file, err := b.ada.Read(t.Context(), "main", shared); err != nil || strings.Contains(string(file.Data), "Ben's") {
		t.Errorf("%s %v", file.Data, err)
	}
	// And who may not push is told so.
	f := newFake(map[string]string{shared: weekly})
	f.info.CanPush = false
	reader := newBenchOver(t, f)
	var told offeredPulls
	decode(t, text(t, reader.do("GET", "/api/submissions?branch=main&path="+shared, "")), &told)
	if !strings.Contains(told.Refused, "may not push to the branch main") {
		t.Errorf("%+v", told)
	}
	if res := reader.do("GET", "/api/submissions?branch=main&path=_config.yml", ""); res.StatusCode != 404 {
		t.Error(res.Status)
	}
}
