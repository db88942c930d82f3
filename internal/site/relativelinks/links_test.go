package relativelinks

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// either finds links and definitions at once, with the parts of definitions in
// groups of their own.
var either = regexp.MustCompile(`(?m)\[(.*?)\]\(([^)]+?)` + fragment + title + `\)` +
	`|^\s*?\[(.*?)\]: (.+?)` + fragment + title + `\s*?$`)

// allLinks is links by one expression.
func allLinks(text string) []link {
	var found []link
	for _, m := range either.FindAllStringSubmatchIndex(text, -1) {
		if m[2] < 0 {
			found = append(found, link{append(m[:2:2], m[10:]...), true})
		} else {
			found = append(found, link{m[:10], false})
		}
	}
	return found
}

// Links are found where one expression for all finds them.
func FuzzLinks(f *testing.F) {
	for _, seed := range []string{
		"[a](b)", "a [b](c#d \"e\") [f](g 'h')", "[a]: b\n\n  [c]: d#e \"f\"\n", "\n \n[a]: b\n", "[a](b)\n[c]: d", "[a\n](b)", "[[a](b)]: c", "[a]: [b](c)",
		"[a](b\n\nc)", "  [a](b)", "\n  [a](b)]: c\n", "[a]: b \"c\n\nd\"\n[e](f)", "x\n\n[a](b) ]: c", "[a](b#c)d)", "[a]: \n[b]: c", "[a](", "[]()", "[](a)", "[a](b \"c\\\"d\")",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > window {
			t.Skip("longer than one look")
		}
		got, want := links(text), allLinks(text)
		if !slices.EqualFunc(got, want, func(a, b link) bool { return a.defines == b.defines && slices.Equal(a.parts, b.parts) }) {
			t.Errorf("%q: %v, not %v", text, got, want)
		}
	})
}

// What is longer than one look is no link, and what ends with it is one.
func TestWindow(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"[a](" + strings.Repeat("b", window) + ")", 0},
		{"[a](" + strings.Repeat("b", window-5) + ") [c](d)", 2},
		{"[a]: " + strings.Repeat("b", window) + "\n[c]: d", 1},
		{"[a]: " + strings.Repeat("b", window-5) + "\n[c]: d", 2},
		{strings.Repeat("[a]: b\n\n", 1<<16), 1 << 16},
	} {
		if got := len(links(c.text)); got != c.want {
			t.Errorf("%d links in %.8q of %d bytes, not %d", got, c.text, len(c.text), c.want)
		}
	}
}

// What begins many thousand times and never ends does not take long.
func TestHostile(t *testing.T) {
	for _, text := range []string{strings.Repeat("[", 1<<20), strings.Repeat("[", 1<<20) + "](", strings.Repeat("[a](b\n", 1<<17),
		strings.Repeat("[a]: b \"c\n", 1<<17), strings.Repeat("[](", 1<<19), strings.Repeat("[a]: b\n\"\n", 1<<17)} {
		start := time.Now()
		Resolve(text+"](", "a.md", func(string) (string, bool) { return "", false })
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%.10q took %v", text, took)
		}
	}
}
