package growthtest

import (
	"strings"
	"testing"
	"time"
)

// told is a test that keeps what it is told, and goes on.
type told struct {
	testing.TB
	errors int
}

func (t *told) Helper()               {}
func (t *told) Errorf(string, ...any) { t.errors++ }

func TestProportional(t *testing.T) {
	const small = 3 * time.Millisecond
	for _, test := range []struct {
		grown time.Duration
		want  bool
	}{{16, true}, {80, true}, {127, true}, {128, false}, {256, false}, {4096, false}} {
		if got := proportional(small, test.grown*small); got != test.want {
			t.Errorf("%d times as long: %v, want %v", test.grown, got, test.want)
		}
	}
}

func TestLinear(t *testing.T) {
	// A machine that is busy may take twice as long at any time, which is what tells
	// quadratic from proportional. What takes the third power is told on each.
	all := func(n int) func() {
		text := strings.Repeat("ab", n)
		return func() { strings.Count(text, "a") }
	}
	triples := func(n int) func() {
		text := strings.Repeat("ab", n)
		return func() {
			for range n * n {
				strings.Count(text, "a")
			}
		}
	}
	for _, test := range []struct {
		name string
		n    int
		made func(int) func()
		want int
	}{
		{"proportional", 40_000_000, all, 0},
		{"proportional, too short to be told", 80, all, 0},
		{"third power, too short to be told", 80, triples, 0},
		{"third power", 1120, triples, 1}, // a tenth of a millisecond, and half a second
	} {
		got := &told{TB: t}
		if Linear(got, test.n, test.made); got.errors != test.want {
			t.Errorf("%s: told %d times, want %d", test.name, got.errors, test.want)
		}
	}
}
