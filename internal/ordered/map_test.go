package ordered

import (
	"fmt"
	"testing"
	"time"

	"galley/internal/bigint"
)

func TestOrder(t *testing.T) {
	for _, n := range []int{3, small, small + 1, 100} {
		m := New(0)
		for i := range n {
			m.Set(fmt.Sprint("k", (i*7)%n), i)
		}
		m.Set("k0", "again")
		if key, value := m.At(0); key != "k0" || value != "again" || m.Len() != n {
			t.Errorf("%d keys: first is %v: %v of %d", n, key, value, m.Len())
		}
		m.Delete("k0")
		if m.Has("k0") || m.Len() != n-1 {
			t.Errorf("%d keys: k0 is still there", n)
		}
		i := 1
		for key, value := range m.All() {
			if want := fmt.Sprint("k", (i*7)%n); key != want || value != i {
				t.Errorf("%d keys: at %d stands %v: %v, want %s", n, i, key, value, want)
			}
			if got, ok := m.Get(key); !ok || got != value {
				t.Errorf("%d keys: %v is %v", n, key, got)
			}
			i++
		}
	}
}

// Keys are told apart as Ruby does with eql?.
func TestKeys(t *testing.T) {
	day := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	m := Of(1, "int", 1.0, "float", "1", "text", nil, "nil", true, "true", day, "day",
		[]any{1, "a"}, "list", Of("a", 1), "map", bigint.Int("1180591620717411303424"), "big")
	for _, c := range []struct {
		key  any
		want string
	}{
		{1, "int"}, {int64(1), "int"}, {1.0, "float"}, {"1", "text"}, {nil, "nil"}, {true, "true"},
		{day.In(time.FixedZone("", 3600)), "day"}, {[]any{1, "a"}, "list"}, {Of("a", 1), "map"},
		{bigint.Int("1180591620717411303424"), "big"},
	} {
		if got, ok := m.Get(c.key); !ok || got != c.want {
			t.Errorf("%#v is %v, want %s", c.key, got, c.want)
		}
	}
	if m.Has("") || m.Has(false) || m.Has([]any{1}) || m.Value("x") != nil {
		t.Error("a key is there that was never set")
	}
}

// Rows share their keys until one gets others.
func TestWith(t *testing.T) {
	for _, n := range []int{2, 20} {
		names := New(n)
		for i := range n {
			names.Set(i, nil)
		}
		first, second, third := names.With(make([]any, n)), names.With(make([]any, n)), names.With(make([]any, n))
		first.Set(0, "a")
		second.Set("more", "b")
		third.Delete(0)
		third.Set("more", "c")
		for _, m := range []*Map{names, first, second, third} {
			for i := range m.Len() {
				key, value := m.At(i)
				if got, ok := m.Get(key); !ok || got != value {
					t.Errorf("of %d, %v is %v, not %v", n, key, got, value)
				}
			}
		}
		if names.Len() != n || first.Len() != n || second.Len() != n+1 || third.Len() != n ||
			first.Has("more") || names.Has("more") || third.Has(0) || !second.Has(0) || second.Value("more") != "b" || third.Value("more") != "c" {
			t.Errorf("of %d, one's keys are another's", n)
		}
		if a, _ := second.Get(0); a != nil {
			t.Errorf("of %d, one's value is another's", n)
		}
	}
}

func TestNil(t *testing.T) {
	var m *Map
	if m.Len() != 0 || m.Has("a") || m.Clone().Len() != 0 {
		t.Error("a nil map is not empty")
	}
	for range m.All() {
		t.Error("a nil map has keys")
	}
}
