package markdown

import "slices"

// partList is all parts of a body, in order, on pages, so that a place is found
// and a part replaced without going through all of them.
type partList struct {
	pages []*page
	sum   sum
}

// page is a stretch of parts with its sums.
type page struct {
	parts []*part
	sum   sum
}

// sum counts what is in parts.
type sum struct{ bytes, blocks, unbalanced, cells int }

func (s sum) plus(o sum) sum {
	return sum{s.bytes + o.bytes, s.blocks + o.blocks, s.unbalanced + o.unbalanced, s.cells + o.cells}
}

func (p *part) sum() sum { return sum{p.length, len(p.blocks), p.unbalanced, p.cells} }

// pageSize is how many parts a page is made with; it grows to twice that.
const pageSize = 64

// cursor is a place before a part, or the end.
type cursor struct {
	page, index int
	before      sum
}

func (l *partList) end(c cursor) bool { return c.page >= len(l.pages) }

func (l *partList) part(c cursor) *part { return l.pages[c.page].parts[c.index] }

func (l *partList) next(c cursor) cursor {
	c.before = c.before.plus(l.part(c).sum())
	if c.index++; c.index == len(l.pages[c.page].parts) {
		c.page, c.index = c.page+1, 0
	}
	return c
}

// findByte gives the part that a byte is in; the end for one behind all.
func (l *partList) findByte(offset int) cursor {
	return l.find(func(before sum) bool { return before.bytes <= offset })
}

// findBlock gives the part that a block is in.
func (l *partList) findBlock(n int) cursor {
	return l.find(func(before sum) bool { return before.blocks <= n })
}

// find goes on as long as what has been passed is not too much.
func (l *partList) find(passes func(before sum) bool) cursor {
	var c cursor
	for ; !l.end(c); c.page++ {
		if behind := c.before.plus(l.pages[c.page].sum); passes(behind) {
			c.before = behind
			continue
		}
		for passes(c.before.plus(l.part(c).sum())) {
			c = l.next(c)
		}
		break
	}
	return c
}

// between are the parts from one place to another.
func (l *partList) between(from, to cursor) []*part {
	if from.page == to.page {
		if l.end(from) {
			return nil
		}
		return l.pages[from.page].parts[from.index:to.index]
	}
	out := slices.Clone(l.pages[from.page].parts[from.index:])
	for _, p := range l.pages[from.page+1 : to.page] {
		out = append(out, p.parts...)
	}
	if !l.end(to) {
		out = append(out, l.pages[to.page].parts[:to.index]...)
	}
	return out
}

// replace puts parts in the place of those between two places. The pages that
// it touches are made anew, together with a neighbour where they became small.
func (l *partList) replace(from, to cursor, with []*part) {
	first, behind := from.page, to.page
	var all []*part
	if !l.end(from) {
		all = append(all, l.pages[first].parts[:from.index]...)
	}
	all = append(all, with...)
	if !l.end(to) {
		all = append(all, l.pages[to.page].parts[to.index:]...)
		behind++
	}
	if len(all) < pageSize/4 && behind < len(l.pages) {
		all = append(all, l.pages[behind].parts...)
		behind++
	}
	var made []*page
	for len(all) > 0 {
		n := len(all)
		if n > 2*pageSize {
			n = pageSize
		}
		p := &page{parts: all[:n:n]}
		for _, one := range p.parts {
			p.sum = p.sum.plus(one.sum())
		}
		made, all = append(made, p), all[n:]
	}
	l.pages = slices.Replace(l.pages, first, behind, made...)
	l.sum = sum{}
	for _, p := range l.pages {
		l.sum = l.sum.plus(p.sum)
	}
}

// all goes through the parts.
func (l *partList) all(yield func(cursor, *part) bool) {
	for c := (cursor{}); !l.end(c); c = l.next(c) {
		if !yield(c, l.part(c)) {
			return
		}
	}
}
