package liquid

// A Hash holds values by key, in the order in which they were put in. A nil
// *Hash is empty.
type Hash struct {
	keys   []any
	values []any
	// index is there from a certain size on.
	index map[any]int
}

// indexFrom is the size from which a hash is worth an index.
const indexFrom = 9

// NewHash makes a hash with room for some keys.
func NewHash(size int) *Hash {
	return &Hash{keys: make([]any, 0, size), values: make([]any, 0, size)}
}

// HashOf makes a hash of keys and values in turn.
func HashOf(pairs ...any) *Hash {
	h := NewHash(len(pairs) / 2)
	for i := 0; i+1 < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

// hashable makes a key of any value: what Go cannot compare goes by its text.
func hashable(key any) any {
	switch k := key.(type) {
	case []any, *Hash:
		return "\x00" + Inspect(k)
	case int:
		return int64(k)
	}
	return key
}

func (h *Hash) find(key any) int {
	if h == nil {
		return -1
	}
	if h.index != nil {
		if i, ok := h.index[hashable(key)]; ok {
			return i
		}
		return -1
	}
	if s, ok := key.(string); ok {
		for i, k := range h.keys {
			if k, ok := k.(string); ok && k == s {
				return i
			}
		}
		return -1
	}
	key = hashable(key)
	for i, k := range h.keys {
		if hashable(k) == key {
			return i
		}
	}
	return -1
}

// Get looks a key up.
func (h *Hash) Get(key any) (any, bool) {
	if i := h.find(key); i >= 0 {
		return h.values[i], true
	}
	return nil, false
}

// Set puts a value in, in the place of the one with the same key.
func (h *Hash) Set(key, value any) {
	if i := h.find(key); i >= 0 {
		h.values[i] = value
		return
	}
	h.keys = append(h.keys, key)
	h.values = append(h.values, value)
	switch n := len(h.keys); {
	case h.index != nil:
		h.index[hashable(key)] = n - 1
	case n == indexFrom:
		h.index = make(map[any]int, 2*n)
		for i, k := range h.keys {
			h.index[hashable(k)] = i
		}
	}
}

// Len counts keys.
func (h *Hash) Len() int {
	if h == nil {
		return 0
	}
	return len(h.keys)
}

// At is the key and the value at a place, from 0.
func (h *Hash) At(i int) (key, value any) { return h.keys[i], h.values[i] }

// pair is what a loop over a hash sees.
func (h *Hash) pair(i int) any { return []any{h.keys[i], h.values[i]} }

// pairs are the hash as a list.
func (h *Hash) pairs() []any {
	out := make([]any, h.Len())
	for i := range out {
		out[i] = h.pair(i)
	}
	return out
}
