package kramdown

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestRanges(t *testing.T) {
	same := func(a, b string) bool { return a == b }
	for _, c := range []struct {
		was, is string
		want    []Range
	}{
		{"", "", nil},
		{"a b c", "a b c", nil},
		{"", "a b", []Range{{0, 0, 2}}},
		{"a b", "", []Range{{0, 2, 0}}},
		{"a b c", "a x c", []Range{{1, 1, 1}}},
		{"a b c", "a b x c", []Range{{2, 0, 1}}},
		{"a b b c", "a b c", []Range{{1, 1, 0}}},
		// Headings that are numbered anew: each looks as the one before it did.
		{"h p h1 p h2 q", "g p h p h1 q", []Range{{0, 1, 1}, {2, 1, 1}, {4, 1, 1}}},
		{"a b c d e", "x b c y z e", []Range{{0, 1, 1}, {3, 1, 2}}},
	} {
		if got := Ranges(strings.Fields(c.was), strings.Fields(c.is), same); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q to %q: %v, want %v", c.was, c.is, got, c.want)
		}
	}
	random := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		var lists [2][]int
		for i := range lists {
			for range random.IntN(60) {
				lists[i] = append(lists[i], random.IntN(6))
			}
		}
		got := slices.Clone(lists[0])
		moved := 0
		for _, r := range Ranges(lists[0], lists[1], func(a, b int) bool { return a == b }) {
			at := r.At + moved
			got = slices.Replace(got, at, at+r.Removed, lists[1][at:at+r.Inserted]...)
			moved += r.Inserted - r.Removed
		}
		if !slices.Equal(got, lists[1]) {
			t.Fatalf("%v to %v: got %v", lists[0], lists[1], got)
		}
	}
}
