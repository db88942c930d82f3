package server_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"galley/internal/server"
)

// The parts of a page are the page, and its blocks say where they come from, whatever
// raw HTML they have.
func TestPageParts(t *testing.T) {
	b := newBench(t)
	const src = "---\nlayout: post\ntitle: Ünten\n---\nÖne.\n\n<iframe src=\"x\"></iframe>\n\n<div>\n\nTwo.\n"
	ask := map[string]string{"branch": "main", "path": "_posts/2026-08-20-x.md", "text": src}
	var parts struct {
		Before, After string
		From          int
		Blocks        []struct {
			HTML     string
			From, To int
		}
	}
	decode(t, text(t, b.post("/api/page", ask)), &parts)
	var page struct{ Patch struct{ HTML string } }
	decode(t, text(t, b.post("/api/preview", ask)), &page)
	units := []rune(src) // none is beyond the first plane
	got := parts.Before
	for _, block := range parts.Blocks {
		got += block.HTML
		if from := string(units[block.From:block.To]); strings.Contains(block.HTML, "iframe") != strings.Contains(from, "iframe") {
			t.Errorf("%q comes from %q", block.HTML, from)
		}
	}
	if got += parts.After; got != page.Patch.HTML || len(parts.Blocks) < 3 {
		t.Errorf("%d parts make\n%s\nand not\n%s", len(parts.Blocks), got, page.Patch.HTML)
	}
	if string(units[parts.From:parts.From+3]) != "Öne" {
		t.Errorf("the body begins at %d", parts.From)
	}
	if res := b.post("/api/page", map[string]string{"branch": "main", "path": "../x", "text": ""}); res.StatusCode/100 != 4 {
		t.Errorf("a path beside the site: %d", res.StatusCode)
	}
}

// The document in which a page is checked is in the preview's sandbox, and runs its
// own script alone.
func TestAuditFrame(t *testing.T) {
	built := assets()
	built["manifest.json"].Data = []byte(strings.Replace(string(built["manifest.json"].Data), "{", `{"audit.js":"audit-7777.js",`, 1))
	built["audit-7777.js"] = &fstest.MapFile{Data: []byte("audit()")}
	b := newBench(t, func(c *server.Config) { c.Assets = fs.FS(built) })
	plain, audit := b.do("GET", "/frame", ""), b.do("GET", "/frame?audit=1", "")
	if body := text(t, audit); !strings.Contains(body, ">audit()</script>") || strings.Contains(body, "patched") {
		t.Error(body)
	}
	if text(t, plain); plain.Header.Get("Content-Security-Policy") == audit.Header.Get("Content-Security-Policy") {
		t.Error("both scripts run in both frames")
	}
	for _, policy := range audit.Header.Values("Content-Security-Policy") {
		if strings.Contains(policy, "allow-same-origin") || strings.Contains(policy, "unsafe-eval") {
			t.Error(policy)
		}
	}
	if policy := audit.Header.Values("Content-Security-Policy"); len(policy) != 2 || !strings.HasPrefix(policy[0], "sandbox allow-scripts; default-src 'none'; script-src 'sha256-") {
		t.Errorf("%q", policy)
	}
}
