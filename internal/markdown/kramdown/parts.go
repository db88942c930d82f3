package kramdown

import (
	"slices"
)

// part is a stretch of a text between two places where Live can begin to
// parse: a line behind a blank one with no attribute list waiting. It holds
// blocks, none if there are but definitions in it. All positions in it count
// from its beginning, so that what stands before it may change.
type part struct {
	length int // bytes of the text
	reach  int // bytes from its beginning that decide what it is; may be endless
	far    bool
	work   int // spent on its spans
	filled int // cells that its tables' rows lacked
	blocks []Block
	// headings, languages and what follows are in the order of the output.
	headings  []Heading
	languages []string
	ids       []idUse
	refs      []noteRef
	defines   []string // what definitions in it say
	toc       []string // its headings as a table of contents shows them
	// placeholder and olderIDs are true where a list is replaced by contents
	// or notes, and where headings have ids by the older rule.
	placeholder, olderIDs bool
}

// idUse is how often headings of a part ask for an id, and how many before
// it did.
type idUse struct {
	base         string
	first, count int
}

// page is a stretch of parts with its sums.
type page struct {
	parts                      []*part
	length, blocks, unbalanced int
	far                        int // parts that looked far ahead
}

// pageSize is how many parts a page is made with.
const pageSize = 64

func newPage(parts []*part) *page {
	p := &page{parts: parts}
	for _, s := range parts {
		p.length += s.length
		p.blocks += len(s.blocks)
		if s.far {
			p.far++
		}
		for i := range s.blocks {
			if !s.blocks[i].Balanced {
				p.unbalanced++
			}
		}
	}
	return p
}

// partList is all parts of a text, in order, on pages, so that a place is
// found and a part replaced without going through all of them.
type partList struct {
	pages                      []*page
	length, blocks, unbalanced int
}

// cursor is a place before a part, or the end.
type cursor struct {
	page, index int
	at, block   int // bytes and blocks before it
}

func (l *partList) end(c cursor) bool { return c.page >= len(l.pages) }

func (l *partList) part(c cursor) *part { return l.pages[c.page].parts[c.index] }

func (l *partList) next(c cursor) cursor {
	s := l.part(c)
	c.at += s.length
	c.block += len(s.blocks)
	if c.index++; c.index == len(l.pages[c.page].parts) {
		c.page, c.index = c.page+1, 0
	}
	return c
}

func (l *partList) previous(c cursor) (cursor, bool) {
	if c.index == 0 {
		if c.page == 0 {
			return c, false
		}
		c.page--
		c.index = len(l.pages[c.page].parts)
	}
	c.index--
	s := l.part(c)
	c.at -= s.length
	c.block -= len(s.blocks)
	return c, true
}

// find gives the part that a byte is in; the last one for the text's end.
func (l *partList) find(offset int) cursor {
	var c cursor
	for c.page < len(l.pages)-1 && c.at+l.pages[c.page].length <= offset {
		c.at += l.pages[c.page].length
		c.block += l.pages[c.page].blocks
		c.page++
	}
	return l.within(c, func(c cursor, s *part) bool { return c.at+s.length > offset })
}

// findBlock gives the part that a block is in.
func (l *partList) findBlock(n int) cursor {
	var c cursor
	for c.page < len(l.pages)-1 && c.block+l.pages[c.page].blocks <= n {
		c.at += l.pages[c.page].length
		c.block += l.pages[c.page].blocks
		c.page++
	}
	return l.within(c, func(c cursor, s *part) bool { return c.block+len(s.blocks) > n })
}

func (l *partList) within(c cursor, here func(cursor, *part) bool) cursor {
	all := l.pages[c.page].parts
	for c.index < len(all)-1 && !here(c, all[c.index]) {
		c.at += all[c.index].length
		c.block += len(all[c.index].blocks)
		c.index++
	}
	return c
}

// between are the parts from one place to another.
func (l *partList) between(from, to cursor) []*part {
	if from.page == to.page {
		return l.pages[from.page].parts[from.index:to.index]
	}
	out := slices.Clone(l.pages[from.page].parts[from.index:])
	for n := from.page + 1; n < to.page; n++ {
		out = append(out, l.pages[n].parts...)
	}
	if to.index > 0 {
		out = append(out, l.pages[to.page].parts[:to.index]...)
	}
	return out
}

// replace puts parts in the place of those between two places.
func (l *partList) replace(from, to cursor, with []*part) {
	last := to.page // the last page that is touched
	var tail []*part
	if to.index > 0 {
		tail = l.pages[to.page].parts[to.index:]
	} else {
		last--
	}
	var head []*part
	if from.page < len(l.pages) {
		head = l.pages[from.page].parts[:from.index]
		last = max(last, from.page)
		if to.page == from.page {
			tail = l.pages[from.page].parts[to.index:]
		}
	}
	all := make([]*part, 0, len(head)+len(with)+len(tail))
	all = append(append(append(all, head...), with...), tail...)
	if len(all) < pageSize/4 && last+1 < len(l.pages) {
		last++
		all = append(all, l.pages[last].parts...)
	}
	for _, p := range l.pages[from.page : last+1] {
		l.length -= p.length
		l.blocks -= p.blocks
		l.unbalanced -= p.unbalanced
	}
	var space [4]*page
	made := space[:0]
	for len(all) > 0 {
		n := len(all)
		if n > 2*pageSize {
			n = pageSize
		}
		made = append(made, newPage(all[:n:n]))
		all = all[n:]
	}
	for _, p := range made {
		l.length += p.length
		l.blocks += p.blocks
		l.unbalanced += p.unbalanced
	}
	l.pages = slices.Replace(l.pages, from.page, last+1, made...)
}

// all goes through the parts.
func (l *partList) all(yield func(cursor, *part) bool) {
	var c cursor
	for !l.end(c) {
		if !yield(c, l.part(c)) {
			return
		}
		c = l.next(c)
	}
}

func blocksOf(parts []*part) []Block {
	if len(parts) == 1 {
		return parts[0].blocks
	}
	var out []Block
	for _, s := range parts {
		out = append(out, s.blocks...)
	}
	return out
}
