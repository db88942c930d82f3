package liquid

import (
	"fmt"
	"time"

	"galley/internal/ordered"
	"galley/internal/rubytime"
)

// A Drop is an object of the embedding program. Drops are compared by identity
// unless they are a [Comparer], so they are pointers, the same for the same
// thing. They are asked by many goroutines at a time.
type Drop interface {
	// Get looks a property up. The second result says whether there is such
	// a property, even when it is nil.
	Get(key string) (any, bool)
}

// Keyed is a [Drop] that can be looped over, written as JSON and asked for its
// size.
type Keyed interface {
	Drop
	// Keys are its properties in order.
	Keys() []string
}

// Texter is a [Drop] with a text of its own; others print as their Go type.
type Texter interface {
	Drop
	LiquidText() string
}

// Comparer is a [Drop] that can be sorted.
type Comparer interface {
	Drop
	// Compare is below, at or above 0; false says that the two cannot be
	// compared.
	Compare(other any) (int, bool)
}

// Identified is a [Drop] that says which thing it stands for: one that says the same
// stands for the same, in another rendering, too.
type Identified interface {
	Drop
	LiquidID() string
}

// JSONer is a [Drop] that becomes another value when it is written as JSON,
// for example without what would not end. Depth is how deep within the written
// value it stands, from 0.
type JSONer interface {
	Drop
	LiquidJSON(depth int) any
}

// A Range is Liquid's (first..last).
type Range struct{ First, Last int64 }

// Len counts its numbers.
func (r Range) Len() int64 { return max(0, r.Last-r.First+1) }

// Value makes a value of what YAML and JSON readers give: every width of
// numbers, lists of strings, nested lists. Maps of Go have no order: they get
// that of their keys. What is a value already stays as it is, with what it
// holds.
func Value(v any) any {
	switch v := v.(type) {
	case nil, bool, int64, float64, string, *ordered.Map, Range, time.Time, rubytime.Date, Drop:
		return v
	case int:
		return int64(v)
	case int32:
		return int64(v)
	case uint64:
		return int64(v)
	case float32:
		return float64(v)
	case []byte:
		return string(v)
	case []string:
		out := make([]any, len(v))
		for i, s := range v {
			out[i] = s
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = Value(e)
		}
		return out
	case map[string]any:
		h := ordered.New(len(v))
		for _, k := range sortedKeys(v) {
			h.Set(k, Value(v[k]))
		}
		return h
	}
	return fmt.Sprint(v)
}

// pair is what a loop over a hash sees.
func pair(m *ordered.Map, i int) any {
	key, value := m.At(i)
	return []any{key, value}
}

// hashable makes a key of any value: what Go cannot compare goes by its text.
func hashable(key any) any {
	switch k := key.(type) {
	case []any, *ordered.Map:
		return "\x00" + Inspect(k)
	case int:
		return int64(k)
	}
	return key
}
