package server

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHeadEnd(t *testing.T) {
	for doc, before := range map[string]string{
		"<!-- <head> --><html><head>x":          "<!-- <head> --><html><head>",
		"\ufeff<!DOCTYPE html>\r\n<head\n>x":    "\ufeff<!DOCTYPE html>\r\n<head\n>",
		"<html x='<head>' y=\"><head>\"><head>": "<html x='<head>' y=\"><head>\"><head>",
		"<html><title><head></title><head>":     "",
		"<html></html><head>":                   "",
		"<head":                                 "",
		"<head/>x":                              "",
		"":                                      "",
		"<!-- <head>":                           "",
	} {
		want := len(before)
		if before == "" {
			want = -1
		}
		if got := headEnd([]byte(doc)); got != want {
			t.Errorf("%q: %d, want %d", doc, got, want)
		}
	}
}

// Addresses are answered to where the server has no name, and otherwise those
// that it was given and this machine's.
func TestHostsAddresses(t *testing.T) {
	for _, c := range []struct {
		names   []string
		host    string
		allowed bool
	}{
		{nil, "192.168.0.7:80", true},
		{nil, "[2001:db8::1]:80", true},
		{[]string{"galley.example.org"}, "192.168.0.7:80", false},
		{[]string{"galley.example.org"}, "[2001:db8::1]", false},
		{[]string{"galley.example.org"}, "[::ffff:127.0.0.1]:80", true},
		{[]string{"galley.example.org"}, "127.0.0.1", true},
		{[]string{"192.168.0.7"}, "192.168.0.7:80", true},
		{[]string{"192.168.0.7"}, "192.168.0.8:80", false},
		{[]string{"[2001:DB8::1]"}, "[2001:db8:0::1]:8080", true},
		{[]string{"*"}, "192.168.0.7", false},
	} {
		if got := newHosts(c.names).allow(c.host); got != c.allowed {
			t.Errorf("%q, for %q: %v", c.host, c.names, got)
		}
	}
}

// JSON can say half a character, and Go would write another one instead.
func TestHalfCharacter(t *testing.T) {
	for body, want := range map[string]bool{
		`{"a":"\ud83d\ude00"}`:             false,
		`{"a":"\uD83D\uDE00\ud83d\ude00"}`: false,
		`"\ud83d"`:                         true,
		`"\ude00"`:                         true,
		`"\ude00\ud83d"`:                   true,
		`"\ud83d \ude00"`:                  true,
		`"\ud83d\ud83d\ude00"`:             true,
		`"\\ud83d"`:                        false,
		`"\\\ud83d"`:                       true,
		`"\ud83d\\ude00"`:                  true,
		`"\ud83d\n\ude00"`:                 true,
		`"\u00e9\n\t\""`:                   false,
		`"\`:                               false,
		`"\ud8`:                            false,
		``:                                 false,
	} {
		if got := halfCharacter([]byte(body)); got != want {
			t.Errorf("%s: %v", body, got)
		}
	}
}

func FuzzHeadEnd(f *testing.F) {
	f.Add([]byte("<!doctype html><html><head><title>x</title></head>"))
	f.Add([]byte("<html data-x='<head>'>"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		at := headEnd(doc)
		if at < -1 || at > len(doc) || at >= 0 && doc[at-1] != '>' {
			t.Errorf("%q: %d", doc, at)
		}
	})
}

// What is let through is decoded without a replacement character that was not
// there, and what is refused would have got one.
func FuzzHalfCharacter(f *testing.F) {
	for _, seed := range []string{`"\ud83d\ude00"`, `"\ud83d"`, `"\\ud83d"`, `"\ufffd"`, `["a\"\ude00"]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var v string
		if !utf8.Valid(body) || strings.Contains(strings.ToLower(string(body)), "fffd") || strings.ContainsRune(string(body), '\ufffd') || json.Unmarshal(body, &v) != nil {
			t.Skip()
		}
		if got, want := halfCharacter(body), strings.ContainsRune(v, '\ufffd'); got != want {
			t.Errorf("%q: %v, want %v", body, got, want)
		}
	})
}

// A host that is answered can be written into a policy.
func FuzzHost(f *testing.F) {
	for _, seed := range []string{"localhost:8080", "[::1]:80", "1.2.3.4", "x.localhost", "galley.example.org.:443", "[::ffff:1.2.3.4%x]", "::1"} {
		f.Add(seed)
	}
	h := newHosts([]string{"galley.example.org"})
	safe := regexp.MustCompile(`^[A-Za-z0-9.:\[\]-]+$`)
	f.Fuzz(func(t *testing.T, host string) {
		if h.allow(host) && !safe.MatchString(host) {
			t.Errorf("%q is answered", host)
		}
	})
}

func FuzzAccepts(f *testing.F) {
	f.Add("gzip, br;q=0.5, *;q=0")
	f.Fuzz(func(t *testing.T, header string) {
		r := &http.Request{Header: http.Header{"Accept-Encoding": {header}}}
		if accepts(r, "br") && !strings.Contains(strings.ToLower(header), "br") {
			t.Errorf("%q accepts br", header)
		}
	})
}

// The scripts that stand in the app's page may run, by what they are.
func TestScriptHashes(t *testing.T) {
	page := []byte("<script>let a = 1\n</script><p><script src=x></script><script>b()</script>")
	want := " 'sha256-1kR9b2MdF6r4sNsK3xRwZG6ZGjryLG+Pf2BB3kK20hM=' 'sha256-cf242PFc/kb7xD0Qzhsmd9vvRkc+cWFmbi+k+YvtdKc='"
	if got := scriptHashes(page); got != want {
		t.Errorf("%s", got)
	}
}
