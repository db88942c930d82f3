package server

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"galley/internal/forge"
	"galley/internal/postindex"
	"galley/internal/site"
)

// heldForge answers Info once it is let go, and Blob whatever became of the request, as
// what is known is.
type heldForge struct {
	forge.Forge
	begun chan struct{}
	letGo chan struct{}
}

func (f *heldForge) Info(context.Context) (forge.Info, error) {
	f.begun <- struct{}{}
	<-f.letGo
	return forge.Info{Kind: "local"}, nil
}

func (f *heldForge) Blob(context.Context, string) ([]byte, error) { return []byte("word\n"), nil }

// As many indexes as are kept are read at once and no more, however many branches there
// are: each reads by several at once, in no slot.
func TestIndexesReadAtOnce(t *testing.T) {
	x := newIndexes(time.Now)
	f := &heldForge{begun: make(chan struct{}, 2*maxIndexes), letGo: make(chan struct{})}
	of := func(n int, wait time.Duration) *postIndex {
		t.Helper()
		tree := forge.Tree{Entries: []forge.Entry{{Path: "_posts/2026-01-01-x.md", Blob: fmt.Sprint(n), Size: 5}}}
		p, err := x.of(t.Context(), f, tree, site.Config{}, wait)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for n := range 2 * maxIndexes {
		of(n, 0)
	}
	for range maxIndexes {
		<-f.begun
	}
	time.Sleep(20 * time.Millisecond)
	if n := len(f.begun); n > 0 {
		t.Errorf("%d more are read beside %d", n, maxIndexes)
	}
	close(f.letGo)
	for n := range maxIndexes {
		if of(n, time.Minute) == nil {
			t.Errorf("the index %d is not there", n)
		}
	}
	if of(maxIndexes, time.Minute) == nil {
		t.Error("an index that waited is not read")
	}
}

// Reading ends in time also where the forge gives what it knows without looking whether
// anybody waits.
func TestIndexEnds(t *testing.T) {
	x := newIndexes(time.Now)
	f := &heldForge{begun: make(chan struct{}, 1), letGo: make(chan struct{})}
	close(f.letGo)
	seen := 0
	x.seen = func(string, []byte) { seen++ }
	ended, end := context.WithCancel(t.Context())
	end()
	posts := []forge.Entry{{Path: "_posts/2026-01-01-x.md", Blob: "1", Size: 5}}
	settings := postindex.Settings{}
	err := x.read(ended, f, &postIndex{}, posts, settings, settings.Key())
	if !errors.Is(err, context.Canceled) || seen > 0 {
		t.Errorf("%v, and %d texts were read", err, seen)
	}
}
