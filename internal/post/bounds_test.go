package post

import (
	"fmt"
	"strings"
	"testing"

	"galley/internal/growthtest"
)

// Four times the front matter takes about four times as long, to read and to
// edit.
func TestProportional(t *testing.T) {
	if testing.Short() {
		t.Skip("measures what is the same without -short, and as WebAssembly slowly")
	}
	lines := func(format string) func(int) string {
		return func(n int) string {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, format, i)
			}
			return b.String()
		}
	}
	for name, yaml := range map[string]func(n int) string{
		"repeated keys": func(n int) string { return strings.Repeat("title: a\n", n) },
		"many keys":     lines("key%d: a\n"),
		"broken keys":   func(n int) string { return strings.Repeat("title: a: b\n", n) },
		"comments":      func(n int) string { return strings.Repeat("# a\n", n) + "title: a\n" },
		"one value":     func(n int) string { return "title: >\n" + strings.Repeat("  word\n", n) },
		"quotes":        func(n int) string { return "title: '" + strings.Repeat("'' ", n) + "'\n" },
		"a list":        func(n int) string { return "tags:\n" + strings.Repeat("- a # b\n", n) },
	} {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 16_000, func(n int) func() {
				src := []byte("---\n" + yaml(n) + "---\nBody\n")
				if len(src) > maxFrontMatter {
					t.Fatalf("%d bytes are not read", len(src))
				}
				return func() {
					Parse(src)
					_, _ = KeyEdit(src, "title", "b")
				}
			})
		})
	}
}
