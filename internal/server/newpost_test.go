package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"galley/internal/forge"
	"galley/internal/server"
)

// The same name, composed and decomposed.
const (
	composed   = "_posts/2026-08-16-s\u00fcd.md"
	decomposed = "_posts/2026-08-16-su\u0308d.md"
)

// A new post is not made beside one that other systems take for the same file,
// and an address finds the file in whichever form its name is.
func TestSpelledOtherwise(t *testing.T) {
	files := exampleFiles(t)
	files[decomposed] = "---\ntitle: South\n---\n"
	files["_posts/2026-08-17-Update.md"] = "---\ntitle: Update\n---\n"
	for name, f := range map[string]forge.Forge{"memory": newFake(files), "disk": localForge(t, files)} {
		t.Run(name, func(t *testing.T) {
			b := newBenchOver(t, f)
			for query, want := range map[string]newInfo{
				"date=2026-08-16&slug=s%C3%BCd":   {Path: decomposed, Taken: true},
				"date=2026-08-16&slug=su%CC%88d":  {Path: decomposed, Taken: true},
				"date=2026-08-17&slug=update":     {Path: "_posts/2026-08-17-Update.md", Taken: true},
				"date=2026-08-18&slug=s%C3%BCd":   {Path: "_posts/2026-08-18-s\u00fcd.md"},
				"date=2026-08-16&slug=sud":        {Path: "_posts/2026-08-16-sud.md"},
				"date=2026-08-16&slug=s%C3%BCden": {Path: "_posts/2026-08-16-s\u00fcden.md"},
			} {
				var fresh newInfo
				if b.get("/api/new?branch=main&"+query, &fresh); fresh.Path != want.Path || fresh.Taken != want.Taken {
					t.Errorf("%s: %+q, taken: %v", query, fresh.Path, fresh.Taken)
				}
			}
			for path, want := range map[string]string{composed: decomposed, decomposed: "", "_posts/2026-08-17-Update.md": "", "_posts/2026-08-18-\u00fc.md": ""} {
				res := b.do("GET", "/edit?"+url.Values{"branch": {"main"}, "path": {path}}.Encode(), "")
				to, _ := url.Parse(res.Header.Get("Location"))
				if text(t, res); to.Query().Get("path") != want || (want == "") != (res.StatusCode == 200) {
					t.Errorf("%+q leads to %d %+q", path, res.StatusCode, to)
				}
			}
		})
	}
}

// A name that cannot be used is refused before anything is written under it.
func TestNewPostBelowTwin(t *testing.T) {
	files := exampleFiles(t)
	files["_Posts/2026-01-01-a.md"] = "x"
	b := newBenchOver(t, newFake(files))
	res := b.do("GET", "/api/new?branch=main&date=2026-08-16&slug=a", "")
	if p := problemOf(t, text(t, res)); res.StatusCode != 400 || !strings.Contains(p.Sentence, "_Posts/2026-01-01-a.md") {
		t.Errorf("%d %+v", res.StatusCode, p)
	}
}

// A new edition takes along what the settings name, and says what.
// No name is longer than a disk takes: a merge on it would end, and each one after.
func TestLongNames(t *testing.T) {
	files := exampleFiles(t)
	files["_config.yml"] = "title: x\n"
	b := newBenchOver(t, localForge(t, files))
	long := strings.Repeat("я", 130)
	var fresh newInfo
	b.get("/api/new?branch=main&date=2026-08-17&title="+url.QueryEscape(long), &fresh)
	if fresh.Path != "_posts/2026-08-17-"+strings.Repeat("я", 60)+".md" || !strings.Contains(fresh.Text, "title: "+long+"\n") {
		t.Errorf("new: %q %q", fresh.Path, fresh.Text)
	}
	n := submitted(t, b, submission(map[string]any{"path": fresh.Path, "text": fresh.Text, "blob": ""}))
	var opened struct{ Pull struct{ Head string } }
	b.get(fmt.Sprintf("/api/pulls/%d", n), &opened)
	if res := b.post(fmt.Sprintf("/api/pulls/%d/merge", n), map[string]string{"head": opened.Pull.Head}); res.StatusCode != http.StatusOK {
		t.Errorf("merged: %d %s", res.StatusCode, text(t, res))
	}
	for name, res := range map[string]*http.Response{
		"submitted": b.post("/api/submit", submission(map[string]any{"path": "_posts/2026-08-16-" + long + ".md", "text": fresh.Text, "blob": ""})),
		"data":      b.post("/api/submit", submission(map[string]any{"path": "_data/" + long + ".yml", "text": "a: 1\n", "blob": ""})),
	} {
		if p := problemOf(t, text(t, res)); res.StatusCode != http.StatusBadRequest || !strings.Contains(p.Sentence, "a name in it is too long") {
			t.Errorf("%s: %d %+v", name, res.StatusCode, p)
		}
	}
}

func TestNewPostCarries(t *testing.T) {
	files := exampleFiles(t)
	files["_config.yml"] = "galley:\n  edition: {weekday: sunday, carry: [Events]}\n"
	files["_posts/2026-08-09-x.md"] = "## Events\n\n* Gone, 2026-08-15\n* To come, 2026-08-20\n"
	b := newBenchOver(t, newFake(files))
	var fresh struct {
		Text, CarriedFrom string
		Carried           []struct {
			Name         string
			Kept, Passed int
		}
	}
	b.get("/api/new?branch=main&date=2026-08-16&slug=a", &fresh)
	if !strings.Contains(fresh.Text, "## Events\n\n* To come, 2026-08-20\n\n## ") || fresh.CarriedFrom != "_posts/2026-08-09-x.md" || len(fresh.Carried) != 1 || fresh.Carried[0].Passed != 1 {
		t.Errorf("%+v", fresh)
	}
	// A post that is no edition, since its day is none's, takes nothing from it.
	files["_posts/2026-08-12-note.md"] = "---\ntitle: A note of Wednesday\n---\n\nSomething.\n"
	noted := newBenchOver(t, newFake(files))
	var behind struct{ Text, CarriedFrom string }
	if noted.get("/api/new?branch=main&date=2026-08-16&slug=a", &behind); behind.Text != fresh.Text || behind.CarriedFrom != "_posts/2026-08-09-x.md" {
		t.Errorf("with a note since: %+v", behind)
	}
	delete(files, "_posts/2026-08-12-note.md")
	// So it does where all collections are in a folder.
	files["_config.yml"] += "collections_dir: col\n"
	files["col/_posts/2026-08-09-x.md"] = files["_posts/2026-08-09-x.md"]
	delete(files, "_posts/2026-08-09-x.md")
	within := newBenchOver(t, newFake(files))
	var inFolder struct{ Path, CarriedFrom string }
	if within.get("/api/new?branch=main&date=2026-08-16&slug=a", &inFolder); inFolder.Path != "col/_posts/2026-08-16-a.md" || inFolder.CarriedFrom != "col/_posts/2026-08-09-x.md" {
		t.Errorf("%+v", inFolder)
	}
	fresh.Carried = nil
	b.get("/api/new?branch=main&date=2026-08-17&slug=a", &fresh) // no day of an edition
	if strings.Contains(fresh.Text, "To come") || len(fresh.Carried) != 0 {
		t.Errorf("%+v", fresh)
	}
}

// An edition is dated by the settings' time of day, in the site's zone, and another post
// by the clock's.
func TestNewPostOfEditionIsDated(t *testing.T) {
	clock := func(c *server.Config) {
		c.Clock = func() time.Time { return time.Date(2026, 8, 16, 3, 4, 5, 0, time.UTC) } // Saturday, there
	}
	for _, c := range []struct{ edition, date, want string }{
		{`{weekday: sunday, time: "22:00"}`, "2026-08-23", "2026-08-23 22:00:00 -0700"},
		{`{weekday: sunday, time: "22:00"}`, "2026-08-24", "2026-08-24 20:04:05 -0700"},
		{`{weekday: sunday}`, "2026-08-23", "2026-08-23 00:00:00 -0700"},
		{`{day: 31, time: "07:30"}`, "2026-09-30", "2026-09-30 07:30:00 -0700"},
		{`{weekday: saturday, time: "22:00"}`, "", "2026-08-15 22:00:00 -0700"},
		{`{weekday: sunday, time: "22:00"}`, "", "2026-08-15 20:04:05 -0700"},
	} {
		files := exampleFiles(t)
		files["_config.yml"] = "timezone: America/Los_Angeles\ngalley:\n  edition: " + c.edition + "\n"
		b := newBenchOver(t, newFake(files), clock)
		var fresh struct{ Path, Text string }
		b.get("/api/new?branch=main&slug=a&date="+c.date, &fresh)
		if !strings.Contains(fresh.Text, "\ndate: "+c.want+"\n") || fresh.Path != "_posts/"+c.want[:10]+"-a.md" {
			t.Errorf("%s of %q: %s %q", c.edition, c.date, fresh.Path, fresh.Text)
		}
	}
}

// Where the settings keep collections in a folder, a new post is made, and editions are
// found, in it: elsewhere the site reads none.
func TestNewPostInCollectionsDir(t *testing.T) {
	b := newBenchOver(t, localForge(t, map[string]string{
		"_config.yml":                "title: x\ncollections_dir: col\ngalley:\n  edition: {weekday: sunday, carry: [Events]}\n",
		"col/_posts/2026-08-16-a.md": "---\ntitle: a\n---\n\n## Events\n\n* Soon, 2026-08-30\n",
	}))
	var fresh struct{ Path, Text, CarriedFrom string }
	b.get("/api/new?branch=main&title=New+one&date=2026-08-23", &fresh)
	if fresh.Path != "col/_posts/2026-08-23-new-one.md" || fresh.CarriedFrom != "col/_posts/2026-08-16-a.md" {
		t.Fatalf("%+v", fresh)
	}
	var listed struct{ NextEdition string }
	b.get("/api/site", &listed)
	if listed.NextEdition != "2026-08-23" {
		t.Errorf("the next edition is of %q", listed.NextEdition)
	}
	list := lines(t, text(t, b.post("/api/submit", submission(map[string]any{"path": fresh.Path, "text": fresh.Text, "blob": ""}))))
	if end := list[len(list)-1]; end.Error != nil {
		t.Errorf("%+v", end.Error)
	}
}
