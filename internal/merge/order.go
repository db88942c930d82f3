package merge

import "slices"

// order puts the parts of a result in their order. What both texts have keeps
// the order of the one that changed it, and what one of them alone has comes
// after what it has before it; at the same place theirs comes before mine.
// Where both changed the order, differently, it is mine.
func order(base, mine, theirs []*triple) []*triple {
	in := func(list []*triple) map[*triple]bool {
		set := map[*triple]bool{}
		for _, t := range list {
			set[t] = true
		}
		return set
	}
	inMine, inTheirs := in(mine), in(theirs)
	common := func(list []*triple, inBase bool) []*triple {
		var out []*triple
		for _, t := range list {
			if inMine[t] && inTheirs[t] && (!inBase || t.base != nil) {
				out = append(out, t)
			}
		}
		return out
	}
	result := common(theirs, false)
	if !slices.Equal(result, common(mine, false)) {
		if was := common(base, true); !slices.Equal(was, common(mine, true)) {
			result = common(mine, false)
		}
	}
	result = insert(result, theirs, inMine)
	return insert(result, mine, inTheirs)
}

// insert puts what only one list has into the result, behind what that list
// has before it, and behind what the other side has put there.
func insert(result, list []*triple, inOther map[*triple]bool) []*triple {
	at := 0 // behind the one before
	placed := map[*triple]bool{}
	for _, t := range list {
		if inOther[t] {
			at = slices.Index(result, t) + 1
			continue
		}
		for at < len(result) && alone(result[at]) && !placed[result[at]] {
			at++
		}
		result = slices.Insert(result, at, t)
		placed[t] = true
		at++
	}
	return result
}

// alone tells whether one side only has a part.
func alone(t *triple) bool { return t.mine == nil || t.theirs == nil }
