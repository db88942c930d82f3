package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"galley/internal/fetch"
	"galley/internal/server"
)

// Links to other sites are asked for once, and what has moved for good can be mended.
func TestOutside(t *testing.T) {
	var asked atomic.Int32
	others := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/new", http.StatusPermanentRedirect)
		case "/away":
			http.Redirect(w, r, "/new", http.StatusFound)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		default:
			io.WriteString(w, "there")
		}
	}))
	defer others.Close()
	b := newBenchOver(t, newFake(exampleFiles(t)), func(c *server.Config) {
		c.Fetch = fetch.New(fetch.Config{Clock: time.Now, Own: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, Pause: time.Millisecond})
	})
	src := "---\ntitle: Hé\n---\n\n𝄞 [a](URL/old), [b](URL/gone), [c](URL/fine), [d](URL/away), [inside](http://169.254.169.254/), [own](/x) and [again](URL/old).\n"
	src = strings.ReplaceAll(src, "URL", others.URL)
	var answer struct {
		Diagnostics []struct {
			From, To                int
			Severity, Code, Message string
			Fix                     *struct{ Insert string }
		}
		Links, Silent int
	}
	for range 2 {
		decode(t, text(t, b.post("/api/outside", map[string]string{"branch": "main", "path": "_posts/2026-08-20-x.md", "text": src})), &answer)
		var told []string
		for _, d := range answer.Diagnostics {
			line := d.Severity + " " + d.Code
			if d.Fix != nil {
				line += " " + d.Fix.Insert
			}
			told = append(told, line)
		}
		want := "info link-moved " + others.URL + "/new, warning link-dead, info link-outside, info link-moved " + others.URL + "/new"
		if got := strings.Join(told, ", "); got != want || answer.Links != 5 || answer.Silent != 0 {
			t.Errorf("%s; %d %d, want %s", got, answer.Links, answer.Silent, want)
		}
		// "𝄞" is two of JavaScript's units.
		if d := answer.Diagnostics[0]; d.From != 26 || d.To != 26+len(others.URL)+4 {
			t.Errorf("%+v", d)
		}
	}
	first := asked.Load()
	if first > 8 {
		t.Errorf("%d requests", first)
	}
	// Without a fetcher, nobody is asked.
	alone := newBench(t)
	if res := alone.post("/api/outside", map[string]string{"branch": "main", "path": "_posts/2026-08-20-x.md", "text": src}); res.StatusCode != http.StatusNotImplemented || !strings.Contains(text(t, res), "asks no other sites") {
		t.Error(res.Status)
	}
}
