package kramdown

// Emphasis.
//
// Rule: * or _ once for emphasis, twice for strong emphasis, before anything
// but white space, and closed by the same that does not follow white space.
// _ works neither inside a word nor before its last letter. Neither nests in
// itself. Two that find no partner are tried as one: **x* is *x emphasised.

// emphasisStop ends an emphasis.
type emphasisStop struct {
	element *element
	char    byte
	width   int
	// opened are the delimiters passed at the top of the element, which
	// could open nothing inside it; they fail when this one does.
	opened []attempt
}

func (e *emphasisStop) stops(p *parser, i int) bool {
	s := p.src.s
	if s[i] != e.char || e.width == 2 && at(s, i+1) != e.char {
		return false
	}
	if i > 0 && isSpace(s[i-1]) || len(e.element.children) == 0 {
		return false
	}
	if e.width == 1 && at(s, i+1) == e.char && at(s, i+2) != e.char {
		return false
	}
	if e.char == '_' {
		if r, n := runeAt(s, i+e.width); n > 0 && isLetterOrDigit(r) {
			return false
		}
	}
	return true
}

// parseEmphasis reads an emphasis, or its delimiter as text.
func (p *parser) parseEmphasis() {
	s, i := p.src.s, p.src.pos
	char, width, k := s[i], 1, kindEmphasis
	if at(s, i+1) == char {
		width, k = 2, kindStrong
	}
	asText := func() {
		p.src.pos = i + width
		p.addRange(i, i+width)
	}
	if char == '_' && afterLetter(s, i) || isSpace(at(s, i+width)) {
		asText()
		return
	}
	if k == kindEmphasis && p.ems > 0 || k == kindStrong && p.strongs > 0 {
		p.passed(i, char, width)
		asText()
		return
	}
	if p.spanDepth > maxDepth {
		asText()
		return
	}
	inEmphasis := p.tree.kind == kindEmphasis
	if p.tryEmphasis(i, char, width, k) {
		return
	}
	if k == kindStrong && !inEmphasis {
		if p.tryEmphasis(i, char, 1, kindEmphasis) {
			return
		}
	} else if k == kindStrong && at(s, i+2) != char {
		p.passed(i, char, width)
	}
	asText()
}

// passed notes a delimiter that opens nothing where it is, for the emphasis
// around it.
func (p *parser) passed(i int, char byte, width int) {
	e := p.emphasis
	if e == nil || e.element != p.tree || e.char != char {
		return
	}
	switch {
	case e.width == width:
		e.opened = append(e.opened, attempt{at: i})
	case e.width == 1 && width == 2:
		e.opened = append(e.opened, attempt{at: i, kind: kindEmphasis})
	}
}

// tryEmphasis reads an emphasis of one width at i.
func (p *parser) tryEmphasis(i int, char byte, width int, k kind) bool {
	a := p.attempt(i, k)
	if p.hasFailed(a) {
		return false
	}
	p.src.pos = i + width
	e := p.element(k)
	stop := &emphasisStop{element: e, char: char, width: width}
	around := p.emphasis
	p.emphasis = stop
	found := p.parseSpans(e, stop, allSpans)
	p.emphasis = around
	if !found {
		p.fail(a)
		for _, o := range stop.opened {
			other := a
			other.at = o.at
			p.fail(other)
		}
		p.src.pos = i
		return false
	}
	p.src.pos += width
	p.tree.add(e)
	return true
}

// afterLetter tells whether a letter, or a letter and a hyphen, stand before i.
func afterLetter(s string, i int) bool {
	r, n := runeBefore(s, i)
	if n == 0 {
		return false
	}
	if r == '-' {
		r, n = runeBefore(s, i-n)
	}
	return n > 0 && isLetter(r)
}
