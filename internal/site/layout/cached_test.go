package layout

import (
	"errors"
	"strings"
	"testing"
)

// A text is made once, but for what fails and what is more than is kept.
func TestCache(t *testing.T) {
	var c Cache
	made := map[string]int{}
	ask := func(key, text string, err error) {
		t.Helper()
		got, failed := c.Text(key, func() (string, error) { made[key]++; return text, err })
		if got != text || !errors.Is(failed, err) {
			t.Errorf("%s: %d bytes, %v", key, len(got), failed)
		}
	}
	long := strings.Repeat("a", maxCached/3)
	for range 2 {
		ask("fails", "", errors.ErrUnsupported)
		for _, key := range []string{"a", "b", "c", "d"} {
			ask(key, long, nil)
		}
		ask("short", "x", nil)
	}
	for key, want := range map[string]int{"fails": 2, "a": 1, "b": 1, "c": 2, "d": 2, "short": 1} {
		if made[key] != want {
			t.Errorf("%s was made %d times", key, made[key])
		}
	}
}
