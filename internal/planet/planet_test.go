package planet

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"galley/internal/tray"
)

func TestRead(t *testing.T) {
	planets, wrong := Read(map[string]any{"fetch": []any{
		map[string]any{"name": "planet", "where": "a.xml"}, map[string]any{"name": "../x", "where": "a.xml"}, map[string]any{"name": "b", "kind": "notes", "where": "a.md"},
	}})
	if len(planets) != 1 || planets[0].File("_data") != "_data/planet.json" || len(wrong) != 2 {
		t.Error(planets, wrong)
	}
}

func TestData(t *testing.T) {
	day := time.Date(2026, 3, 26, 23, 30, 0, 0, time.UTC)
	items := []tray.Item{
		{Title: "A", Date: day, Content: "<h2 id=x>Head</h2><script>alert(1)</script><p onclick=x>Text <a href='javascript:x'>a</a> <a href='https://b.example/'>b</a></p><pre><code class='language-yaml'>a: &lt;b&gt;</code></pre><pre>plain &amp; <b>x</b></pre><img src=x onerror=y><iframe src=x></iframe><style>p{}</style>"},
		{Title: "B", Date: day}, {Title: "C", Date: day.AddDate(0, 0, -1)}, {Title: "D"},
	}
	data, err := Planet{}.Data(items, time.UTC, func(code, language string) string {
		return "<i>" + language + ":" + strings.ReplaceAll(code, "<", "&lt;") + "</i>"
	})
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Days []struct {
			Day      string
			Articles []struct{ Title, Content, Date string }
		}
	}
	if err := json.Unmarshal(data, &got); err != nil || len(got.Days) != 3 || len(got.Days[0].Articles) != 2 || got.Days[0].Day != "2026-03-26" || got.Days[2].Day != "" {
		t.Fatalf("%v %s", err, data)
	}
	want := `<h4>Head</h4><p>Text a <a href="https://b.example/" rel="nofollow">b</a></p><pre class="highlight"><code><i>yaml:a: &lt;b></i></code></pre><pre class="highlight"><code>plain &amp; x</code></pre><img src="x"/>`
	if c := got.Days[0].Articles[0].Content; c != want {
		t.Errorf("got\n%s\nwant\n%s", c, want)
	}
}

// What nobody closes is made anew in each block behind it.
func TestUnclosed(t *testing.T) {
	text := "<p>" + strings.Repeat("<b><i><em><code><strong><small>", 70) + "</p>" + strings.Repeat("<p>x", 2_000)
	if out := newCleaner(nil).html(text); len(out) > 20*len(text) {
		t.Errorf("%d KB became %d KB", len(text)>>10, len(out)>>10)
	}
}

func FuzzClean(f *testing.F) {
	for _, text := range []string{"<pre><code class=language-go>x</code></pre>", "<svg><script>", "<math><mi><style><img onerror=x>", "<noscript><p title='</noscript><img src=x onerror=1>'>", strings.Repeat("<b>", 300)} {
		f.Add(text)
	}
	c := newCleaner(nil)
	f.Fuzz(func(t *testing.T, text string) {
		out := strings.ToLower(c.html(text))
		for _, bad := range []string{"<script", "<iframe", "<svg", "<style", "<object", " onerror=", " onclick=", "href=\"javascript:"} {
			if strings.Contains(out, bad) && !strings.Contains(out, "=\"") {
				t.Errorf("%q: %s", text, out)
			}
		}
	})
}
