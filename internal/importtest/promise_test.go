package importtest

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Whether what was written is kept the browser alone knows, once it has read it
// back. A sentence of Go's that promises it is false where storage is full.
func TestNoSentencePromisesADraft(t *testing.T) {
	promise := regexp.MustCompile(`(?i)"[^"]*\b(draft|wrote|written|text)\b (is|was|stays) (still )?(kept|safe)|"[^"]*nothing is lost`)
	root := os.DirFS("../..")
	for _, top := range []string{"internal", "cmd"} {
		err := fs.WalkDir(root, top, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := fs.ReadFile(root, path)
			if err != nil {
				return err
			}
			for i, line := range strings.Split(string(text), "\n") {
				if promise.MatchString(line) {
					t.Errorf("%s:%d promises what only the browser can know: %s", path, i+1, strings.TrimSpace(line))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
