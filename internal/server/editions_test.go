package server_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"galley/internal/forge"
)

// editionConfig are the settings of a site with editions.
const editionConfig = config + "  branch: \"{year}{mm}{dd}\"\n"

const edition = "_posts/2026-08-16-update.md"

// branchInfo is a branch as the editor learns of it.
type branchInfo struct {
	Name, Edition string
	Default, Open bool
}

// newInfo is a new post as the editor learns of it.
type newInfo struct {
	Path, Text, Branch, From string
	Exists, Taken            bool
}

// The week of a newsletter: an editor starts the edition, a writer writes in
// it, and it reaches the site as a whole.
func TestEdition(t *testing.T) {
	files := exampleFiles(t)
	files["_config.yml"] = editionConfig
	for name, f := range map[string]forge.Forge{"memory": newFake(files), "disk": localForge(t, files)} {
		t.Run(name, func(t *testing.T) {
			b := newBenchOver(t, f)
			var list struct{ Branch string }
			if b.get("/api/posts", &list); list.Branch != "main" {
				t.Errorf("without an edition work goes on at %q", list.Branch)
			}
			var fresh newInfo
			b.get("/api/new?date=2026-08-16", &fresh)
			if fresh.Branch != "20260816" || fresh.From != "main" || fresh.Exists || fresh.Taken || fresh.Path != edition {
				t.Fatalf("%+v", fresh)
			}
			if b.get("/api/new?branch=main&date=2026-08-16", &fresh); fresh.Branch != "main" || !fresh.Exists {
				t.Errorf("a branch that was chosen: %+v", fresh)
			}
			for range 2 { // a double click
				res := b.post("/api/branches", map[string]string{"name": "20260816", "from": "main"})
				var made struct{ Branch branchInfo }
				if decode(t, text(t, res), &made); res.StatusCode != 200 || made.Branch.Name != "20260816" {
					t.Fatalf("%d %+v", res.StatusCode, made)
				}
			}
			if b.get("/api/posts", &list); list.Branch != "20260816" {
				t.Errorf("work goes on at %q", list.Branch)
			}
			res := b.post("/api/pulls", map[string]string{"branch": "20260816", "base": "main", "title": "Edition"})
			if p := problemOf(t, text(t, res)); res.StatusCode != 400 || !strings.Contains(p.Sentence, "nothing") {
				t.Errorf("%d %+v", res.StatusCode, p)
			}

			merge(t, b, submitted(t, b, submission(map[string]any{"base": "20260816", "path": edition, "text": fresh.Text})))
			if b.get("/api/new?date=2026-08-16", &fresh); !fresh.Taken || !fresh.Exists {
				t.Errorf("%+v", fresh)
			}
			var post struct{ Edition string }
			if b.get("/api/post?branch=20260816&path="+edition, &post); post.Edition != "20260816" {
				t.Errorf("%+v", post)
			}

			res = b.post("/api/pulls", map[string]string{"branch": "20260816", "base": "main", "title": "Edition\nCloses #1"})
			var opened struct {
				Pull struct {
					Number              int
					Title, Base, Branch string
				}
			}
			if decode(t, text(t, res), &opened); opened.Pull.Base != "main" || opened.Pull.Branch != "20260816" || opened.Pull.Title != "Edition Closes (#1)" {
				t.Fatalf("%+v", opened)
			}
			branches := branchList(b)
			if want := (branchInfo{"20260816", "2026-08-16", false, true}); len(branches) < 2 || branches[1] != want {
				t.Errorf("%+v", branches)
			}
			merge(t, b, opened.Pull.Number)
			if branchList(b)[1].Open {
				t.Error("an edition that is published is open")
			}
			if b.get("/api/posts", &list); list.Branch != "main" {
				t.Errorf("after the edition work goes on at %q", list.Branch)
			}
			// Mending what is published does not open the edition again.
			merge(t, b, submitted(t, b, submission(map[string]any{"path": edition, "text": fresh.Text + "Mended.\n", "blob": forge.BlobID([]byte(fresh.Text))})))
			if branchList(b)[1].Open {
				t.Error("an edition that is mended is open")
			}
		})
	}
}

// What becomes of a published post on the default branch does not open its edition
// again; what is written on the edition's branch behind that does.
func TestEditionThatWasPublished(t *testing.T) {
	for name, takeOff := range map[string]func(text string) map[string]any{
		"renamed": func(text string) map[string]any {
			return map[string]any{"path": "_posts/2026-08-16-renamed.md", "text": text, "blob": "", "from": edition, "fromBlob": forge.BlobID([]byte(text))}
		},
		"on another day": func(text string) map[string]any {
			return map[string]any{"path": "_posts/2026-08-17-update.md", "text": text, "blob": "", "from": edition, "fromBlob": forge.BlobID([]byte(text))}
		},
		"taken back as a draft": func(text string) map[string]any {
			return map[string]any{"path": "_drafts/update.md", "text": text, "blob": "", "from": edition, "fromBlob": forge.BlobID([]byte(text))}
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := exampleFiles(t)
			files["_config.yml"] = editionConfig
			b := newBenchOver(t, localForge(t, files))
			var fresh newInfo
			b.get("/api/new?date=2026-08-16", &fresh)
			if res := b.post("/api/branches", map[string]any{"name": "20260816", "from": "main", "path": edition, "text": fresh.Text, "title": "Begin"}); res.StatusCode != 200 {
				t.Fatal(text(t, res))
			}
			var opened struct{ Pull struct{ Number int } }
			decode(t, text(t, b.post("/api/pulls", map[string]string{"branch": "20260816", "base": "main", "title": "Edition"})), &opened)
			merge(t, b, opened.Pull.Number)
			mended := fresh.Text + "\nMended.\n"
			merge(t, b, submitted(t, b, submission(map[string]any{"path": edition, "text": mended, "blob": forge.BlobID([]byte(fresh.Text))})))
			merge(t, b, submitted(t, b, submission(takeOff(mended))))
			var list struct{ Branch string }
			if b.get("/api/posts", &list); list.Branch != "main" || branchList(b)[1].Open {
				t.Errorf("work goes on at %s, %+v", list.Branch, branchList(b))
			}
			merge(t, b, submitted(t, b, submission(map[string]any{"base": "20260816", "path": edition, "text": fresh.Text + "\nNew.\n", "blob": forge.BlobID([]byte(fresh.Text))})))
			if b.get("/api/posts", &list); list.Branch != "20260816" {
				t.Errorf("with a new text work goes on at %s", list.Branch)
			}
		})
	}
}

// A forge that is far away is not asked again and again for what an edition has that
// was never published.
func TestOpenEditionAsksOnce(t *testing.T) {
	b := newBench(t)
	b.forge.branches["main"]["_config.yml"] = []byte(editionConfig)
	open := maps.Clone(b.forge.branches["main"])
	open[edition] = []byte("---\ntitle: New\n---\n")
	b.forge.branches["20260816"] = open
	for range 3 {
		if list := branchList(b); !list[1].Open {
			t.Errorf("%+v", list)
		}
	}
	if n := b.forge.called("History"); n != 1 {
		t.Errorf("its history was asked for %d times", n)
	}
}

func branchList(b *bench) []branchInfo {
	b.t.Helper()
	var list []branchInfo
	b.get("/api/branches", &list)
	return list
}

// submitted sends a submission and gives its pull request's number.
func submitted(t *testing.T, b *bench, m map[string]any) int {
	t.Helper()
	list := lines(t, text(t, b.post("/api/submit", m)))
	end := list[len(list)-1]
	if end.Pull == nil {
		t.Fatalf("%+v", end.Error)
	}
	return end.Pull.Number
}

// merge merges a pull request as it is.
func merge(t *testing.T, b *bench, number int) {
	t.Helper()
	var p struct{ Pull struct{ Head string } }
	b.get(fmt.Sprintf("/api/pulls/%d", number), &p)
	if res := b.post(fmt.Sprintf("/api/pulls/%d/merge", number), map[string]string{"head": p.Pull.Head}); res.StatusCode != 200 {
		t.Fatalf("merging %d: %s", number, text(t, res))
	}
}

// Only editions' branches are made and proposed.
func TestEditionRefusals(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"20260816", "x", "main", "a..b", "", "refs/heads/20260816"} {
		for _, to := range []string{"/api/branches", "/api/pulls"} {
			m := map[string]string{"name": name, "from": "main", "branch": name, "base": "main", "title": "T"}
			if res := b.post(to, m); res.StatusCode != 400 {
				t.Errorf("without a pattern: %s %q: %d %s", to, name, res.StatusCode, text(t, res))
			}
		}
	}
	b.forge.branches["main"]["_config.yml"] = []byte(editionConfig)
	for _, name := range []string{"20261316", "20260816x", "main", "a..b", "", "galley/ada/20260816"} {
		if res := b.post("/api/branches", map[string]string{"name": name, "from": "main"}); res.StatusCode != 400 {
			t.Errorf("%q: %d %s", name, res.StatusCode, text(t, res))
		}
	}
	for from, status := range map[string]int{"nowhere": 404, "-x": 400, "": 400} {
		if res := b.post("/api/branches", map[string]string{"name": "20260816", "from": from}); res.StatusCode != status {
			t.Errorf("from %q: %d %s", from, res.StatusCode, text(t, res))
		}
	}
	if n := b.forge.called("Propose"); n != 0 || len(b.forge.branches) != 1 {
		t.Error("something was made")
	}
	// Without the right to push the forge says so.
	b.forge.spoil = func(method string) error {
		if method == "StartBranch" {
			return forge.Errorf(forge.ErrForbidden, nil, "You may not make branches here.")
		}
		return nil
	}
	res := b.post("/api/branches", map[string]string{"name": "20260816", "from": "main"})
	if p := problemOf(t, text(t, res)); p.Kind != "forbidden" {
		t.Errorf("%+v", p)
	}
}

// An edition that is begun has its post at once.
func TestEditionBegins(t *testing.T) {
	files := exampleFiles(t)
	files["_config.yml"] = editionConfig + "  sign_off: always\n"
	f := localForge(t, files)
	b := newBenchOver(t, f)
	var fresh newInfo
	b.get("/api/new?date=2026-08-16", &fresh)
	start := map[string]any{"name": fresh.Branch, "from": fresh.From, "path": fresh.Path, "text": fresh.Text, "title": "Begin the edition"}
	for _, wrong := range []map[string]any{
		{"path": "_config.yml"}, {"path": "_posts/2026-08-16-update.html.exe"}, {"path": "../x.md"}, {"title": ""}, {"from": "nowhere"},
		{"text": strings.Repeat("x", 5<<20)},
	} {
		m := maps.Clone(start)
		maps.Copy(m, wrong)
		if res := b.post("/api/branches", m); res.StatusCode < 400 || len(branchList(b)) != 1 {
			t.Errorf("%.60v: %d %s", wrong, res.StatusCode, text(t, res))
		}
	}
	if res := b.post("/api/branches", start); res.StatusCode != 200 {
		t.Fatalf("%d %s", res.StatusCode, text(t, res))
	}
	start["text"] = "---\ntitle: Another\n---\n"
	if res := b.post("/api/branches", start); res.StatusCode != 200 { // who was quicker began it
		t.Fatalf("%d %s", res.StatusCode, text(t, res))
	}
	var post struct{ Text string }
	if b.get("/api/post?branch=20260816&path="+edition, &post); post.Text != fresh.Text {
		t.Errorf("%q", post.Text)
	}
	log, err := f.History(t.Context(), "20260816", edition, "")
	if err != nil || len(log) != 1 {
		t.Errorf("%+v, %v", log, err)
	}
}

// An edition begins where the site's settings have its posts, and nowhere else.
func TestEditionBeginsInCollectionsDir(t *testing.T) {
	files := exampleFiles(t)
	files["_config.yml"] = editionConfig + "collections_dir: col\n"
	b := newBenchOver(t, localForge(t, files))
	var fresh newInfo
	b.get("/api/new?date=2026-08-16", &fresh)
	start := map[string]any{"name": fresh.Branch, "from": fresh.From, "path": fresh.Path, "text": fresh.Text, "title": "Begin the edition"}
	for _, wrong := range []string{edition, "col/_drafts/update.md", "col/update.md", "about.md", "_data/x.yml"} {
		m := maps.Clone(start)
		m["path"] = wrong
		if res := b.post("/api/branches", m); res.StatusCode != 400 || len(branchList(b)) != 1 {
			t.Errorf("%s: %d %s", wrong, res.StatusCode, text(t, res))
		}
	}
	if res := b.post("/api/branches", start); fresh.Path != "col/"+edition || res.StatusCode != 200 {
		t.Fatalf("%s: %d %s", fresh.Path, res.StatusCode, text(t, res))
	}
	var post struct{ Text string }
	if b.get("/api/post?branch=20260816&path="+fresh.Path, &post); post.Text != fresh.Text {
		t.Errorf("%q", post.Text)
	}
}

// Many editions cost no more requests than a few.
func TestEditionsOfFarForge(t *testing.T) {
	b := newBench(t)
	b.forge.branches["main"]["_config.yml"] = []byte(editionConfig)
	for i := range 300 {
		b.forge.branches[fmt.Sprintf("20%02d01%02d", i/28, i%28+1)] = b.forge.branches["main"]
	}
	var list []branchInfo
	b.get("/api/branches", &list)
	before := b.forge.called("Tree")
	b.get("/api/branches", &list)
	if n := b.forge.called("Tree") - before; n > 4 || len(list) != 301 {
		t.Errorf("%d trees, %d branches", n, len(list))
	}
}

// A pull request whose files nobody tells is about its edition's post.
func TestPullsOfEdition(t *testing.T) {
	b := newBench(t)
	b.forge.branches["main"]["_config.yml"] = []byte(editionConfig)
	pulls := []forge.PullRequest{
		{Number: 1, State: forge.Open, Base: "20260816", Branch: "bo:patch-1"},
		{Number: 2, State: forge.Open, Base: "20260823", Branch: "bo:patch-2"},
		{Number: 3, State: forge.Open, Base: "20260816", Branch: "galley/ana/2026-08-16-other"},
		{Number: 4, State: forge.Open, Base: "main", Branch: "cy:galley/cy/2026-08-16-update.2"},
		{Number: 5, State: forge.Open, Base: "20260816", Branch: "docs", Paths: []string{"README.md"}},
	}
	b.forge.pulls = pulls
	var list []struct{ Number int }
	if b.get("/api/pulls?path="+edition, &list); fmt.Sprint(list) != "[{1} {4}]" {
		t.Errorf("%v", list)
	}
}

// Who signs off is decided by the settings of the default branch.
func TestSignOff(t *testing.T) {
	for _, c := range []struct {
		setting    string
		wish, want bool
	}{
		{"", true, false}, {"never", true, false}, {"ask", true, true}, {"ask", false, false}, {"always", false, true},
	} {
		b := newBench(t)
		if c.setting != "" {
			b.forge.branches["main"]["_config.yml"] = []byte(config + "  sign_off: " + c.setting + "\n")
		}
		submitted(t, b, submission(map[string]any{"signOff": c.wish}))
		if b.forge.last.SignOff != c.want {
			t.Errorf("%q, wish %v: %v", c.setting, c.wish, b.forge.last.SignOff)
		}
	}
}

// The dialog for a new post proposes the next edition that has neither a post nor a
// branch.
func TestNextEdition(t *testing.T) {
	next := func(b *bench) string {
		t.Helper()
		var site struct{ NextEdition string }
		decode(t, text(t, b.do("GET", "/api/site", "")), &site)
		return site.NextEdition
	}
	if got := next(newBench(t)); got != "" {
		t.Errorf("without a rule it is %s", got)
	}
	settings := []byte("galley:\n  branch: \"{year}{mm}{dd}\"\n  edition: {weekday: sunday}\n")
	b := newBench(t)
	b.forge.branches["main"]["_config.yml"] = settings
	first := next(b)
	day, err := time.Parse(time.DateOnly, first)
	if err != nil || day.Weekday() != time.Sunday {
		t.Fatalf("it is %q", first)
	}
	b = newBench(t)
	b.forge.branches["main"]["_config.yml"] = settings
	b.forge.branches["main"]["_posts/"+first+"-update.md"] = []byte("---\n---\n")
	b.forge.branches[day.AddDate(0, 0, 7).Format("20060102")] = b.forge.branches["main"]
	if got, want := next(b), day.AddDate(0, 0, 14).Format(time.DateOnly); got != want {
		t.Errorf("it is %s, not %s", got, want)
	}
}
