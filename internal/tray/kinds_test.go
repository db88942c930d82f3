package tray

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const notes = "# gauge-sim\n\n## [v0.8.0](https://code.example/gauge-sim/releases/v0.8.0) - 2026-03-20\n\n* Clocks [drift](https://x.example/)\n* Faster\n\n```\n## v9.9.9\n```\n\n## 0.7.1 (2026-03-01)\n\nSee <https://code.example/0.7.1>.\n\n## Unreleased\n\n- nothing\n"

func TestNotes(t *testing.T) {
	tr := tray(t, map[string]any{"name": "N", "kind": "notes", "where": "notes/*.md", "bullet": "[{{ item.source }} {{ item.version }}]({{ item.url }}): {{ item.summary }}"})
	items, err := tr.Parse([]byte(notes), "notes/x.md")
	if err != nil || len(items) != 2 {
		t.Fatalf("%+v, %v", items, err)
	}
	for i, want := range []string{
		"[gauge-sim v0.8.0](https://code.example/gauge-sim/releases/v0.8.0): Clocks drift; Faster 2026-03-20",
		"[gauge-sim 0.7.1](https://code.example/0.7.1): nothing 2026-03-01",
	} {
		b, err := tr.Bullet(items[i], now)
		if got := b + " " + items[i].Date.Format(time.DateOnly); err != nil || got != want {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
}

const planet = `<!doctype html><title>Planet</title><h2>21 November 2024</h2><article><h3><a href="/gateway">Gateway <em>1.2</em></a></h3><p>A text that is long enough to be what the article is about, in one sentence or in two of them.</p></article>
<script>var x = "<h3><a href='/no'>No</a></h3>"</script><h2>Friday, November 8, 2024</h2><div><h3><a href="https://other.example/b">Other</a></h3></div><h3>No link</h3>`

func TestPage(t *testing.T) {
	items := readPage([]byte(planet), "https://planet.example/")
	if len(items) != 2 {
		t.Fatalf("%+v", items)
	}
	if i := items[0]; i.Title != "Gateway 1.2" || i.URL != "https://planet.example/gateway" || i.Source != "planet.example" || i.Date.Format(time.DateOnly) != "2024-11-21" || !strings.HasPrefix(i.Summary, "A text that") {
		t.Errorf("%+v", i)
	}
	if i := items[1]; i.Title != "Other" || i.URL != "https://other.example/b" || i.Date.Format(time.DateOnly) != "2024-11-08" {
		t.Errorf("%+v", i)
	}
}

// The text of an aggregator's page, where it is to be had.
func TestPageText(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/seeds/004_*.txt")
	if len(files) != 1 {
		t.Skip("there is no such page beside the repository")
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	items := readPage(data, files[0])
	for _, i := range items {
		if i.Source != "Kubernetes Blog" || i.Date.IsZero() || len(i.Title) > 150 || i.Summary == "" {
			t.Errorf("%+v", i)
		}
	}
	if len(items) != 16 || items[0].Title != "Gateway API v1.2: WebSockets, Timeouts, Retries, and More" || items[0].Date.Format(time.DateOnly) != "2024-11-21" {
		t.Errorf("%d articles: %+v", len(items), items[:min(len(items), 2)])
	}
	for _, i := range items {
		t.Log(i.Date.Format(time.DateOnly), i.Title)
	}
}

func TestForm(t *testing.T) {
	tr := tray(t, map[string]any{"name": "N", "kind": "issues", "query": "label:news", "bullet": "[{{ item.fields.what_is_new }}]({{ item.fields.link }}){{ item.fields.nothing }}"})
	b, err := tr.Bullet(Item{Title: "x", Fields: ReadForm("### What is new?\r\n\r\nGates [open]\r\n\r\n### Link\n\nhttps://x.example/a(b)\n\n### Nothing\n\n_No response_\n")}, now)
	if err != nil || b != `[Gates \[open\]](https://x.example/a%28b%29)` {
		t.Error(b, err)
	}
}

func FuzzKinds(f *testing.F) {
	f.Add(notes, planet)
	f.Add("### A\n\nb", "21 Nov 2024\n\nfeedX\n\nTitle\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, text := range []string{a, b} {
			for _, items := range [][]Item{readNotes([]byte(text), "x.md"), readPage([]byte(text), "https://x.example/"), {{Title: "x", Fields: ReadForm(text)}}} {
				if len(items) > maxRead {
					t.Error(len(items))
				}
			}
		}
	})
}
