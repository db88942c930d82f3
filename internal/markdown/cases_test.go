package markdown

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the references in testdata with kramdown's output")

// testCase is one example out of testdata/*.txtar: a file NAME.md and what
// kramdown makes of it in NAME.html.
type testCase struct {
	file, name, input, want string
}

// readCases reads all examples. In them, ␉ stands for a tab, ␠ for a space at
// a line's end and ␍ for a carriage return, which editors would lose.
func readCases(t testing.TB) []testCase {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		html := map[string]string{}
		for _, f := range archive.Files {
			if n, ok := strings.CutSuffix(f.Name, ".html"); ok {
				html[n] = string(f.Data)
			}
		}
		for _, f := range archive.Files {
			if n, ok := strings.CutSuffix(f.Name, ".md"); ok {
				cases = append(cases, testCase{file, n, visible.Replace(string(f.Data)), html[n]})
			}
		}
	}
	return cases
}

var visible = strings.NewReplacer("␉", "\t", "␠", " ", "␍", "\r")

func TestCases(t *testing.T) {
	if *update {
		updateCases(t)
	}
	r := testRenderer()
	cases := readCases(t)
	equal := 0
	for _, c := range cases {
		got := string(r.Render([]byte(c.input)).HTML())
		diff := domDifference(t, got, c.want)
		if diff == "" {
			equal++
			continue
		}
		t.Errorf("%s %s: %q\n%s\n got:\n%s\n want:\n%s", filepath.Base(c.file), c.name, c.input, diff, got, c.want)
	}
	t.Logf("%d of %d cases equal", equal, len(cases))
}

// updateCases asks kramdown for all references.
func updateCases(t *testing.T) {
	reference := startRuby(t, "html")
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			name, ok := strings.CutSuffix(f.Name, ".md")
			if !ok {
				continue
			}
			html, ok := reference.ask(t, visible.Replace(string(f.Data)))
			if !ok {
				t.Fatalf("%s: kramdown gave up on %s", file, f.Name)
			}
			out.Files = append(out.Files, f, txtar.File{Name: name + ".html", Data: []byte(html)})
		}
		if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
