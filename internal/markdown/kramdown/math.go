package kramdown

import "strings"

// Math.
//
// Rule: $$...$$ is math, a block when blank lines stand before and after it,
// else a span; it is written for MathJax, \[...\] and \(...\). A backslash
// before the dollars makes a paragraph of them.

// parseBlockMath reads a math block.
func (p *parser) parseBlockMath() bool {
	s, start := p.src.s, p.src.pos
	i := skipIndent(s, start, 3)
	escaped := at(s, i) == '\\'
	open := i
	if escaped {
		open++
	}
	if !strings.HasPrefix(s[min(open, len(s)):], "$$") {
		return false
	}
	end := p.src.index("$$", open+2)
	if end < 0 || !p.afterBoundary() {
		return false
	}
	after := restBlank(s, end+2)
	if escaped {
		if after >= 0 {
			p.src.pos = open
		}
		return false
	}
	p.src.pos = end + 2
	if after >= 0 {
		p.src.pos = after
	}
	if !p.beforeBoundary() {
		p.src.pos = start
		return false
	}
	e := p.block(kindMath)
	e.value = trim(s[open+2 : end])
	p.tree.add(e)
	return true
}

// parseMath reads math in text.
func (p *parser) parseMath() bool {
	s, i := p.src.s, p.src.pos
	if at(s, i+1) != '$' {
		return false
	}
	end := p.src.index("$$", i+2)
	if end < 0 {
		return false
	}
	e := p.element(kindMath)
	e.value, e.inline = trim(s[i+2:end]), true
	p.tree.add(e)
	p.src.pos = end + 2
	return true
}
