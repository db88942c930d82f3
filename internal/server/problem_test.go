package server_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// A person who opens an address that is not there reads a sentence; scripts and
// frames get what they can read.
func TestFailPage(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		accept, dest, kind string
	}{
		{"text/html,*/*;q=0.8", "document", "text/html; charset=utf-8"},
		{"text/html,*/*;q=0.8", "", "text/html; charset=utf-8"},
		{"text/html,*/*;q=0.8", "iframe", "application/json"},
		{"*/*", "empty", "application/json"},
	} {
		res := b.do("GET", "/nonsense", "", "Accept: "+c.accept, "Sec-Fetch-Dest: "+c.dest)
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != http.StatusNotFound || res.Header.Get("Content-Type") != c.kind {
			t.Errorf("%+v: %d %s", c, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if strings.HasPrefix(c.kind, "text/html") && !strings.Contains(string(body), `<a href="/">`) {
			t.Errorf("%+v: %s", c, body)
		}
	}
}
