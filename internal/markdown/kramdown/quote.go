package kramdown

import "strings"

// Block quotes.
//
// Rule: a line that begins with > and all lines after it until what ends a
// lazy line; up to three spaces, the > and one space are taken off each.

// parseQuote reads a block quote.
func (p *parser) parseQuote() {
	s, start := p.src.s, p.src.pos
	end := nextLine(s, start)
	if end < 0 {
		end = len(s)
	}
	for !p.lazyEnd(end) {
		next := nextLine(s, end)
		if next < 0 {
			break
		}
		end = next
	}
	var b strings.Builder
	b.Grow(end - start)
	for i := start; i < end; {
		next := nextLine(s, i)
		if next < 0 || next > end {
			next = end
		}
		if j := skipIndent(s, i, 3); at(s, j) == '>' {
			i = j + 1
			if at(s, i) == ' ' {
				i++
			}
		}
		b.WriteString(s[i:next])
		i = next
	}
	e := p.block(kindQuote)
	p.tree.add(e)
	line := p.src.lineNumber()
	p.src.pos = end
	p.parseBlocks(e, newScanner(b.String(), line))
}
