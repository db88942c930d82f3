package markdown

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// specification reads CommonMark's examples, which goldmark's module holds.
func specification(t *testing.T) []specExample {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Skip("the module cache cannot be asked: " + err.Error())
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Skip("goldmark's module does not hold the specification: " + err.Error())
	}
	var examples []specExample
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	return examples
}

type specExample struct {
	Markdown, HTML, Section string
	Example                 int
}

func TestCommonMarkSpecification(t *testing.T) {
	r := New(Config{Dialect: CommonMark})
	examples := specification(t)
	passed := 0
	for _, e := range examples {
		doc := r.Render([]byte(e.Markdown))
		checkRanges(t, e.Section, doc, len(e.Markdown))
		if got := string(doc.HTML()); got != e.HTML {
			t.Errorf("example %d, %s: %q\n got  %q\n want %q", e.Example, e.Section, e.Markdown, got, e.HTML)
		} else {
			passed++
		}
	}
	t.Logf("CommonMark: %d of %d examples", passed, len(examples))
}

// gfmChanges are the examples of CommonMark that GFM's extensions change: by
// number, why. GFM's own text of them says the same as CommonMark's, because
// its extensions are off there.
func gfmChanges(e specExample) string {
	switch {
	case strings.Contains(e.HTML, "<script") || strings.Contains(e.HTML, "<style") || strings.Contains(e.HTML, "<textarea"),
		strings.Contains(e.HTML, "<iframe") || strings.Contains(e.HTML, "<title"):
		return "disallowed raw HTML"
	case strings.Contains(e.Markdown, "http") || strings.Contains(e.Markdown, "@") || strings.Contains(e.Markdown, "www."):
		return "extended autolinks"
	}
	return ""
}

func TestGFMKeepsCommonMark(t *testing.T) {
	r := New(Config{Dialect: GFM})
	examples := specification(t)
	passed, changed := 0, 0
	for _, e := range examples {
		got := string(r.Render([]byte(e.Markdown)).HTML())
		switch {
		case got == e.HTML:
			passed++
		case gfmChanges(e) != "":
			changed++
		default:
			t.Errorf("example %d, %s: %q\n got  %q\n want %q", e.Example, e.Section, e.Markdown, got, e.HTML)
		}
	}
	t.Logf("GFM: %d of CommonMark's %d examples, %d that its extensions change", passed, len(examples), changed)
}

// TestGFMExtensions covers each extension of GFM's specification.
func TestGFMExtensions(t *testing.T) {
	r := New(Config{Dialect: GFM})
	for _, c := range []struct{ section, in, want string }{
		{"tables", "| name | size |\n| --- | --- |\n| go.mod | 12 |\n",
			"<table><thead><tr><th>name</th><th>size</th></tr></thead><tbody><tr><td>go.mod</td><td>12</td></tr></tbody></table>"},
		{"tables, alignment", "| a | b | c |\n|:-- | :-: | --: |\n1 | 2 | 3\n",
			`<table><thead><tr><th align="left">a</th><th align="center">b</th><th align="right">c</th></tr></thead><tbody><tr><td align="left">1</td><td align="center">2</td><td align="right">3</td></tr></tbody></table>`},
		{"tables, escaped pipe", "| a |\n| - |\n| x `\\|` y |\n| z **\\|** w |\n",
			"<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>x <code>|</code> y</td></tr><tr><td>z <strong>|</strong> w</td></tr></tbody></table>"},
		{"tables, end at a block", "| a | b |\n| - | - |\n| c | d |\n> quote\n",
			"<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table><blockquote><p>quote</p></blockquote>"},
		{"tables, header must match", "| a | b |\n| --- |\n| c |\n", "<p>| a | b |\n| --- |\n| c |</p>"},
		{"tables, uneven rows", "| a | b |\n| - | - |\n| c |\n| d | e | f |\n",
			"<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td></td></tr><tr><td>d</td><td>e</td></tr></tbody></table>"},
		{"tables, no body", "| a | b |\n| - | - |\n", "<table><thead><tr><th>a</th><th>b</th></tr></thead></table>"},
		{"task list items", "- [ ] milk\n- [x] bread\n",
			`<ul><li><input disabled="" type="checkbox" /> milk</li><li><input checked="" disabled="" type="checkbox" /> bread</li></ul>`},
		{"task list items, nested", "- [x] a\n  - [ ] b\n",
			`<ul><li><input checked="" disabled="" type="checkbox" /> a<ul><li><input disabled="" type="checkbox" /> b</li></ul></li></ul>`},
		{"strikethrough", "~~Gone~~ and ~here~.\n", "<p><del>Gone</del> and <del>here</del>.</p>"},
		{"strikethrough, not over paragraphs", "One ~~two\n\nthree~~.\n", "<p>One ~~two</p><p>three~~.</p>"},
		{"strikethrough, three", "Not ~~~struck~~~ out\n", "<p>Not ~~~struck~~~ out</p>"},
		{"autolinks, www", "www.example.org/a\n", `<p><a href="http://www.example.org/a">www.example.org/a</a></p>`},
		{"autolinks, trailing punctuation", "See www.example.org/a.b.\n", `<p>See <a href="http://www.example.org/a.b">www.example.org/a.b</a>.</p>`},
		{"autolinks, parentheses", "(https://example.org/q?x=(y))\n", `<p>(<a href="https://example.org/q?x=(y)">https://example.org/q?x=(y)</a>)</p>`},
		{"autolinks, scheme", "http://example.org https://example.org/a?b=c\n",
			`<p><a href="http://example.org">http://example.org</a> <a href="https://example.org/a?b=c">https://example.org/a?b=c</a></p>`},
		{"autolinks, mail", "me@mail.example.org\n", `<p><a href="mailto:me@mail.example.org">me@mail.example.org</a></p>`},
		{"disallowed raw HTML", "<strong> <title> <style> <em>\n\n<blockquote>\n  <xmp> is off. <XMP> too.\n</blockquote>\n",
			"<p><strong> &lt;title> &lt;style> <em></p>\n<blockquote>\n  &lt;xmp> is off. &lt;XMP> too.\n</blockquote>\n"},
	} {
		got := string(r.Render([]byte(c.in)).HTML())
		if diff := domDifference(t, got, c.want); diff != "" {
			t.Errorf("%s: %q: %s\n%s", c.section, c.in, diff, got)
		}
	}
}
