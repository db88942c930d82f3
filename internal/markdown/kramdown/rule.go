package kramdown

// Thematic breaks.
//
// Rule: three or more *, - or _ of one kind, with spaces or tabs between
// them as one likes, on a line of their own that does not follow a paragraph.

// ruleEnd returns the end of a thematic break at i, or -1.
func ruleEnd(s string, i int) int {
	i = skipIndent(s, i, 3)
	c := at(s, i)
	if c != '*' && c != '-' && c != '_' {
		return -1
	}
	n := 0
	for i < len(s) {
		switch s[i] {
		case c:
			n++
		case ' ', '\t':
		case '\n':
			if n >= 3 {
				return i + 1
			}
			return -1
		default:
			return -1
		}
		i++
	}
	return -1
}

// parseRule reads a thematic break.
func (p *parser) parseRule() bool {
	end := ruleEnd(p.src.s, p.src.pos)
	if end < 0 {
		return false
	}
	p.src.pos = end
	p.tree.add(p.block(kindRule))
	return true
}
