package kramdown

// Paragraphs.
//
// Rule: a paragraph begins with any line that is nothing else and goes on
// until what ends a lazy line, a list item, a heading, a definition, a quote
// or a code fence. Where such a line turns out to be none of these (a fence
// that is never closed), it joins the paragraph again. A thematic break or a
// table never ends a paragraph. Without the quirk paragraph_end only what ends a
// lazy line, or a definition, does.

// parseParagraph reads a paragraph, or more lines of the one before.
func (p *parser) parseParagraph() result {
	s, start := p.src.s, p.src.pos
	if first := at(s, skipIndent(s, start, 3)); first == ' ' || first == '\t' || first == 0 && start >= len(s) {
		return no
	}
	end := nextLine(s, start)
	if end < 0 {
		return no
	}
	for !p.paragraphEnd(end) {
		next := nextLine(s, end)
		if next < 0 {
			break
		}
		end = next
	}
	p.src.pos = end
	text := trimRight(s[start:end])
	if last := p.tree.last(); last != nil && last.kind == kindParagraph {
		if inner := last.last(); inner != nil && inner.kind == p.textKind {
			joiner := start - 1
			if start >= 3 && s[start-3:start] == "  \n" {
				joiner = start - 3
			}
			if joiner >= 0 && s[start-1] == '\n' {
				inner.extend(s[joiner:start], p.src, joiner)
			} else {
				inner.extend("\n", nil, 0)
			}
			inner.extend(text, p.src, start)
		} else {
			p.addPiece(last, text, p.src, start)
		}
		return yes
	}
	e := p.block(kindParagraph)
	trimmed := trimLeft(text)
	p.addPiece(e, trimmed, p.src, start+len(text)-len(trimmed))
	p.tree.add(e)
	return yes
}

// paragraphEnd tells whether the line at i does not belong to a paragraph.
func (p *parser) paragraphEnd(i int) bool {
	s := p.src.s
	if p.lazyEnd(i) {
		return true
	}
	j := skipIndent(s, i, 3)
	if !p.options.paragraphEnd {
		return at(s, j) == ':' && isMarkerTail(s, j+1)
	}
	switch at(s, j) {
	case '#':
		return i == j && headingLevel(s, i) > 0
	case '>':
		return true
	case '`', '~':
		return fenceLength(s, j) >= 3
	case ':':
		return isMarkerTail(s, j+1)
	case '*', '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return listMarker(s, i, 3) > 0
	}
	return false
}
