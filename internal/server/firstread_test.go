package server_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"galley/internal/server"
)

// manyDefaults is a site whose files' names are each held against the long patterns of
// defaults, of which there are many.
func manyDefaults(files map[string][]byte) map[string][]byte {
	slow := maps.Clone(files)
	var config strings.Builder
	config.WriteString("title: x\ndefaults:\n")
	for range 2000 {
		config.WriteString("  - {scope: {path: '*" + strings.Repeat("a", 100) + "b'}, values: {x: y}}\n")
	}
	slow["_config.yml"] = []byte(config.String())
	for i := range 100 {
		slow[fmt.Sprintf("%s%d.txt", strings.Repeat("a", 200), i)] = []byte("x")
	}
	return slow
}

// A site's first reading ends when its time is up, and when nobody waits for it, and
// keeps nobody from another branch.
func TestFirstReadingEnds(t *testing.T) {
	b := newBench(t, func(c *server.Config) { c.Renders, c.RenderTime = 1, 500*time.Millisecond })
	b.forge.branches["slow"] = manyDefaults(b.forge.branches["main"])
	for range 3 { // as many as there are slots, and one
		begun := time.Now()
		res := b.do("GET", "/api/bundle?branch=slow", "")
		if p := problemOf(t, text(t, res)); res.StatusCode != 503 || !strings.Contains(p.Sentence, "Reading the site") {
			t.Errorf("%d %+v", res.StatusCode, p)
		}
		if took := time.Since(begun); took > 3*time.Second {
			t.Fatalf("it ended after %v", took)
		}
	}
	if res := b.do("GET", "/api/bundle?branch=main", ""); res.StatusCode != 200 {
		t.Errorf("another branch: %d", res.StatusCode)
	}

	b = newBench(t, func(c *server.Config) { c.Renders, c.RenderTime = 1, time.Hour })
	b.forge.branches["slow"] = manyDefaults(b.forge.branches["main"])
	for range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		r := httptest.NewRequest("GET", "/api/bundle?branch=slow", nil).WithContext(ctx)
		r.Host = "127.0.0.1:8080"
		b.Server.ServeHTTP(httptest.NewRecorder(), r)
		cancel()
	}
	begun := time.Now()
	if res := b.do("GET", "/api/bundle?branch=main", ""); res.StatusCode != 200 || time.Since(begun) > 3*time.Second {
		t.Errorf("another branch, after three that nobody waits for: %d after %v", res.StatusCode, time.Since(begun))
	}
}

// What a forge takes to give a site's files is not the site's fault.
func TestFirstReadingFromAfar(t *testing.T) {
	b := newBench(t, func(c *server.Config) { c.RenderTime = time.Second })
	for i := range 200 {
		b.forge.branches["main"][fmt.Sprintf("notes/%d.txt", i)] = fmt.Append(nil, i)
	}
	b.forge.spoil = func(method string) error {
		if method == "Blob" {
			time.Sleep(20 * time.Millisecond)
		}
		return nil
	}
	begun := time.Now()
	if res := b.do("GET", "/api/bundle?branch=main", ""); res.StatusCode != 200 {
		t.Errorf("%d %s", res.StatusCode, text(t, res))
	}
	if took := time.Since(begun); took < time.Second {
		t.Errorf("the test does not test: all was read in %v", took)
	}
	broken := errors.New("the forge is gone")
	b.forge.branches["broken"] = maps.Clone(b.forge.branches["main"])
	b.forge.branches["broken"]["a.md"] = []byte("---\n---\nnew\n")
	b.forge.spoil = func(method string) error {
		if method == "Blob" {
			return broken
		}
		return nil
	}
	if res := b.do("GET", "/api/bundle?branch=broken", ""); res.StatusCode == 200 {
		t.Error("a site of which a file could not be read is given")
	}
}
