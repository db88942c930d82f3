package local

import (
	"fmt"
	"path/filepath"
	"testing"
	"testing/fstest"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
)

// manyPosts is a repository of so many posts with ten pull requests open.
func manyPosts(b *testing.B, posts int) *Forge {
	b.Helper()
	site := fstest.MapFS{}
	for i := range posts {
		site[fmt.Sprintf("_posts/2026-01-01-%d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: %d\n---\n", i)}
	}
	f, err := Init(filepath.Join(b.TempDir(), "site"), site, forgetest.Ana(), clock())
	if err != nil {
		b.Fatal(err)
	}
	for i := range 10 {
		if _, err := f.Submit(b.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: fmt.Sprintf("_posts/new-%d.md", i), Data: []byte("x")}}}, nil); err != nil {
			b.Fatal(err)
		}
	}
	return f
}

func BenchmarkTree(b *testing.B) {
	for _, posts := range []int{50, 5000} {
		b.Run(fmt.Sprint(posts), func(b *testing.B) {
			f := manyPosts(b, posts)
			for b.Loop() {
				if _, err := f.Tree(b.Context(), "main"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPullRequests(b *testing.B) {
	for _, posts := range []int{50, 5000} {
		b.Run(fmt.Sprint(posts), func(b *testing.B) {
			f := manyPosts(b, posts)
			for b.Loop() {
				if _, err := f.PullRequests(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSubmit(b *testing.B) {
	for _, posts := range []int{50, 5000} {
		b.Run(fmt.Sprint(posts), func(b *testing.B) {
			f := manyPosts(b, posts)
			blob := ""
			for i := 0; b.Loop(); i++ {
				data := fmt.Appendf(nil, "%d", i)
				if _, err := f.Submit(b.Context(), forge.Submission{Base: "main", Title: "T", Changes: []forge.FileChange{{Path: "_posts/mine.md", Data: data, Blob: blob}}}, nil); err != nil {
					b.Fatal(err)
				}
				blob = forge.BlobID(data)
			}
		})
	}
}
