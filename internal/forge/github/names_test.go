package github

import (
	"errors"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/github/githubtest"
)

// TestNames: files that have odd names are read and written under these, and
// no other; new ones get none that some system cannot have.
func TestNames(t *testing.T) {
	gh := githubtest.Start(t)
	for i, path := range []string{
		"_posts/2026-01-01-what?.md", "_posts/2026-01-02-#1.md", "_posts/2026-01-03-100%.md", "_posts/2026-01-04-a%2Fb.md", "_posts/2026-01-05-😀.md",
		"_posts/2026-01-06-cafe\u0301.md", "_posts/2026-01-07-caf\u00e9.md", "_posts/2026-01-08-a*b.md", "_posts/2026-01-09-a+b&c=d;e.md", "_posts/2026-01-10-a b.md",
	} {
		t.Run(path, func(t *testing.T) {
			s := newSite(t, gh, "names-"+string(rune('a'+i)))
			s.Commit(t, "main", path, []byte("old\n"))
			s.Commit(t, "main", "_posts/2026-01-20-Twin.md", []byte("twin\n"))
			s.Commit(t, "main", "_posts/2026-01-20-twin.md", []byte("the other\n"))
			f := s.forge(t, nil)
			file, err := f.Read(t.Context(), "main", path)
			if err != nil || string(file.Data) != "old\n" || file.Path != path {
				t.Fatalf("%+v, %v", file, err)
			}
			sub := one()
			sub.Changes = []forge.FileChange{{Path: path, Data: []byte("new\n"), Blob: file.Blob}}
			pr, err := f.Submit(t.Context(), sub, nil)
			if err != nil {
				t.Fatal(err)
			}
			if now, err := f.Read(t.Context(), pr.Branch, path); err != nil || string(now.Data) != "new\n" {
				t.Errorf("%q, %v", now.Data, err)
			}
			tree, err := f.Tree(t.Context(), pr.Branch)
			base, _ := f.Tree(t.Context(), "main")
			if err != nil || len(tree.Entries) != len(base.Entries) {
				t.Errorf("there are %d files, and were %d: %v", len(tree.Entries), len(base.Entries), err)
			}
			// Each of two twins is written as itself.
			twin, err := f.Read(t.Context(), "main", "_posts/2026-01-20-twin.md")
			if err != nil || string(twin.Data) != "the other\n" {
				t.Fatalf("%q, %v", twin.Data, err)
			}
			sub.Changes = []forge.FileChange{{Path: twin.Path, Data: []byte("changed\n"), Blob: twin.Blob}}
			pr, err = f.Submit(t.Context(), sub, nil)
			if err != nil {
				t.Fatal(err)
			}
			upper, _ := f.Read(t.Context(), pr.Branch, "_posts/2026-01-20-Twin.md")
			if lower, err := f.Read(t.Context(), pr.Branch, twin.Path); err != nil || string(lower.Data) != "changed\n" || string(upper.Data) != "twin\n" {
				t.Errorf("%q and %q, %v", lower.Data, upper.Data, err)
			}
			// A third twin is not made, nor a name that is odd and new.
			for _, fresh := range []string{"_posts/2026-01-20-TWIN.md", "_posts/2026-01-30-why?.md", "_posts/2026-01-30-e\u0301.md"} {
				sub.Changes = []forge.FileChange{{Path: fresh, Data: []byte("x\n")}}
				if _, err := f.Submit(t.Context(), sub, nil); !errors.Is(err, forge.ErrInvalid) {
					t.Errorf("%q: %v", fresh, err)
				}
				// By no version that is not there, either.
				sub.Changes[0].Blob = forge.BlobID([]byte("old\n"))
				if _, err := f.Submit(t.Context(), sub, nil); err == nil {
					t.Errorf("%q was written", fresh)
				}
			}
		})
	}
}
