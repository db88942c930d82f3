package kramdown

import "strings"

// Code spans.
//
// Rule: code ends at the next run that contains as many backticks as opened
// it, even where that is part of a longer one. A single backtick between
// white space opens nothing. Code in more than one backtick loses one space
// at either end; white space in it stays otherwise.

// parseCode reads a code span, or its delimiter as text.
func (p *parser) parseCode() {
	s, i := p.src.s, p.src.pos
	n := 1
	for at(s, i+n) == '`' {
		n++
	}
	from := i + n
	if n == 1 && (i == 0 || isSpace(s[i-1])) && isSpace(at(s, from)) {
		p.addRange(i, from)
		p.src.pos = from
		return
	}
	end := -1
	if p.src.noRun == 0 || n < p.src.noRun || from < p.src.noRunFrom {
		if n == 1 {
			end = p.src.index("`", from)
		} else {
			end = strings.Index(s[from:], s[i:from])
			if end >= 0 {
				end += from
			}
		}
		if end < 0 {
			p.src.noRun, p.src.noRunFrom = n, from
		}
	}
	if end < 0 {
		p.addRange(i, from)
		p.src.pos = from
		return
	}
	text := s[from:end]
	if n > 1 {
		text = strings.TrimPrefix(text, " ")
		text = strings.TrimSuffix(text, " ")
	}
	e := p.element(kindCode)
	e.value = text
	p.tree.add(e)
	p.src.pos = end + n
}
