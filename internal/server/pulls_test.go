package server_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"galley/internal/forge"
)

// Of a pull request that changes very much a part is read, and the rest is named.
func TestLargePullRequest(t *testing.T) {
	b := newBench(t)
	files := map[string][]byte{"_sass/large.scss": []byte(strings.Repeat("word\n", 1<<20)), "the-changes.md": []byte("---\ntitle: A\n---\n")}
	for n := range 250 {
		files[fmt.Sprintf("_sass/%03d.scss", n)] = []byte("x\n")
	}
	b.forge.branches["theme"] = files
	b.forge.pulls = []forge.PullRequest{{Number: 1, State: forge.Open, Base: "main", Branch: "theme", Paths: slices.Sorted(maps.Keys(files))}}
	var got struct {
		Files []struct {
			Path, Blob string
			New        *string
		}
	}
	b.get("/api/pulls/1", &got)
	read := 0
	for _, file := range got.Files {
		if file.New != nil {
			read++
		}
		if file.Blob == "" {
			t.Errorf("%s has no id", file.Path)
		}
	}
	// 200 files, and the text behind them.
	if len(got.Files) != 252 || read != 201 || got.Files[250].New != nil || got.Files[251].New == nil {
		t.Errorf("%d files, %d of them read", len(got.Files), read)
	}
}
