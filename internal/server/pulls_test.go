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
	files := map[string][]byte{"_posts/2026-02-02-large.md": []byte(strings.Repeat("word\n", 1<<20))}
	for n := range 250 {
		files[fmt.Sprintf("_posts/2026-01-01-%03d.md", n)] = []byte("x\n")
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
	if len(got.Files) != 251 || read != 200 || got.Files[250].New != nil {
		t.Errorf("%d files, %d of them read", len(got.Files), read)
	}
}
