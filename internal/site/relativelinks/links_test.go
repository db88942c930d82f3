package relativelinks

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Links are found where one expression for all finds them.
func FuzzLinks(f *testing.F) {
	for _, seed := range []string{
		"[a](b)", "a [b](c#d \"e\") [f](g 'h')", "[a]: b\n\n  [c]: d#e \"f\"\n", "\n \n[a]: b\n", "[a](b)\n[c]: d", "[a\n](b)", "[[a](b)]: c", "[a]: [b](c)",
		"[a](b\n\nc)", "  [a](b)", "\n  [a](b)]: c\n", "[a]: b \"c\n\nd\"\n[e](f)", "x\n\n[a](b) ]: c", "[a](b#c)d)", "[a]: \n[b]: c", "[a](", "[]()", "[](a)", "[a](b \"c\\\"d\")",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, want := links(text), allLinks(text)
		if !slices.EqualFunc(got, want, func(a, b link) bool { return a.defines == b.defines && slices.Equal(a.parts, b.parts) }) {
			t.Errorf("%q: %v, not %v", text, got, want)
		}
	})
}

// What begins many thousand times and never ends does not take long.
func TestHostile(t *testing.T) {
	for _, text := range []string{strings.Repeat("[", 1<<20), strings.Repeat("[", 1<<20) + "](", strings.Repeat("[a](b\n", 1<<17)} {
		start := time.Now()
		Resolve(text+"](", "a.md", func(string) (string, bool) { return "", false })
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%.10q took %v", text, took)
		}
	}
}
