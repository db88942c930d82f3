package markdown

import (
	"strings"
	"testing"

	"galley/internal/growthtest"
)

// A line of a table is divided as fast as it is long, whatever code it has.
func TestTableLineProportional(t *testing.T) {
	for _, piece := range []string{"<!-- a`", "a`", "`|`"} {
		t.Run(piece, func(t *testing.T) {
			growthtest.Linear(t, 800_000/len(piece), func(n int) func() {
				r := New(Config{Dialect: Kramdown})
				text := []byte("|" + strings.Repeat(piece, n) + "[z]")
				return func() { r.Render(text) }
			})
		})
	}
}
