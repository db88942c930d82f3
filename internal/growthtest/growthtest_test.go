package growthtest

import (
	"strings"
	"testing"
)

// told is a test that keeps what it is told, and goes on.
type told struct {
	testing.TB
	errors int
}

func (t *told) Helper()               {}
func (t *told) Errorf(string, ...any) { t.errors++ }

func TestLinear(t *testing.T) {
	count := func(text string) (n int) {
		for i := range text {
			if text[i] == 'a' {
				n++
			}
		}
		return n
	}
	all := func(n int) func() {
		text := strings.Repeat("ab", n)
		return func() { count(text) }
	}
	pairs := func(n int) func() {
		text := strings.Repeat("ab", n)
		return func() {
			for range n {
				count(text)
			}
		}
	}
	for _, test := range []struct {
		name string
		n    int
		made func(int) func()
		want int
	}{
		{"linear", 80_000_000, all, 0},
		{"linear, too short to be told", 80, all, 0},
		{"quadratic, too short to be told", 80, pairs, 0},
		{"quadratic", 20_000, pairs, 1}, // some milliseconds, and half a second
	} {
		got := &told{TB: t}
		if Linear(got, test.n, test.made); got.errors != test.want {
			t.Errorf("%s: told %d times, want %d", test.name, got.errors, test.want)
		}
	}
}
