package github

import (
	"container/list"
	"sync"

	"galley/internal/forge"
)

// trees keeps the listings of commits, the ones used last, for everybody whose
// forges share a Cache: reading 5,000 entries out of JSON again for each
// request, and keeping them for each person, would cost more than all the rest.
//
// They are not told apart by person, and need not be: a listing is found by its
// commit, and a forge only knows a commit from what GitHub has just answered to
// this person's token (a branch's head, a pull request).
type trees struct {
	mu    sync.Mutex
	size  int // entries
	items map[treeKey]*list.Element
	order *list.List // of *commitTree, the one used last in front
}

type treeKey struct {
	at     place
	commit string
}

// maxTreeEntries bounds what is kept; an entry has some 500 bytes.
const maxTreeEntries = 150_000

func newTrees() *trees { return &trees{items: map[treeKey]*list.Element{}, order: list.New()} }

// get gives a commit's listing; nil when it is not kept.
func (t *trees) get(at place, commit string) *commitTree {
	t.mu.Lock()
	defer t.mu.Unlock()
	item := t.items[treeKey{at, commit}]
	if item == nil {
		return nil
	}
	t.order.MoveToFront(item)
	return item.Value.(*commitTree)
}

func (t *trees) put(tree *commitTree) {
	key := treeKey{tree.at, tree.commit}
	if !forge.IsID(tree.commit) || len(tree.entries) > maxTreeEntries {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.items[key] != nil { // somebody else was faster
		return
	}
	t.items[key] = t.order.PushFront(tree)
	t.size += len(tree.entries)
	for t.size > maxTreeEntries {
		last := t.order.Remove(t.order.Back()).(*commitTree)
		delete(t.items, treeKey{last.at, last.commit})
		t.size -= len(last.entries)
	}
}
