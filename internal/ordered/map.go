// Package ordered has a map that keeps its keys in the order in which they were
// set, as Ruby's hashes do: what a site's YAML, JSON and CSV files are read
// into, and what Liquid walks over.
//
// Its keys are any of the values that such files have: texts, int64, bigint.Int,
// float64, bool, nil, times, days, lists ([]any) and maps (*Map). As in Ruby, 1
// and 1.0 are two keys, and two lists of equal elements are one.
package ordered

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"galley/internal/bigint"
)

// Map is a map with an order. A nil Map is empty, and can be read.
// Maps are passed by pointer; two goroutines may read one at once.
type Map struct {
	keys, values []any
	// index is where a key stands, by its identity; nil while the map is so
	// small that looking through its keys is faster.
	index map[any]int
	// shared: keys and index are those of other maps, too, and are not written to.
	shared bool
}

// small is up to how many keys are looked through one by one.
const small = 8

// New makes an empty map with room for n keys.
func New(n int) *Map {
	return &Map{keys: make([]any, 0, n), values: make([]any, 0, n)}
}

// Of makes a map of keys and values that follow each other.
func Of(pairs ...any) *Map {
	m := New(len(pairs) / 2)
	for i := 0; i+1 < len(pairs); i += 2 {
		m.Set(pairs[i], pairs[i+1])
	}
	return m
}

// With makes a map of m's keys, in their order, and of values, one for each key. It keeps
// values, and shares the keys with m, so that many rows of a table take no more than their
// cells; m must not be changed afterwards, what With gives may be.
func (m *Map) With(values []any) *Map {
	return &Map{keys: m.keys, values: values[:len(m.keys)], index: m.index, shared: true}
}

// own has a map no keys that others have, too.
func (m *Map) own() {
	if m.shared {
		m.keys, m.index, m.shared = slices.Clone(m.keys), maps.Clone(m.index), false
	}
}

// Len is the number of keys.
func (m *Map) Len() int {
	if m == nil {
		return 0
	}
	return len(m.keys)
}

// Get gives a key's value; it is false for a key that is not there.
func (m *Map) Get(key any) (any, bool) {
	if text, ok := key.(string); ok && m != nil && m.index == nil {
		// What templates do most.
		for i, k := range m.keys {
			if k, ok := k.(string); ok && k == text {
				return m.values[i], true
			}
		}
		return nil, false
	}
	if i := m.find(identity(key)); i >= 0 {
		return m.values[i], true
	}
	return nil, false
}

// Value is Get for a text as key, and nil for one that is not there.
func (m *Map) Value(key string) any {
	value, _ := m.Get(key)
	return value
}

// Has tells whether a key is there.
func (m *Map) Has(key any) bool { return m.find(identity(key)) >= 0 }

// Set sets a key. One that is there keeps its place.
func (m *Map) Set(key, value any) {
	id := identity(key)
	if i := m.find(id); i >= 0 {
		m.values[i] = value
		return
	}
	m.own()
	m.keys, m.values = append(m.keys, key), append(m.values, value)
	switch {
	case m.index != nil:
		m.index[id] = len(m.keys) - 1
	case len(m.keys) > small:
		m.reindex()
	}
}

// Delete takes a key out. It costs as much as the map is long.
func (m *Map) Delete(key any) {
	i := m.find(identity(key))
	if i < 0 {
		return
	}
	m.own()
	m.keys, m.values = slices.Delete(m.keys, i, i+1), slices.Delete(m.values, i, i+1)
	if m.index = nil; len(m.keys) > small {
		m.reindex()
	}
}

// At is the key and the value at a place, counted from 0.
func (m *Map) At(i int) (key, value any) { return m.keys[i], m.values[i] }

// All goes through keys and values in their order.
func (m *Map) All() iter.Seq2[any, any] {
	return func(yield func(any, any) bool) {
		for i := range m.Len() {
			if !yield(m.keys[i], m.values[i]) {
				return
			}
		}
	}
}

// Clone copies the map, not its values.
func (m *Map) Clone() *Map {
	c := New(m.Len())
	for k, v := range m.All() {
		c.Set(k, v)
	}
	return c
}

// Plain gives maps of Go with texts as keys, all the way down, for what needs
// no order. Values that are neither maps nor lists stay as they are.
func (m *Map) Plain() map[string]any {
	out := make(map[string]any, m.Len())
	for k, v := range m.All() {
		out[fmt.Sprint(k)] = Plain(v)
	}
	return out
}

// Plain is Map.Plain for any value.
func Plain(value any) any {
	switch v := value.(type) {
	case *Map:
		return v.Plain()
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = Plain(e)
		}
		return out
	}
	return value
}

func (m *Map) find(id any) int {
	if m == nil {
		return -1
	}
	if m.index != nil {
		if i, ok := m.index[id]; ok {
			return i
		}
		return -1
	}
	for i, k := range m.keys {
		if identity(k) == id {
			return i
		}
	}
	return -1
}

func (m *Map) reindex() {
	m.index = make(map[any]int, 2*len(m.keys))
	for i, k := range m.keys {
		m.index[identity(k)] = i
	}
}

// instant is a time, or a day that is made of one.
type instant interface {
	Unix() int64
	Nanosecond() int
}

// written is the identity of a key that Go cannot compare by its value.
type written string

// identity is what two keys that are the same have in common.
func identity(key any) any {
	switch k := key.(type) {
	case nil, string, bool, int64, float64:
		return k
	case int:
		return int64(k)
	}
	var b strings.Builder
	spell(&b, key)
	return written(b.String())
}

func spell(b *strings.Builder, key any) {
	switch k := key.(type) {
	case []any:
		b.WriteByte('[')
		for _, e := range k {
			spell(b, e)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case *Map:
		b.WriteByte('{')
		for name, value := range k.All() {
			spell(b, name)
			b.WriteByte(':')
			spell(b, value)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	case string:
		fmt.Fprintf(b, "%q", k)
	case bigint.Int:
		b.WriteString(k.String())
	case instant:
		fmt.Fprintf(b, "%T %d.%d", k, k.Unix(), k.Nanosecond())
	default:
		fmt.Fprintf(b, "%T %v", key, key)
	}
}
