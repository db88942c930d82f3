package server_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/forge"
	"galley/internal/forge/local"
	"galley/internal/server"
)

const shared = "_posts/2026-08-16-update.md"

// newShared is a server over a repository on disk, for several people: the
// header Person of a request says who asks. Branch main and an edition's branch
// hold the text.
func newShared(t testing.TB, text string) *bench {
	t.Helper()
	files := fstest.MapFS{"_config.yml": {Data: []byte(config)}, shared: {Data: []byte(text)}}
	dir := filepath.Join(t.TempDir(), "harbour")
	clock := func() time.Time { return now }
	first, err := local.Init(dir, files, somebody("Ada"), clock)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.StartBranch(t.Context(), "20260816", "main", nil); err != nil {
		t.Fatal(err)
	}
	return newBenchOver(t, first, func(c *server.Config) {
		c.Forge = func(r *http.Request) (forge.Forge, error) {
			return local.Open(dir, somebody(r.Header.Get("Person")), clock)
		}
	})
}

func somebody(name string) forge.Person {
	return forge.Person{Name: name, Email: strings.ToLower(name) + "@example.org"}
}

type wroteWhat struct {
	Section, State string
	Number         int
	Person         struct{ Name string }
	Own            bool
}

func (b *bench) writers(who string) string {
	b.t.Helper()
	var list []wroteWhat
	decode(b.t, text(b.t, b.do("GET", "/api/writers?branch=20260816&path="+shared, "", "Person: "+who)), &list)
	out := ""
	for _, w := range list {
		out += fmt.Sprintf("%s %s by %s in %d, own %v\n", w.Section, w.State, w.Person.Name, w.Number, w.Own)
	}
	return out
}

// submitAs sends a submission, and gives the last line of the answer.
func (b *bench) submitAs(who string, m map[string]any) string {
	b.t.Helper()
	lines := strings.Split(strings.TrimSpace(text(b.t, b.post("/api/submit", m, "Person: "+who))), "\n")
	return lines[len(lines)-1]
}

func TestWriters(t *testing.T) {
	base := "---\ntitle: a\n---\n## News\n\nNews.\n\n## Promotions\n\n* \n\n## Shoutouts\n"
	b := newShared(t, base)
	var file struct{ Blob string }
	decode(t, text(t, b.do("GET", "/api/post?branch=20260816&path="+shared, "", "Person: Ben")), &file)
	submission := func(text, message string, writing ...string) map[string]any {
		return map[string]any{"base": "20260816", "path": shared, "text": text, "blob": file.Blob, "earlier": []string{}, "title": "Edit", "message": message, "writing": writing}
	}
	if got := b.writers("Ada"); got != "" {
		t.Errorf("at first: %s", got)
	}
	announced := submission(base, "", "Promotions", "Shout; outs")
	announced["announce"] = true
	if got := b.submitAs("Ben", announced); !strings.Contains(got, `"writing":["Promotions","Shout, outs"]`) {
		t.Fatal(got)
	}
	if got, want := b.writers("Ada"), "Promotions announced by Ben in 1, own false\nShout, outs announced by Ben in 1, own false\n"; got != want {
		t.Errorf("announced: %s, want %s", got, want)
	}
	changed := strings.Replace(base, "* \n", "* Gate\n", 1) + "\n* Ada\n"
	given := submission(changed, "A description")
	given["givenBack"] = []string{"Shout; outs"}
	if got := b.submitAs("Ben", given); !strings.Contains(got, `Writing: Promotions"`) {
		t.Fatal(got)
	}
	if got := b.submitAs("Ada", submission(strings.Replace(base, "News.", "More.", 1), "")); !strings.Contains(got, `"pull"`) {
		t.Fatal(got)
	}
	want := "News changed by Ada in 2, own true\nPromotions changed by Ben in 1, own false\nShoutouts changed by Ben in 1, own false\n"
	if got := b.writers("Ada"); got != want {
		t.Errorf("changed: %s, want %s", got, want)
	}
	for target, status := range map[string]int{"/api/writers?path=notes.txt": 404, "/api/writers?branch=nope&path=" + shared: 200, "/api/writers?branch=a..b&path=" + shared: 400} {
		if res := b.do("GET", target, "", "Person: Ada"); res.StatusCode != status {
			t.Errorf("%s: %d, want %d: %s", target, res.StatusCode, status, text(t, res))
		}
	}
}

// A description's line of sections and the rest of it change apart.
func TestDescription(t *testing.T) {
	base := "---\ntitle: a\n---\n## News\n"
	b := newShared(t, base)
	for _, c := range []struct {
		message string
		writing []string
		given   []string
		want    string
	}{
		{"A long description.\n\nIn two parts.", []string{"News"}, nil, "A long description.\n\nIn two parts.\n\nWriting: News"},
		{"", []string{"Misc"}, nil, "A long description.\n\nIn two parts.\n\nWriting: News; Misc"},
		{"Another.", nil, nil, "Another.\n\nWriting: News; Misc"},
		{"", nil, nil, "Another.\n\nWriting: News; Misc"},
		{"", nil, []string{"Misc"}, "Another.\n\nWriting: News"},
		{"", nil, []string{"News"}, "Another."},
	} {
		m := map[string]any{"base": "20260816", "path": shared, "text": base, "blob": forge.BlobID([]byte(base)), "earlier": []string{}, "title": "Edit", "message": c.message, "announce": true, "writing": c.writing, "givenBack": c.given}
		var end struct{ Pull struct{ Body string } }
		if decode(t, b.submitAs("Ben", m), &end); end.Pull.Body != c.want {
			t.Errorf("%q, %q: %q, want %q", c.message, c.writing, end.Pull.Body, c.want)
		}
	}
}

// Who changed what on a branch is told by its history.
func TestChanges(t *testing.T) {
	base := "---\ntitle: a\n---\n## News\n\nNews.\n\n## Promotions\n\n* \n"
	b := newShared(t, base)
	var file struct{ Blob string }
	decode(t, text(t, b.do("GET", "/api/post?branch=20260816&path="+shared, "", "Person: Ben")), &file)
	m := map[string]any{"base": "20260816", "path": shared, "text": strings.Replace(strings.Replace(base, "* ", "* Gate", 1), "title: a", "title: b", 1), "blob": file.Blob, "earlier": []string{}, "title": "Promote"}
	var answer struct {
		Pull struct {
			Number int
			Head   string
		}
	}
	decode(t, b.submitAs("Ben", m), &answer)
	if res := b.post(fmt.Sprintf("/api/pulls/%d/merge", answer.Pull.Number), map[string]string{"head": answer.Pull.Head}, "Person: Ada"); res.StatusCode != 200 {
		t.Fatal(text(t, res))
	}
	got := text(t, b.do("GET", "/api/changes?branch=20260816&path="+shared+"&blob="+file.Blob, "", "Person: Ada"))
	var edits []struct {
		Title  string
		Person struct{ Name, Email string }
		Places []struct {
			Matter bool
			Where  []string
		}
	}
	decode(t, got, &edits)
	if len(edits) != 1 || edits[0].Person.Email != "ben@example.org" || edits[0].Title != "Promote" ||
		fmt.Sprint(edits[0].Places) != "[{true [title]} {false [Promotions]}]" {
		t.Error(got)
	}
}
