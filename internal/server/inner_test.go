package server

import (
	"strings"
	"testing"
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

func TestCache(t *testing.T) {
	c := newCache[string](1000, func(s string) int { return len(s) })
	text := strings.Repeat("x", 40)
	for _, k := range []string{"a", "b", "c", "d"} {
		c.put(k, text)
	}
	c.get("a")
	c.put("e", text) // 5 × 240 is too much: b was not asked for the longest
	for k, want := range map[string]bool{"a": true, "b": false, "c": true, "d": true, "e": true} {
		if _, ok := c.get(k); ok != want {
			t.Errorf("%s is there: %v", k, ok)
		}
	}
	c.put("e", text+text[:9])
	c.put("f", strings.Repeat("x", 100)) // more than a quarter
	if _, ok := c.get("f"); ok {
		t.Error("too large a value is kept")
	}
	c.put("a", strings.Repeat("x", 100))
	if _, ok := c.get("a"); ok {
		t.Error("an old value is kept for one that is too large")
	}
	if c.used != 2*240+249 || len(c.items) != 3 {
		t.Errorf("%d bytes in %d values", c.used, len(c.items))
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
