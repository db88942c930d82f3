package kramdown

// Strikethrough.
//
// Rule: text between two ~~, with no white space next to them on the inside,
// is deleted. What is inside is parsed as if nothing stood around it.

// parseStrikethrough reads struck text.
func (p *parser) parseStrikethrough() bool {
	s, i := p.src.s, p.src.pos
	if c := at(s, i+2); at(s, i+1) != '~' || i+2 >= len(s) || isSpace(c) || c == '~' {
		return false
	}
	if p.spanDepth > maxDepth || p.src.noStrike > 0 && i >= p.src.noStrike-1 {
		return false
	}
	for j := i + 3; ; {
		j = p.src.index("~~", j)
		if j < 0 {
			p.src.noStrike = i + 1
			return false
		}
		if c := s[j-1]; !isSpace(c) && c != '~' {
			e := p.element(kindHTML)
			e.value, e.inline = "del", true
			p.tree.add(e)
			depth := p.spanDepth
			p.parseText(e, s[i+2:j])
			p.spanDepth = depth
			p.src.pos = j + 2
			return true
		}
		j++
	}
}
