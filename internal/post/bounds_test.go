package post

import (
	"fmt"
	"strings"
	"testing"
	"time"
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
			took := func(n int) time.Duration {
				src := []byte("---\n" + yaml(n) + "---\nBody\n")
				if len(src) > maxFrontMatter {
					t.Fatalf("%d bytes are not read", len(src))
				}
				best := time.Hour
				for range 3 {
					start := time.Now()
					Parse(src)
					_, _ = KeyEdit(src, "title", "b")
					best = min(best, time.Since(start))
				}
				return best
			}
			const n = 2000
			var ratio float64
			for range 3 {
				if ratio = float64(took(8*n)) / float64(took(n)) / 8; ratio < 4 {
					return
				}
			}
			t.Errorf("%d lines took %.1f times as long as in proportion", 8*n, ratio)
		})
	}
}
