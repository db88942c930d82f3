package markdown

import (
	"os"
	"regexp"
	"testing"
)

// dialectExample is an example in docs/dialect.md: Markdown and its HTML.
// Fences of four are for examples with fences in them.
var dialectExample = regexp.MustCompile("(?s)\n````markdown\n(.*?)````\n\n````html\n(.*?)\n?````\n|" +
	"\n```markdown\n(.*?)```\n\n```html\n(.*?)\n?```\n")

// The examples of the documentation are true, here and for kramdown.
func TestDialectDocument(t *testing.T) {
	text, err := os.ReadFile("../../docs/dialect.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := dialectExample.FindAllStringSubmatch(string(text), -1)
	for i, e := range examples {
		if e[1] == "" {
			examples[i] = append(e[:1], e[3:]...)
		}
	}
	if len(examples) < 40 {
		t.Fatalf("only %d examples were found", len(examples))
	}
	r := testRenderer()
	for _, e := range examples {
		if diff := domDifference(t, string(r.Render([]byte(e[1])).HTML()), e[2]); diff != "" {
			t.Errorf("%q: %s", e[1], diff)
		}
	}
	t.Run("kramdown", func(t *testing.T) {
		reference := startRuby(t, "html")
		for _, e := range examples {
			want, _ := reference.ask(t, e[1])
			if diff := domDifference(t, e[2], want); diff != "" {
				t.Errorf("%q: %s", e[1], diff)
			}
		}
	})
}
