package markdown

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedDir finds the folder with the corpus: GALLEY_SHARED, or "shared"
// beside the module. Where there is none the test is skipped.
func sharedDir(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("GALLEY_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Skip("no go.mod above the test's folder, so the corpus cannot be found")
		}
		dir = parent
	}
	shared := filepath.Join(dir, "..", "shared")
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the corpus is not here: " + err.Error())
	}
	return shared
}
