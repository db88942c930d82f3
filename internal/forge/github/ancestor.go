package github

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/google/go-github/v75/github"
)

// ancestor is the listing of what two commits come from.
//
// GitHub names one commit that they have in common. Where two branches have merged
// each other there are several, and against one alone a text that was corrected on
// one side and taken back since looks as if nothing had been done to it. What all of
// them have alike is what both sides come from; a path at which they differ is
// unclear, and whatever would have to choose there is refused or shows all. To merge
// them first, as Git does, would be some requests for each of them more, for what
// hardly happens where GitHub merges itself.
type ancestor struct {
	*commitTree
	unclear map[string]bool
	// whole: nothing has more commits, or merges, than are looked through; if not,
	// there may be paths that are unclear besides.
	whole bool
}

// What is looked through for commits that two have in common, besides the one that
// GitHub names.
const (
	maxAheadPages = 10 // of 100 commits
	maxCompared   = 20
)

// ancestor lists what two commits of the repository, or of forks of it, come from.
func (f *Forge) ancestor(ctx context.Context, first, second string) (*ancestor, error) {
	bases, whole, err := f.commonBases(ctx, first, second)
	if err != nil {
		return nil, err
	}
	from := &ancestor{unclear: map[string]bool{}, whole: whole}
	for _, id := range bases {
		tree, err := f.tree(ctx, f.up, id)
		if err != nil {
			return nil, err
		}
		if from.commitTree == nil {
			from.commitTree = tree
			continue
		}
		all := &commitTree{at: f.up, commit: from.commit, entries: maps.Clone(from.entries), truncated: from.truncated || tree.truncated}
		all.files = sync.OnceValue(all.list)
		for _, path := range slices.Concat(slices.Collect(maps.Keys(from.entries)), slices.Collect(maps.Keys(tree.entries))) {
			if !same(from.entries[path], tree.entries[path]) {
				from.unclear[path] = true
				delete(all.entries, path)
			}
		}
		from.commitTree = all
	}
	return from, nil
}

// commonBases are the newest commits that two have in common, the one that GitHub
// names first. It tells whether these are all.
func (f *Forge) commonBases(ctx context.Context, first, second string) ([]string, bool, error) {
	if first == second {
		return []string{first}, true, nil
	}
	// Of the commits that the second alone has, parents that it has not alone are in
	// both; and all that are in both are these or before them.
	alone, parents, base := map[string]bool{}, map[string]bool{}, ""
	whole := false
	for page := 1; page <= maxAheadPages && !whole; page++ {
		answer, _, err := f.client.Repositories.CompareCommits(ctx, f.up.owner, f.up.repo, first, second, &github.ListOptions{Page: page, PerPage: 100})
		if err != nil {
			return nil, false, f.fault(err, noHistory)
		}
		base = answer.GetMergeBaseCommit().GetSHA()
		for _, c := range answer.Commits {
			alone[c.GetSHA()] = true
			for _, p := range c.Parents {
				parents[p.GetSHA()] = true
			}
		}
		whole = len(alone) >= answer.GetAheadBy()
	}
	maps.DeleteFunc(parents, func(id string, _ bool) bool { return alone[id] || id == base })
	if !whole || len(parents) == 0 {
		return []string{base}, whole, nil
	}
	before, _, err := f.client.Repositories.ListCommits(ctx, f.up.owner, f.up.repo, &github.CommitsListOptions{SHA: base, ListOptions: github.ListOptions{PerPage: 100}})
	if err != nil {
		return nil, false, f.fault(err, f.noRepository())
	}
	for _, c := range before {
		delete(parents, c.GetSHA())
	}
	bases := []string{base}
	for i, id := range slices.Sorted(maps.Keys(parents)) {
		if i == maxCompared {
			return bases, false, nil
		}
		compared, err := f.compare(ctx, id, base)
		if err != nil {
			return nil, false, err
		}
		if !compared.contains() {
			bases = append(bases, id)
		}
	}
	return bases, true, nil
}
