package github

import (
	"galley/internal/forge"
	"galley/internal/lru"
)

// trees keeps the listings of commits for everybody whose forges share a Cache:
// reading 5,000 entries out of JSON again for each request, and keeping them for
// each person, would cost more than all the rest.
//
// They are not told apart by person, and need not be: a listing is found by its
// commit, and a forge asks for one after GitHub has shown this person a branch
// of the repository, or its pull request, for the very same purpose.
type trees struct {
	kept *lru.Cache[treeKey, *commitTree]
}

type treeKey struct {
	at     place
	commit string
}

const (
	maxTrees  = 64 << 20 // bytes
	entrySize = 500      // bytes of an entry, roughly
)

func newTrees() *trees {
	return &trees{lru.New[treeKey](maxTrees, func(t *commitTree) int { return len(t.entries) * entrySize })}
}

// get gives a commit's listing; nil when it is not kept.
func (t *trees) get(at place, commit string) *commitTree {
	tree, _ := t.kept.Get(treeKey{at, commit})
	return tree
}

func (t *trees) put(tree *commitTree) {
	if forge.IsID(tree.commit) {
		t.kept.Put(treeKey{tree.at, tree.commit}, tree)
	}
}
