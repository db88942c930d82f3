package kramdown

import "strings"

// Line breaks and escapes.
//
// Rule: two spaces or two backslashes at the end of a line break it; so does
// one backslash, except inside HTML elements. A backslash before one of
// \ . * _ + ` < > ( ) [ ] { } # ! : | " ' $ = - ~ makes it text.

// parseLineBreak reads two spaces or backslashes before a line break.
func (p *parser) parseLineBreak() bool {
	s := p.src.s[p.src.pos:]
	if p.options.hardWrap {
		return false
	}
	if !strings.HasPrefix(s, "  \n") && !strings.HasPrefix(s, "\\\\\n") {
		return false
	}
	p.tree.add(p.element(kindBreak))
	p.src.pos += 2
	return true
}

// parseEscape reads an escaped character.
func (p *parser) parseEscape() bool {
	s, i := p.src.s, p.src.pos
	if s[i] != '\\' || i+1 >= len(s) || s[i+1] == '~' && p.options.input != inputGFM || strings.IndexByte("\\.*_+`<>()[]{}#!:|\"'$=-~", s[i+1]) < 0 {
		return false
	}
	p.addRange(i+1, i+2)
	p.src.pos = i + 2
	return true
}

// breakLines splits the texts of e at a backslash before a line break, or at each
// line break where those of the text count.
func (p *parser) breakLines(e *element) {
	end := "\\\n"
	if p.options.hardWrap {
		end = "\n"
	}
	var out []*element
	for i, c := range e.children {
		if c.kind != kindText || !strings.Contains(c.text(), end) {
			if out != nil {
				out = append(out, c)
			}
			continue
		}
		if out == nil {
			out = append(out, e.children[:i]...)
		}
		lines := strings.Split(c.text(), end)
		last := len(lines) - 1
		omit := lines[last] == "" && e.isBlock() && i == len(e.children)-1
		for n, line := range lines {
			if n > 0 {
				line = "\n" + line
			}
			t := p.element(kindText)
			t.value = line
			out = append(out, t)
			if n < last-1 || n == last-1 && !omit {
				out = append(out, p.element(kindBreak))
			}
		}
	}
	if out != nil {
		e.children = out
	}
}
