package yaml

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"galley/internal/growthtest"
)

// hostile are texts that grow, and what a reader with a bad day takes more than
// proportional time for.
var hostile = map[string]func(n int) string{
	"repeated keys":   func(n int) string { return strings.Repeat("title: a\n", n) },
	"many keys":       func(n int) string { return lines(n, "key%d: a\n") },
	"a list":          func(n int) string { return strings.Repeat("- a\n", n) },
	"a flow list":     func(n int) string { return "[" + strings.Repeat("a, ", n) + "]" },
	"a flow map":      func(n int) string { return "{" + lines(n, "k%d: a, ") + "}" },
	"quoted in flow":  func(n int) string { return `a: '\'` + "\nb: [" + strings.Repeat(`"é", c, `, n) + "]" },
	"flow pairs":      func(n int) string { return "[" + strings.Repeat("a: b, ", n) + "]" },
	"open brackets":   func(n int) string { return strings.Repeat("[", n) },
	"dashes":          func(n int) string { return strings.Repeat("- ", n) + "a" },
	"question marks":  func(n int) string { return strings.Repeat("? ", n) + "a" },
	"comments":        func(n int) string { return strings.Repeat("# comment\n", n) + "a: b\n" },
	"comments behind": func(n int) string { return "a: b\n" + strings.Repeat("# comment\n", n) },
	"comments within": func(n int) string { return strings.Repeat("a: # comment\n  # comment\n  b # c\n\n", n) },
	"indented remarks": func(n int) string {
		return "a:\n" + strings.Repeat("  # comment\n", n) + "  b: c\n" + strings.Repeat("    # comment\n", n)
	},
	"blank lines":     func(n int) string { return "a:" + strings.Repeat("\n", n) + "  b" },
	"a plain scalar":  func(n int) string { return "a: " + strings.Repeat("word ", n) },
	"a wrapped one":   func(n int) string { return "a: " + strings.Repeat("word\n  ", n) },
	"a quoted one":    func(n int) string { return `a: "` + strings.Repeat(`w\n `, n) + `"` },
	"a folded one":    func(n int) string { return "a: >\n" + strings.Repeat("  word\n\n", n) },
	"a literal one":   func(n int) string { return "a: |\n" + strings.Repeat("  word\n", n) },
	"an open quote":   func(n int) string { return strings.Repeat("'a' \"b\n", n) },
	"digits":          func(n int) string { return "a: " + strings.Repeat("1", n) },
	"hours":           func(n int) string { return "a: " + strings.Repeat("1", n) + ":30" },
	"a point":         func(n int) string { return "a: 1." + strings.Repeat("1", n) },
	"anchors":         func(n int) string { return lines(n, "- &a%d b\n") },
	"aliases":         func(n int) string { return "- &a b\n" + strings.Repeat("- *a\n", n) },
	"merged maps":     func(n int) string { return "a: &a {b: c}\nd:\n" + strings.Repeat("  <<: *a\n", n) },
	"tags":            func(n int) string { return strings.Repeat("- !x a\n", n) },
	"documents":       func(n int) string { return strings.Repeat("--- a\n", n) },
	"carriage return": func(n int) string { return strings.Repeat("a: b\r", n) },
	"lists as keys":   func(n int) string { return lines(n, "? [a, b%d]\n: c\n") },
}

func lines(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// Eight times the text takes about eight times as long.
func TestProportional(t *testing.T) {
	for name, make := range hostile {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 16_000, func(n int) func() {
				text := []byte(make(n))
				return func() { _, _ = Read(text, time.UTC) }
			})
		})
	}
}

func TestBounds(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 12; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	for name, text := range map[string]string{
		"a bomb of aliases": bomb,
		"a map of bombs":    "a: &a {" + lines(5000, "k%d: x, ") + "}\n" + lines(5000, "b%d:\n  <<: *a\n"),
		"itself":            "a: &a [*a]\n",
		"deep":              strings.Repeat("[", maxDepth+2) + strings.Repeat("]", maxDepth+2),
	} {
		_, err := Read([]byte(text), time.UTC)
		if e, ok := err.(*Error); !ok || !e.Deep || e.Line == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if v, err := Read([]byte(strings.Repeat("[", 500)+strings.Repeat("]", 500)), time.UTC); err != nil || v == nil {
		t.Errorf("500 levels: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, make := range hostile {
		f.Add(make(3))
	}
	for _, piece := range append(pieces, structure...) {
		f.Add("a: " + piece)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse([]byte(text))
		if err != nil {
			if e, ok := err.(*Error); !ok || e.Problem == "" {
				t.Errorf("%#v", err)
			}
			return
		}
		d.Value(nil)
		d.Value(time.UTC)
	})
}
