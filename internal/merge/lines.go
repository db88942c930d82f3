package merge

import (
	"context"
	"errors"

	"galley/internal/linediff"
)

// maxEdits is how many lines that one side added and took away are looked at
// one by one. Beyond it all lines count as changed.
const maxEdits = 2000

// merger is one merge on its way.
type merger struct {
	ctx context.Context
	out output
	err error // the context's
	// ending is what ends a line that gets an end only now.
	ending string
}

// hunk is a range of base's lines and what a side has instead.
type hunk struct {
	from, to     int // in base
	first, after int // in the side
}

// match finds lines again; none when the texts are too different.
func (m *merger) match(a, b []line) []int {
	to, err := linediff.Match(m.ctx, texts(a), texts(b), maxEdits)
	if errors.Is(err, linediff.ErrTooDifferent) {
		to = make([]int, len(a))
		for i := range to {
			to[i] = -1
		}
	} else if err != nil {
		m.err = err
		return make([]int, len(a)) // not looked at any more
	}
	return to
}

// hunks are where a side differs from base.
func hunks(to []int, size int) []hunk {
	var list []hunk
	i, j := 0, 0
	for i <= len(to) {
		n := i
		for n < len(to) && to[n] < 0 {
			n++
		}
		end := size
		if n < len(to) {
			end = to[n]
		}
		if n > i || end > j {
			list = append(list, hunk{i, n, j, end})
		}
		i, j = n+1, end+1
	}
	return list
}

// lines merges three texts by their lines.
func (m *merger) lines(at place, base, mine, theirs []line) {
	toMine, toTheirs := m.match(base, mine), m.match(base, theirs)
	if m.err != nil {
		return
	}
	ours, others := hunks(toMine, len(mine)), hunks(toTheirs, len(theirs))
	i := 0 // in base
	for i < len(base) || len(ours) > 0 || len(others) > 0 {
		g := group(&ours, &others, base, mine, theirs)
		for ; i < min(g.from, len(base)); i++ {
			b, x, y := base[i], mine[toMine[i]], theirs[toTheirs[i]]
			m.out.take([]line{{b.text, ending(b.end, x.end, y.end)}}, []line{b}, []line{x}, []line{y})
		}
		if g.from > len(base) {
			return
		}
		m.group(at, g, base, mine, theirs)
		i = g.to
	}
}

// ending is what ends a line that all three have.
func ending(base, mine, theirs string) string {
	switch {
	case mine == base:
		return theirs
	case theirs == base:
		return mine
	}
	return max(mine, theirs)
}

// change is a range of base's lines with the changes of one side or both.
type change struct {
	from, to     int
	mine, theirs []hunk
}

// group takes the next change off the two lists. After the last one it begins
// behind base's end.
func group(ours, others *[]hunk, base, mine, theirs []line) change {
	g := change{from: len(base) + 1, to: len(base) + 1}
	var last hunk
	var lastMine bool
	for {
		isMine := len(*ours) > 0 && (len(*others) == 0 || before((*ours)[0], (*others)[0]))
		list, side := others, theirs
		if isMine {
			list, side = ours, mine
		}
		if len(*list) == 0 {
			return g
		}
		h := (*list)[0]
		if len(g.mine)+len(g.theirs) > 0 {
			// Hunks of one side have lines between them.
			apart := h.from > g.to || h.from == g.to && (isMine == lastMine || !touches(last, h, base, side))
			if apart {
				return g
			}
		} else {
			g.from, g.to = h.from, h.to
		}
		g.to = max(g.to, h.to)
		if isMine {
			g.mine = append(g.mine, h)
		} else {
			g.theirs = append(g.theirs, h)
		}
		last, lastMine = h, isMine
		*list = (*list)[1:]
	}
}

func before(a, b hunk) bool { return a.from < b.from || a.from == b.from && a.to <= b.to }

// touches tells whether two sides' changes without a line between them, the
// second one's first line given, are one change. They are two when the second
// begins a list item.
func touches(a, b hunk, base, side []line) bool {
	if a.from == a.to && b.from == b.to && a.from == b.from {
		return true // two insertions at one place
	}
	fresh := (b.from == b.to || base[b.from].beginsItem()) && (b.first == b.after || side[b.first].beginsItem())
	return !fresh
}

// group writes one change.
func (m *merger) group(at place, g change, base, mine, theirs []line) {
	b := base[g.from:g.to]
	switch {
	case len(g.theirs) == 0:
		h := g.mine[0]
		m.out.piece(at, Mine, mine[h.first:h.after], b, mine[h.first:h.after], b)
		return
	case len(g.mine) == 0:
		h := g.theirs[0]
		m.out.piece(at, Theirs, theirs[h.first:h.after], b, b, theirs[h.first:h.after])
		return
	}
	m.both(at, b, spanned(g, g.mine, mine), spanned(g, g.theirs, theirs))
}

// spanned are the lines that a side has where base has the change's.
func spanned(g change, list []hunk, side []line) []line {
	first, last := list[0], list[len(list)-1]
	return side[first.first-(first.from-g.from) : last.after+(g.to-last.to)]
}

// both writes a change that both sides made.
func (m *merger) both(at place, base, mine, theirs []line) {
	if same(mine, theirs) {
		m.out.take(withEnds(mine, theirs), base, mine, theirs)
		return
	}
	if holdsNothing(base) {
		switch text, ok := joined(mine, theirs); {
		case ok:
			m.out.piece(at, Joined, text, base, mine, theirs)
			return
		case holdsNothing(mine):
			m.out.piece(at, Theirs, theirs, base, mine, theirs)
			return
		case holdsNothing(theirs):
			m.out.piece(at, Mine, mine, base, mine, theirs)
			return
		}
	}
	// What both have at the beginning and the end is not in question.
	n := 0
	for n < len(mine)-1 && n < len(theirs)-1 && mine[n].text == theirs[n].text {
		n++
	}
	e := 0
	for e < len(mine)-n-1 && e < len(theirs)-n-1 && mine[len(mine)-1-e].text == theirs[len(theirs)-1-e].text {
		e++
	}
	m.out.take(withEnds(mine[:n], theirs[:n]), nil, mine[:n], theirs[:n])
	x, y := len(mine)-e, len(theirs)-e
	m.out.piece(at, Collision, mine[n:x], base, mine[n:x], theirs[n:y])
	m.out.take(withEnds(mine[x:], theirs[y:]), nil, mine[x:], theirs[y:])
}

// withEnds are lines that both sides have, each with the longer end.
func withEnds(mine, theirs []line) []line {
	list := make([]line, len(mine))
	for i := range mine {
		list[i] = line{mine[i].text, max(mine[i].end, theirs[i].end)}
	}
	return list
}
