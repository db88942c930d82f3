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

// A picture that is not there is no fault that a browser's console shows.
func TestNoPicture(t *testing.T) {
	b := newBench(t)
	for _, address := range []string{"/assets/images/none.png", "/frame/none.png"} {
		if res := b.do("GET", address, "", "Sec-Fetch-Dest: image"); res.StatusCode != http.StatusNoContent || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
		if res := b.do("GET", address, ""); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s for others: %d", address, res.StatusCode)
		}
	}
}
