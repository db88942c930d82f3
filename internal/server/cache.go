package server

import (
	"container/list"
	"sync"
)

// cache keeps values up to a sum of sizes, and forgets those first that were
// not asked for the longest. It may be used concurrently.
type cache[K comparable, V any] struct {
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

// overhead is what an entry costs besides its value, roughly.
const overhead = 200

// newCache makes a cache of limit bytes.
func newCache[K comparable, V any](limit int, size func(V) int) *cache[K, V] {
	return &cache[K, V]{limit: limit, size: size, items: map[K]*list.Element{}, order: list.New()}
}

func (c *cache[K, V]) get(key K) (V, bool) {
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

// put keeps a value, unless it would take more than a quarter of the cache.
func (c *cache[K, V]) put(key K, value V) {
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

func (c *cache[K, V]) remove(e *list.Element) {
	it := c.order.Remove(e).(*item[K, V])
	delete(c.items, it.key)
	c.used -= it.size
}
