package kramdown

import (
	"strconv"
	"strings"
)

// Link definitions.
//
// Rule: [id]: address "title" on a line of its own, which may directly
// follow a paragraph's block end but not interrupt one; the address is all
// up to the title or the end of the line, spaces included, and the id all up
// to the first ] before a colon, so that "[1: [K]: x](url)" disappears. The
// title may stand on the next line. Case and white space of ids do not
// matter; of two definitions the last one counts.

type linkDefinition struct {
	address, title string
	titled         bool
	mark           *element
}

// parseLinkDefinition reads a link definition.
func (p *parser) parseLinkDefinition() bool {
	s := p.src.s
	i := skipIndent(s, p.src.pos, 3)
	close := i + 1
	for close < len(s) && s[close] != ']' && s[close] != '\n' {
		close++
	}
	if close == i+1 || at(s, close) != ']' || at(s, close+1) != ':' {
		return false
	}
	from := skipBlanks(s, close+2)
	lineEnd := nextLine(s, from) - 1
	if lineEnd < 0 || from >= lineEnd {
		return false
	}
	d, end := angledAddress(s, from, lineEnd)
	if end < 0 {
		if d, end = plainAddress(s, from, lineEnd); end < 0 {
			return false
		}
		if quoteAfterBlank(d.address) {
			return false
		}
	}
	p.src.pos = end
	d.mark = p.block(kindEnd)
	d.mark.end = endLinkDefinition
	p.tree.add(d.mark)
	if p.links == nil {
		p.links = map[string]*linkDefinition{}
	}
	id := normalizeID(s[i+1 : close])
	p.links[id] = &d
	p.define(d.mark, "["+id, d.address, d.title, strconv.FormatBool(d.titled))
	p.longestID = max(p.longestID, len(id))
	return true
}

// quoteAfterBlank tells whether an address looks like one with a broken title.
func quoteAfterBlank(s string) bool {
	for i := 1; i < len(s); i++ {
		if (s[i] == '"' || s[i] == '\'') && (s[i-1] == ' ' || s[i-1] == '\t') {
			return true
		}
	}
	return false
}

func angledAddress(s string, from, lineEnd int) (d linkDefinition, end int) {
	if s[from] != '<' {
		return d, -1
	}
	for i := from + 1; i < lineEnd; i++ {
		if s[i] != '>' {
			continue
		}
		if d, end = definitionTail(s, i+1); end >= 0 {
			d.address = s[from+1 : i]
			return d, end
		}
	}
	return d, -1
}

func plainAddress(s string, from, lineEnd int) (d linkDefinition, end int) {
	for i := from + 1; i <= lineEnd; i++ {
		if i < lineEnd && s[i] != ' ' && s[i] != '\t' {
			continue
		}
		if d, end = definitionTail(s, i); end >= 0 {
			d.address = s[from:i]
			return d, end
		}
	}
	return d, -1
}

// definitionTail reads an optional title and the end of the line at i.
func definitionTail(s string, i int) (d linkDefinition, end int) {
	j := skipBlanks(s, i)
	quote := -1
	switch {
	case at(s, j) == '\n':
		quote = skipBlanks(s, j+1)
	case j > i:
		quote = j
	}
	if q := at(s, quote); q == '"' || q == '\'' {
		for k := quote + 2; k < len(s) && s[k] != '\n' && s[quote+1] != '\n'; k++ {
			if s[k] != q {
				continue
			}
			if e := skipBlanks(s, k+1); at(s, e) == '\n' {
				return linkDefinition{title: s[quote+1 : k], titled: true}, e + 1
			}
		}
	}
	if at(s, j) == '\n' {
		return d, j + 1
	}
	return d, -1
}

// normalizeID makes ids that mean the same link the same.
func normalizeID(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' || isSpace(c) && (c != ' ' || at(s, i+1) == ' ') {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if !isSpace(s[i]) {
			b.WriteByte(s[i])
			continue
		}
		b.WriteByte(' ')
		for i+1 < len(s) && isSpace(s[i+1]) {
			i++
		}
	}
	return strings.ToLower(b.String())
}
