package merge

// nodes merges lists of nodes that stand side by side.
func (m *merger) nodes(base, mine, theirs []*node) {
	was, ours, others := m.triples(base, mine, theirs)
	if m.err != nil {
		return
	}
	from := 0
	for _, to := range ends(ours, others) {
		run := ours[from:to]
		// The order of keys says nothing: nobody is asked about it.
		if len(run) > 1 && !run[0].any().at.matter {
			m.reordered(was, run, others[from:to])
		} else {
			for _, t := range run {
				m.node(t)
			}
		}
		from = to
		if m.err != nil {
			return
		}
	}
}

// triples finds the parts of the result, in base's order and in the one or two
// that they can have; see order.
func (m *merger) triples(base, mine, theirs []*node) (was, ours, others []*triple) {
	toMine, toTheirs := m.pair(base, mine), m.pair(base, theirs)
	of := map[*node]*triple{}
	var fromBase []*triple
	for _, b := range base {
		t := &triple{b, toMine[b], toTheirs[b]}
		of[b] = t
		fromBase = append(fromBase, t)
		if t.mine != nil {
			of[t.mine] = t
		}
		if t.theirs != nil {
			of[t.theirs] = t
		}
	}
	added := map[string]*triple{}
	var fromMine, fromTheirs []*triple
	for _, n := range mine {
		if of[n] == nil {
			of[n] = &triple{mine: n}
			added[n.key] = of[n]
		}
	}
	for _, n := range theirs {
		if of[n] == nil {
			if t := added[n.key]; t != nil {
				t.theirs = n
				of[n] = t
			} else {
				of[n] = &triple{theirs: n}
			}
		}
	}
	for _, n := range mine {
		fromMine = append(fromMine, of[n])
	}
	for _, n := range theirs {
		fromTheirs = append(fromTheirs, of[n])
	}
	ours, others = order(fromBase, fromMine, fromTheirs)
	return fromBase, ours, others
}

// apart tells whether there is a blank line above the part in the texts that
// have it.
func (t *triple) apart() bool {
	return (t.mine == nil || t.mine.apart) && (t.theirs == nil || t.theirs.apart)
}

func (t *triple) any() *node {
	for _, n := range []*node{t.mine, t.theirs, t.base} {
		if n != nil {
			return n
		}
	}
	return &node{}
}

// node merges one part.
func (m *merger) node(t *triple) {
	at := t.any().at
	whole := func(n *node) []line {
		if n == nil {
			return nil
		}
		return n.whole()
	}
	base, mine, theirs := whole(t.base), whole(t.mine), whole(t.theirs)
	// Blank lines at its end come and go with what stands below it.
	unchanged := func(n *node, side []line) bool {
		a, _ := body(base)
		b, _ := body(side)
		return n != nil && same(a, b)
	}
	mineIs, theirsIs := unchanged(t.mine, mine), unchanged(t.theirs, theirs)
	if (t.mine != nil && t.theirs != nil || t.base == nil || t.mine != nil && !mineIs) && t.apart() {
		m.out.part() // something will stand here
	}
	switch {
	case t.mine != nil && t.theirs != nil:
		m.shared(t)
	case t.base == nil && t.mine != nil:
		m.out.piece(at, Mine, mine, nil, mine, nil)
	case t.base == nil:
		m.out.piece(at, Theirs, theirs, nil, nil, theirs)
	case mineIs:
		m.out.piece(at, Theirs, nil, base, mine, nil)
	case theirsIs:
		m.out.piece(at, Mine, nil, base, nil, theirs)
	default: // one side removed what the other changed
		m.out.piece(at, Collision, mine, base, mine, theirs)
	}
}

// shared merges a part that both sides have. Where base has it not, what the
// two have in common stands in for it.
func (m *merger) shared(t *triple) {
	base := t.base
	if base == nil {
		base = &node{own: m.common(t.mine.own, t.theirs.own)}
	}
	b, bTail := body(base.own)
	mine, mineTail := body(t.mine.own)
	theirs, theirTail := body(t.theirs.own)
	m.lines(t.mine.at, b, mine, theirs)
	if m.err != nil {
		return
	}
	m.out.take(tail(bTail, mineTail, theirTail), bTail, mineTail, theirTail)
	m.nodes(base.kids, t.mine.kids, t.theirs.kids)
}

// common are the lines that two texts have in common, the same whichever of
// them is given first.
func (m *merger) common(a, b []line) []line {
	if join(a) > join(b) {
		a, b = b, a
	}
	var out []line
	for i, j := range m.match(a, b) {
		if j >= 0 {
			out = append(out, a[i])
		}
	}
	return out
}

// locate tells where the pieces of a merge by lines are.
func locate(r *Result) {
	nodes := parse(r.Text)
	for i := range r.Pieces {
		p := &r.Pieces[i]
		at := whereIs(nodes, p.Start)
		p.Matter, p.Where = at.matter, at.where
	}
}

// whereIs finds the place of a byte.
func whereIs(list []*node, offset int) place {
	var at place
	start := 0
	for _, n := range list {
		if offset < start+n.size {
			own := n.size
			for _, kid := range n.kids {
				own -= kid.size
			}
			if offset-start >= own && len(n.kids) > 0 {
				return whereIs(n.kids, offset-start-own)
			}
			return n.at
		}
		start += n.size
		at = n.at
	}
	return at
}
