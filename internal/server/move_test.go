package server_test

import (
	"net/url"
	"strings"
	"testing"

	"galley/internal/growthtest"
)

type moveAnswer struct {
	Path, Text, Blob, Day, Slug, Published, Address string
	Redirects, Taken, Shared                        bool
	Links                                           []string
}

// A post gets another day and slug, a draft becomes a post, and both leave in one
// submission.
func TestMove(t *testing.T) {
	const old = "_posts/2026-08-16-update.md"
	files := map[string]string{
		"_config.yml":              "title: T\npermalink: /:year/:title/\nplugins: [jekyll-redirect-from]\n",
		old:                        "---\ntitle: A\ndate: 2026-08-16 22:00:00 +0000\n---\n\nA text that is long enough.\n",
		"_posts/2026-08-09-b.md":   "---\ntitle: B\n---\nSee [A](/2026/update/).\n\nAnd {% post_url 2026-08-16-update %}, {% post_url 2026-08-16-updates-too %}.\n2026-08-16-update {%- link a.md %} 2026-08-16-update {% x\n\n{%- link _posts/2026-08-16-update.md {% x %} 2026-08-16-update {% post_url 2026-08-16-up",
		"_posts/2026-08-02-c.md":   "---\ntitle: C\n---\n",
		"_drafts/a-thought.md":     "---\ntitle: Thought\n---\nText.\n",
		"_layouts/post.html":       "{{ content }}",
		"assets/images/picture.md": "no",
		"_posts/2026-07-26-old.md": "---\ntitle: Caf\xe9\n---\nIn an older encoding.\n",
	}
	b := newBenchOver(t, localForge(t, files))
	ask := func(path string, more ...string) (m moveAnswer) {
		t.Helper()
		q := url.Values{"path": {path}}
		for i := 0; i < len(more); i += 2 {
			q.Set(more[i], more[i+1])
		}
		b.get("/api/move?"+q.Encode(), &m)
		return m
	}
	m := ask(old)
	if m.Path != old || m.Text != files[old] || m.Day != "2026-08-16" || m.Slug != "update" || m.Published != "/2026/update/" || m.Address != m.Published || !m.Redirects || m.Taken || len(m.Links) != 0 {
		t.Errorf("as it is: %+v", m)
	}
	m = ask(old, "slug", "News", "day", "2026-08-17", "redirect", "1")
	if m.Path != "_posts/2026-08-17-news.md" || m.Address != "/2026/news/" || m.Published != "/2026/update/" ||
		m.Text != "---\ntitle: A\ndate: 2026-08-17 22:00:00 +0000\nredirect_from: /2026/update/\n---\n\nA text that is long enough.\n" {
		t.Errorf("renamed: %+v", m)
	}
	if got := strings.Join(m.Links, ", "); got != "_posts/2026-08-09-b.md line 4, _posts/2026-08-09-b.md line 6, _posts/2026-08-09-b.md line 9" {
		t.Errorf("named at %s", got)
	}
	if m := ask(old, "slug", "c", "day", "2026-08-02"); !m.Taken {
		t.Errorf("to where another is: %+v", m)
	}
	// The site's addresses have no day but the year's: a copy needs another slug.
	if m := ask(old, "day", "2026-08-18", "copy", "1"); !m.Shared || m.Taken || m.Address != "/2026/update/" {
		t.Errorf("a copy at the same address: %+v", m)
	}
	if m := ask(old, "day", "2026-08-18", "slug", "other", "copy", "1"); m.Shared || m.Address != "/2026/other/" {
		t.Errorf("a copy: %+v", m)
	}
	for path, status := range map[string]int{"_posts/none.md": 404, "_config.yml": 404, "_posts/2026-01-01-none.md": 404, old + "&day=soon": 400, old + "&slug=!": 400, "_drafts/a-thought.md&group=posts": 400, "_posts/2026-07-26-old.md&slug=new": 422} {
		if res := b.do("GET", "/api/move?path="+path, ""); res.StatusCode != status {
			t.Errorf("%s is answered with %d, want %d", path, res.StatusCode, status)
		}
	}

	send := func(more map[string]any) line {
		t.Helper()
		res := b.post("/api/submit", submission(more))
		if body := text(t, res); res.StatusCode == 200 {
			all := lines(t, body)
			return all[len(all)-1]
		} else {
			p := problemOf(t, body)
			return line{Error: &p}
		}
	}
	m = ask("_drafts/a-thought.md", "group", "posts", "day", "2026-08-20")
	end := send(map[string]any{"path": m.Path, "text": m.Text, "blob": "", "from": "_drafts/a-thought.md", "fromBlob": m.Blob})
	if end.Pull == nil || m.Path != "_posts/2026-08-20-a-thought.md" || m.Published != "" {
		t.Fatalf("a draft was not published: %+v, %+v", m, end.Error)
	}
	var change struct {
		Files []struct{ Path string }
	}
	if b.get("/api/pulls/1", &change); len(change.Files) != 2 || change.Files[0].Path != "_drafts/a-thought.md" || change.Files[1].Path != m.Path {
		t.Errorf("the pull request has %+v", change.Files)
	}

	blob := ask(old).Blob
	for name, wrong := range map[string]map[string]any{
		"no blob":              {"path": "_posts/2026-08-17-x.md", "blob": "", "from": old},
		"a blob of both":       {"path": "_posts/2026-08-17-x.md", "blob": blob, "from": old, "fromBlob": blob},
		"what is not written":  {"path": "_posts/2026-08-17-x.md", "blob": "", "from": "_config.yml", "fromBlob": blob},
		"to itself":            {"path": old, "blob": "", "from": old, "fromBlob": blob},
		"deleted with a text":  {"path": old, "blob": blob, "gone": true},
		"deleted without blob": {"path": old, "text": "", "gone": true},
		"deleting settings":    {"path": "_config.yml", "text": "", "blob": blob, "gone": true},
	} {
		if end := send(wrong); end.Error == nil || end.Error.Kind != "invalid" {
			t.Errorf("%s: %+v", name, end)
		}
	}
	if end := send(map[string]any{"path": "_posts/2026-08-17-x.md", "blob": "", "from": old, "fromBlob": strings.Repeat("a", 40)}); end.Error == nil || end.Error.Kind != "stale" || end.Error.Current == nil || end.Error.Current.Path != old {
		t.Errorf("moving another version: %+v", end.Error)
	}

	// Deleted, merged, and found again.
	if end = send(map[string]any{"path": old, "text": "", "blob": blob, "gone": true}); end.Pull == nil {
		t.Fatalf("not deleted: %+v", end.Error)
	}
	var pull struct{ Pull struct{ Head string } }
	b.get("/api/pulls/2", &pull)
	if res := b.post("/api/pulls/2/merge", map[string]string{"head": pull.Pull.Head}); res.StatusCode != 200 {
		t.Fatal(text(t, res))
	}
	var removed []struct{ Path, Title, When string }
	if b.get("/api/removed?group=posts", &removed); len(removed) != 1 || removed[0].Path != old || removed[0].When == "" {
		t.Errorf("removed: %+v", removed)
	}
	var was struct{ Path, Text string }
	if b.get("/api/removed?path="+old, &was); was.Text != files[old] {
		t.Errorf("it was %+v", was)
	}
	for _, path := range []string{"_posts/2026-08-02-c.md", "_config.yml", "_posts/2026-01-01-none.md"} {
		if res := b.do("GET", "/api/removed?path="+path, ""); res.StatusCode != 404 {
			t.Errorf("%s was removed: %d", path, res.StatusCode)
		}
	}
	if end := send(map[string]any{"path": old, "text": was.Text, "blob": ""}); end.Pull == nil || end.Pull.Number != 3 {
		t.Errorf("not restored: %+v", end)
	}
}

// The settings' snippets are told with their fields.
func TestSnippets(t *testing.T) {
	b := newBench(t)
	b.forge.branches["main"]["_config.yml"] = []byte("title: T\ngalley:\n  snippets: [figure.html, {include: quote.html, name: Quotation, fields: [{name: text, long: true}, by]}, none.html]\n")
	b.forge.branches["main"]["_includes/figure.html"] = []byte("<img src=\"{{ include.src }}\"><p>{{ include.caption }}")
	b.forge.branches["main"]["_includes/quote.html"] = []byte("x")
	res := b.do("GET", "/api/snippets?branch=main", "")
	want := `{"snippets":[{"name":"Figure","include":"figure.html","fields":[{"name":"src","label":"Src","picture":true,"long":false},{"name":"caption","label":"Caption","picture":false,"long":false}]},` +
		`{"name":"Quotation","include":"quote.html","fields":[{"name":"text","label":"Text","picture":false,"long":true},{"name":"by","label":"By","picture":false,"long":false}]}],` +
		`"wrong":["galley.snippets[2]: there is no file _includes/none.html."]}` + "\n"
	if got := text(t, res); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

// However often other posts have the name, and whatever stands between, what the answer
// costs grows with the posts and no faster.
func TestMoveProportional(t *testing.T) {
	growthtest.Linear(t, 144_000, func(n int) func() {
		b := newBenchOver(t, localForge(t, map[string]string{
			"_config.yml":            "title: T\n",
			"a.md":                   "---\ntitle: A\n---\n",
			"_posts/2026-08-09-b.md": "---\ntitle: B\n---\n{% " + strings.Repeat("a ", n),
		}))
		ask := func() { b.get("/api/move?path=a.md&slug=b", new(moveAnswer)) }
		ask() // and the index is made
		return ask
	})
}
