package lru

import (
	"strings"
	"testing"
)

func TestCache(t *testing.T) {
	c := New[string](1000, func(s string) int { return len(s) })
	text := strings.Repeat("x", 40)
	for _, k := range []string{"a", "b", "c", "d"} {
		c.Put(k, text)
	}
	c.Get("a")
	c.Put("e", text) // 5 × 240 is too much: b was not asked for the longest
	for k, want := range map[string]bool{"a": true, "b": false, "c": true, "d": true, "e": true} {
		if _, ok := c.Get(k); ok != want {
			t.Errorf("%s is there: %v", k, ok)
		}
	}
	c.Put("e", text+text[:9])
	c.Put("f", strings.Repeat("x", 100)) // more than a quarter
	if _, ok := c.Get("f"); ok {
		t.Error("too large a value is kept")
	}
	c.Put("a", strings.Repeat("x", 100))
	if _, ok := c.Get("a"); ok {
		t.Error("an old value is kept for one that is too large")
	}
	if c.Used() != 2*240+249 || c.Len() != 3 {
		t.Errorf("%d bytes in %d values", c.Used(), c.Len())
	}
}
