package markdown

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"galley/internal/lexers"
	"galley/internal/sharedtest"
)

var jekyllFrontMatter = regexp.MustCompile(`(?s)\A(---[ \t\r\n\f\v]*\n.*?\n?)(?:(?m:^)(?:---|\.\.\.)[ \t\r\n\f\v]*?(?m:$)\n?)`)

// bodyOf takes the front matter off a post by Jekyll's rule.
func bodyOf(source []byte) []byte {
	if m := jekyllFrontMatter.FindIndex(source); m != nil {
		return source[m[1]:]
	}
	return source
}

func testRenderer() *Renderer { return New(Config{Lexers: lexers.Source()}) }

func TestCorpusPosts(t *testing.T) { compareFolder(t, "posts", "html") }

func TestCorpusDrafts(t *testing.T) { compareFolder(t, "drafts", "drafts-html") }

func compareFolder(t *testing.T, sources, references string) {
	dir := filepath.Join(sharedtest.Dir(t), "corpus")
	files, err := filepath.Glob(filepath.Join(dir, sources, "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no posts in %s: %v", sources, err)
	}
	r := testRenderer()
	equal := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		want, err := os.ReadFile(filepath.Join(dir, references, name+".html"))
		if err != nil {
			t.Fatal(err)
		}
		got := r.Render(bodyOf(source)).HTML()
		if diff := domDifference(t, string(got), string(want)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		} else {
			equal++
		}
	}
	t.Logf("%s: %d of %d equal", sources, equal, len(files))
}

func TestCorpusExamples(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(sharedtest.Dir(t), "corpus", "examples.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Markdown, HTML string }
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	r := testRenderer()
	equal := 0
	for _, c := range cases {
		got := string(r.Render([]byte(c.Markdown)).HTML())
		if diff := domDifference(t, got, c.HTML); diff != "" {
			t.Errorf("%q: %s\n%s", c.Markdown, diff, got)
		} else {
			equal++
		}
	}
	t.Logf("examples: %d of %d equal", equal, len(cases))
}
