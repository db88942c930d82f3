package source

import (
	"errors"
	"fmt"
	"testing"
	"testing/fstest"
)

// Walking over a site ends when it is told to: each name is held against any number of
// patterns.
func TestFindStops(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 1000 {
		files[fmt.Sprintf("_posts/2026-01-01-a%d.md", i)] = &fstest.MapFile{}
		files[fmt.Sprintf("a/b%d.md", i)] = &fstest.MapFile{}
	}
	over := errors.New("over")
	for _, after := range []int{10, 1500} {
		asked := 0
		_, err := Find(files, Rules{Stop: func() error {
			if asked++; asked > after {
				return over
			}
			return nil
		}})
		if !errors.Is(err, over) || asked != after+1 {
			t.Errorf("asked %d times, it ends with %v", asked, err)
		}
	}
}
