package server_test

import (
	"net/http"
	"net/url"
	"testing"
)

func TestLinkTitle(t *testing.T) {
	const pull = "https://code.example/o/r/pull/123"
	b := newBench(t)
	b.forge.branches["main"]["_posts/2026-01-01-x.md"] = []byte("---\ntitle: X\n---\n\n* [123: Faster gauges](" + pull + ")\n")
	for query, want := range map[string]struct{ URL, Title string }{
		"address=" + url.QueryEscape(pull):     {pull, "Faster gauges"},
		"number=123":                           {pull, "Faster gauges"},
		"number=124":                           {},
		"address=" + url.QueryEscape(pull+"4"): {URL: pull + "4"},
	} {
		var got struct{ URL, Title string }
		b.get("/api/link?branch=main&"+query, &got)
		if got != want {
			t.Errorf("%s: %+v", query, got)
		}
	}
	if res := b.do("GET", "/api/link?branch=main", ""); res.StatusCode != http.StatusBadRequest {
		t.Errorf("nothing asked for is answered %d", res.StatusCode)
	}
}
