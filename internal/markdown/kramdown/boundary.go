package kramdown

// Blank lines, the end-of-block marker, and what ends a lazy line.
//
// Rule: white space up to the last line break in it is one blank. A line
// with nothing but ^ ends a block. A paragraph, quote or list item goes on
// over lines that are not indented, until a blank line, an attribute list, a
// ^ or a line that begins with a block HTML tag.

// blankEnd returns the end of the blank lines at i, or -1.
func blankEnd(s string, i int) int {
	end := -1
	for i < len(s) && isSpace(s[i]) {
		if s[i] == '\n' {
			end = i + 1
		}
		i++
	}
	return end
}

// parseBlank reads blank lines.
func (p *parser) parseBlank() bool {
	end := blankEnd(p.src.s, p.src.pos)
	if end < 0 {
		return false
	}
	one := end == p.src.pos+1
	p.src.pos = end
	if last := p.tree.last(); last != nil && last.kind == kindBlank {
		last.value = "\n\n" // more than one line; how many does not matter
		return true
	}
	b := p.block(kindBlank)
	b.value = "\n\n"
	if one {
		b.value = "\n"
	}
	p.tree.add(b)
	return true
}

// endOfBlockMarker returns the end of a ^ line at i, or -1.
func endOfBlockMarker(s string, i int) int {
	if at(s, i) != '^' {
		return -1
	}
	return restBlank(s, i+1)
}

// atEnd tells whether nothing but a last line break follows.
func atEnd(s string, i int) bool {
	return i >= len(s) || i == len(s)-1 && s[i] == '\n'
}

// afterBoundary tells whether the block that starts here follows a blank
// line or something that ends blocks.
func (p *parser) afterBoundary() bool {
	last := p.tree.last()
	return last == nil || last.kind == kindBlank || last.kind == kindEnd && last.end == endMarker || p.ial != nil
}

// beforeBoundary tells whether a block can end here.
func (p *parser) beforeBoundary() bool {
	s, i := p.src.s, p.src.pos
	if atEnd(s, i) || blankEnd(s, i) >= 0 || endOfBlockMarker(s, i) >= 0 {
		return true
	}
	_, _, ok := p.blockAttributes(i)
	return ok
}

// lazyEnd tells whether the line at i ends what goes on lazily.
func (p *parser) lazyEnd(i int) bool {
	s := p.src.s
	if i >= len(s) {
		return true
	}
	switch c := s[i]; {
	case c == '^':
		return endOfBlockMarker(s, i) >= 0
	case c > '<' && c != '{' || c >= '0' && c <= '9':
		return false
	case isSpace(c) && blankEnd(s, i) >= 0:
		return true
	}
	return p.lazyTag(i, 3)
}

// lazyTag tells whether an attribute list or a tag of block HTML stands at i
// behind no more than most spaces.
func (p *parser) lazyTag(i, most int) bool {
	s := p.src.s
	j := skipIndent(s, i, most)
	switch at(s, j) {
	case '{':
		_, _, ok := p.attributesAt(j)
		return ok
	case '<':
		return isBlockTag(s, j)
	}
	return false
}

// isBlockTag tells whether an HTML tag starts at i that is not one of a
// span element.
func isBlockTag(s string, i int) bool {
	i++
	closing := at(s, i) == '/'
	if closing {
		i++
	}
	end := htmlName(s, i)
	if end < 0 {
		return false
	}
	word := i
	for word < len(s) {
		r, n := runeAt(s, word)
		if !isWordRune(r) {
			break
		}
		word += n
	}
	if name := s[i:word]; spanElements[name] || name == "script" {
		return false
	}
	if closing {
		end = skipSpace(s, end)
		return at(s, end) == '>'
	}
	return true
}
