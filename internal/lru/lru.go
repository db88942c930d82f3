// Package lru is a cache that is bounded by the size of what it keeps, in
// bytes, and forgets first what was not asked for the longest. Caches that count
// their entries do not hold here, where one entry may be a title and the next a
// picture.
package lru

import (
	"container/list"
	"sync"
)

// overhead is what an entry costs besides its value, roughly, in bytes.
const overhead = 200

// Cache keeps values by their keys. It may be used concurrently.
type Cache[K comparable, V any] struct {
	mu    sync.Mutex
	limit int
	used  int
	size  func(V) int
	items map[K]*list.Element
	order *list.List // of *item[K, V], last used first
}

type item[K comparable, V any] struct {
	key   K
	value V
	size  int
}

// New makes a cache of limit bytes. size tells how many a value takes; it has to
// stay the same.
func New[K comparable, V any](limit int, size func(V) int) *Cache[K, V] {
	return &Cache[K, V]{limit: limit, size: size, items: map[K]*list.Element{}, order: list.New()}
}

// Get gives the value of a key, and whether it is there.
func (c *Cache[K, V]) Get(key K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.items[key]
	if !ok {
		var none V
		return none, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*item[K, V]).value, true
}

// Put keeps a value in the place of an older one of the same key. One that would
// take more than a quarter of the cache is not kept, so that it does not push
// everything else out.
func (c *Cache[K, V]) Put(key K, value V) {
	size := c.size(value) + overhead
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.items[key]; ok {
		c.remove(e)
	}
	if size > c.limit/4 {
		return
	}
	c.items[key] = c.order.PushFront(&item[K, V]{key, value, size})
	c.used += size
	for c.used > c.limit {
		c.remove(c.order.Back())
	}
}

// Len is how many values are kept.
func (c *Cache[K, V]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.items)
}

// Used is how many bytes the values take, with what the cache itself needs.
func (c *Cache[K, V]) Used() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.used
}

func (c *Cache[K, V]) remove(e *list.Element) {
	it := c.order.Remove(e).(*item[K, V])
	delete(c.items, it.key)
	c.used -= it.size
}
