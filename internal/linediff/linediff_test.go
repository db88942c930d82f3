package linediff

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want []int
	}{
		{"", "", nil},
		{"a b c", "a b c", []int{0, 1, 2}},
		{"a b c", "a c", []int{0, -1, 1}},
		{"a c", "a b c", []int{0, 2}},
		{"a b", "c d", []int{-1, -1}},
		{"a x b", "x a b", []int{-1, 0, 2}},
	} {
		got, err := Match(t.Context(), strings.Fields(c.a), strings.Fields(c.b), 100)
		if err != nil || len(got) != len(c.want) || !slices.Equal(got, c.want) && c.want != nil {
			t.Errorf("%q, %q: %v, %v; want %v", c.a, c.b, got, err, c.want)
		}
	}
}

func TestBounds(t *testing.T) {
	if _, err := Match(t.Context(), []int{1, 2, 3}, []int{4, 5, 6}, 5); !errors.Is(err, ErrTooDifferent) {
		t.Error(err)
	}
	if _, err := Match(t.Context(), []int{1, 2, 3}, []int{4, 5, 6}, 6); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Match(ctx, []int{1}, []int{2}, 9); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// What matches is the same, in order, and each line is used once.
func FuzzMatch(f *testing.F) {
	f.Add([]byte("abcabba"), []byte("cbabac"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		to, err := Match(t.Context(), a, b, 2000)
		if err != nil {
			t.Skip("too different")
		}
		last := -1
		for i, j := range to {
			if j < 0 {
				continue
			}
			if j <= last || a[i] != b[j] {
				t.Fatalf("%q, %q: %v", a, b, to)
			}
			last = j
		}
	})
}
