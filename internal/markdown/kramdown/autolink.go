package kramdown

import "strings"

// Automatic links.
//
// Rule: <https://...>, <http://...>, <ftp://...>, <ftps://...> and
// <mailto:...>, or a mail address in angle brackets. An address without them
// stays text.

// parseAutolink reads a link in angle brackets.
func (p *parser) parseAutolink() bool {
	s, i := p.src.s, p.src.pos
	inner := s[i+1:]
	for _, scheme := range []string{"mailto:", "https:", "http:", "ftps:", "ftp:"} {
		if !strings.HasPrefix(inner, scheme) {
			continue
		}
		from := i + 1 + len(scheme)
		_, n := runeAt(s, from)
		end := p.src.index(">", from+n)
		if end < 0 || strings.IndexByte(s[from:end], '\n') >= 0 {
			break
		}
		p.addAutolink(s[i+1:end], s[i+1:end], end+1)
		return true
	}
	j := i + 1
	mail := func() {
		for j < len(s) {
			r, n := runeAt(s, j)
			if r != '-' && r != '_' && r != '.' && !isLetterOrDigit(r) {
				break
			}
			j += n
		}
	}
	mail()
	if j == i+1 || at(s, j) != '@' {
		return false
	}
	j++
	host := j
	mail()
	if j == host || at(s, j) != '>' {
		return false
	}
	p.addAutolink("mailto:"+s[i+1:j], s[i+1:j], j+1)
	return true
}

func (p *parser) addAutolink(href, text string, end int) {
	e := p.element(kindLink)
	e.attr.set("href", href)
	p.addText(e, strings.TrimPrefix(text, "mailto:"))
	p.tree.add(e)
	p.src.pos = end
}
