package kramdown

import (
	"reflect"
	"strings"
	"sync"
	"testing"
)

// TestSlabs renders texts of all sizes at the same time in shared memory:
// each must come out as it does in memory of its own.
func TestSlabs(t *testing.T) {
	texts := []string{
		"", "word\n", "# A *heading*\n\ntext[^1] and `code`{:.x}\n\n[^1]: a note\n",
		"| a | b |\n|---|:-:|\n| 1 | 2 |\n", "* TOC\n{:toc}\n\n## One\n\n## Two\n{: #two}\n\nHTML\n\n*[HTML]: Hyper\n",
		strings.Repeat("1. an *item* with [a link](https://example.org \"title\")\n   * and <b>another</b>\n\n", 200),
	}
	var slabs Slabs
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 20 {
				for _, text := range texts {
					if got, want := Render([]byte(text), Options{Slabs: &slabs}), Render([]byte(text), Options{}); !reflect.DeepEqual(got, want) {
						t.Errorf("%.40q: got %v, want %v", text, got, want)
					}
				}
			}
		})
	}
	all.Wait()
}
