package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"galley/internal/example"
)

// The example site's planet is made of its feeds, without a network, and is what
// the repository has; its page has the articles by day, with code in colours.
func TestFetchExample(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, example.FS()); err != nil {
		t.Fatal(err)
	}
	get := func(context.Context, string) ([]byte, string, error) { return nil, "", errors.New("nobody is asked") }
	var out, told bytes.Buffer
	if err := fetchFeeds(t.Context(), dir, get, &out, &told); err != nil || out.Len() > 0 {
		t.Errorf("%v: %s%s; run galley fetch --site internal/example/site", err, &out, &told)
	}
	data := filepath.Join(dir, "_data", "planet.json")
	want, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(data); err != nil {
		t.Fatal(err)
	}
	if err := fetchFeeds(t.Context(), dir, get, &out, &told); err != nil || !strings.Contains(out.String(), "_data/planet.json: 4 articles") {
		t.Errorf("%v: %s%s", err, &out, &told)
	}
	if got, err := os.ReadFile(data); err != nil || !bytes.Equal(got, want) {
		t.Errorf("other data, %v", err)
	}
	s, files, err := openSite(dir, &told)
	if err != nil {
		t.Fatal(err)
	}
	src, err := fs.ReadFile(files, "planet.html")
	if err != nil {
		t.Fatal(err)
	}
	page := string(s.RenderPost("planet.html", src).HTML)
	at := 0
	for _, part := range []string{"<h2>27 March 2026</h2>", "A winter with two clocks", "<h2>24 March 2026</h2>", `<pre class="highlight"><code><span class="na">plan</span>`, "<h2>23 March 2026</h2>", `<span class="k">func</span>`} {
		n := strings.Index(page[at:], part)
		if n < 0 {
			t.Fatalf("%s is not there, or not in its place: %s", part, page)
		}
		at += n
	}
	// A feed that is gone leaves what there was.
	if err := os.Remove(filepath.Join(dir, "_material", "harbours.xml")); err != nil {
		t.Fatal(err)
	}
	if err := fetchFeeds(t.Context(), dir, get, &out, &told); err == nil || !strings.Contains(told.String(), "harbours.xml") {
		t.Errorf("%v: %s", err, &told)
	}
	if got, err := os.ReadFile(data); err != nil || !bytes.Equal(got, want) {
		t.Errorf("what there was is gone, %v", err)
	}
}
