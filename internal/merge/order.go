package merge

import (
	"slices"
)

// order puts the parts of a result in their order. What both texts have stands as
// the one has it who moved it, and what one of them alone has comes after what it
// has before it; at the same place theirs comes before mine. Where both moved parts
// of one run, differently, there are two ways, one with mine's order of that run and
// one with theirs. What both added stands where theirs has it.
func order(base, mine, theirs []*triple) (ours, others []*triple) {
	b, x, y := kept(base), kept(mine), kept(theirs)
	from := 0
	for _, to := range ends(b, x, y) {
		was, first, second := b[from:to], x[from:to], y[from:to]
		from = to
		switch {
		case slices.Equal(first, was):
			first = second
		case slices.Equal(second, was):
			second = first
		}
		ours, others = append(ours, first...), append(others, second...)
	}
	have, inMine := set(b), set(mine)
	inTheirs := set(theirs)
	way := func(list []*triple) []*triple {
		list = insert(list, shared(theirs), have)
		return insert(insert(list, theirs, inMine), mine, inTheirs)
	}
	return way(ours), way(others)
}

// shared are the parts that both sides have.
func shared(list []*triple) []*triple {
	var out []*triple
	for _, t := range list {
		if !alone(t) {
			out = append(out, t)
		}
	}
	return out
}

// kept are the parts that all three have.
func kept(list []*triple) []*triple {
	var out []*triple
	for _, t := range shared(list) {
		if t.base != nil {
			out = append(out, t)
		}
	}
	return out
}

func set(list []*triple) map[*triple]bool {
	in := map[*triple]bool{}
	for _, t := range list {
		in[t] = true
	}
	return in
}

// ends divides orders of the same parts into the shortest runs that hold the same
// parts in each of them, and gives where these end.
func ends(orders ...[]*triple) []int {
	var list []int
	met := map[*triple]int{} // by some of the orders, not yet by all
	for i := range orders[0] {
		for _, order := range orders {
			if met[order[i]]++; met[order[i]] == len(orders) {
				delete(met, order[i])
			}
		}
		if len(met) == 0 {
			list = append(list, i+1)
		}
	}
	return list
}

// insert puts what only one list has into the result, behind what that list
// has before it, and behind what the other side has put there.
func insert(result, list []*triple, inOther map[*triple]bool) []*triple {
	result = slices.Clone(result)
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

// reordered writes parts that the two sides have in different orders. Either
// choice has all that both sides wrote into them; only what collides is there as
// the one side has it.
func (m *merger) reordered(base, ours, others []*triple) {
	parts := map[*triple][]part{}
	for _, t := range ours {
		sub := &merger{ctx: m.ctx, ending: m.ending}
		sub.node(t)
		if m.err = sub.err; m.err != nil {
			return
		}
		parts[t] = sub.out.parts
	}
	way := func(list []*triple, side func(part) []line) []line {
		o := &output{}
		for _, t := range list {
			for _, p := range parts[t] {
				p.text, p.kind = side(p), ""
				o.parts = append(o.parts, p)
			}
		}
		text, _ := body(split(string(o.result(m.ending).Text)))
		return text
	}
	of := func(collided func(part) []line) func(part) []line {
		return func(p part) []line {
			if p.kind == Collision {
				return collided(p)
			}
			return p.text
		}
	}
	x := way(ours, of(func(p part) []line { return p.mine }))
	y := way(others, of(func(p part) []line { return p.theirs }))
	var b, bTail, xTail, yTail []line
	in := set(ours)
	for _, t := range base {
		if in[t] {
			b = append(b, t.base.whole()...)
		}
	}
	b, bTail = body(b)
	last := func(list []*triple, of func(*triple) *node) (tail []line) {
		for _, t := range slices.Backward(list) {
			if n := of(t); n != nil {
				_, tail = body(n.whole())
				return tail
			}
		}
		return nil
	}
	xTail = last(ours, func(t *triple) *node { return t.mine })
	yTail = last(others, func(t *triple) *node { return t.theirs })
	at := ours[0].any().at
	at.where = at.where[:max(0, len(at.where)-1)]
	if ours[0].apart() || others[0].apart() {
		m.out.part()
	}
	m.out.add(part{kind: Collision, order: true, at: at, text: x, base: b, mine: x, theirs: y})
	m.out.take(tail(bTail, xTail, yTail), bTail, xTail, yTail)
}
