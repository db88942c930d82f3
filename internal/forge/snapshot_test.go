package forge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"
)

// fixed is a Forge with one branch; all else is left out.
type fixed struct {
	Forge
	files     map[string]string
	truncated bool
	reads     int
}

func (f *fixed) Tree(ctx context.Context, branch string) (Tree, error) {
	if branch != "main" {
		return Tree{}, &Error{Kind: ErrNotFound, Sentence: "There is no such branch."}
	}
	tree := Tree{Commit: "c", Truncated: f.truncated}
	for p, data := range f.files {
		tree.Entries = append(tree.Entries, Entry{Path: p, Blob: "blob of " + p, Size: len(data)})
	}
	return tree, nil
}

func (f *fixed) Blob(ctx context.Context, id string) ([]byte, error) {
	f.reads++
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var p string
	if _, err := fmt.Sscanf(id, "blob of %s", &p); err != nil {
		return nil, err
	}
	return []byte(f.files[p]), nil
}

func TestSnapshot(t *testing.T) {
	forge := &fixed{files: map[string]string{
		"_config.yml":             "title: x\n",
		"_posts/2026-01-01-a.md":  "a\r\n",
		"_posts/2026-01-02-b.md":  "",
		"assets/images/deep/x.md": "x",
		"_posts.md":               "sorts between",
	}}
	ctx, cancel := context.WithCancel(t.Context())
	fsys, err := Snapshot(ctx, forge, "main")
	if err != nil {
		t.Fatal(err)
	}
	if forge.reads != 0 {
		t.Errorf("%d files were read before they were opened", forge.reads)
	}
	if err := fstest.TestFS(fsys, "_config.yml", "_posts/2026-01-01-a.md", "_posts/2026-01-02-b.md", "assets/images/deep/x.md", "_posts.md"); err != nil {
		t.Error(err)
	}
	if data, err := fs.ReadFile(fsys, "_posts/2026-01-01-a.md"); err != nil || string(data) != "a\r\n" {
		t.Errorf("ReadFile = %q, %v", data, err)
	}
	if _, err := fs.ReadFile(fsys, "nope.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	cancel()
	if _, err := fs.ReadFile(fsys, "_config.yml"); !errors.Is(err, context.Canceled) {
		t.Errorf("reading after the context ended: %v", err)
	}
	if _, err := Snapshot(t.Context(), forge, "gone"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a missing branch: %v", err)
	}
	forge.truncated = true
	if _, err := Snapshot(t.Context(), forge, "main"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a truncated tree: %v", err)
	}
}
