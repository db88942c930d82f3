package kramdown

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Abbreviations.
//
// Rule: *[HTML]: Hypertext Markup Language on a line of its own; every
// HTML in text that no letter, digit or _ touches becomes an abbreviation
// with that title. Longer ones go first.

type abbreviation struct {
	text string
	mark *element
}

// parseAbbreviationDefinition reads the definition of an abbreviation.
func (p *parser) parseAbbreviationDefinition() bool {
	s := p.src.s
	i := skipIndent(s, p.src.pos, 3)
	if at(s, i+1) != '[' {
		return false
	}
	end := nextLine(s, i)
	if end < 0 {
		return false
	}
	line := s[i+2 : end-1]
	if len(line) < 2 {
		return false
	}
	_, n := runeAt(line, 0)
	close := strings.Index(line[n:], "]:")
	if close < 0 {
		return false
	}
	close += n
	name := line[:close]
	e := p.block(kindEnd)
	e.end = endAbbreviation
	p.tree.add(e)
	if p.abbreviate == nil {
		p.abbreviate = map[string]*abbreviation{}
	}
	if p.abbreviate[name] == nil {
		p.abbrOrder = append(p.abbrOrder, name)
	}
	p.abbreviate[name] = &abbreviation{trim(line[close+2:]), e}
	p.define(e, "*"+name, line[close+2:])
	p.src.pos = end
	return true
}

// abbreviationNames are the defined names by their first byte, the longest
// first, so that a place in a text is compared with few of them.
type abbreviationNames map[byte][]string

// abbreviationNames groups the names that the document defines.
func (p *parser) abbreviationNames() abbreviationNames {
	order := append([]string{}, p.abbrOrder...)
	sort.SliceStable(order, func(i, j int) bool {
		return utf8.RuneCountInString(order[i]) > utf8.RuneCountInString(order[j])
	})
	names := abbreviationNames{}
	for _, n := range order {
		names[n[0]] = append(names[n[0]], n)
	}
	return names
}

// replaceAbbreviations splits texts where they mention an abbreviation.
func (p *parser) replaceAbbreviations(e *element, names abbreviationNames) {
	if len(p.abbrOrder) == 0 {
		return
	}
	if names == nil {
		names = p.abbreviationNames()
	}
	var out []*element
	changed := false
	for _, c := range e.children {
		if c.kind != kindText || e.model == modelRaw {
			p.replaceAbbreviations(c, names)
			out = append(out, c)
			continue
		}
		parts := p.abbreviationsIn(c, names)
		changed = changed || len(parts) != 1
		out = append(out, parts...)
	}
	if changed {
		e.children = out
	}
}

// abbreviationsIn splits one text.
func (p *parser) abbreviationsIn(c *element, names abbreviationNames) []*element {
	s := c.text()
	var out []*element
	from := 0
	text := func(end int) {
		t := p.element(kindText)
		t.value = s[from:end]
		out = append(out, t)
	}
	for i := from; i <= len(s) && p.work > 0; {
		name, start := "", i
		if i == from || s[i-1] == '\n' {
			name = p.abbreviationAt(s, i, names)
		}
		if name == "" && i < len(s) && !isWord(s[i]) {
			_, n := runeAt(s, i)
			if p.abbreviationAt(s, i+n, names) != "" {
				// An abbreviation that begins with this character goes first.
				if name = p.longestAt(s, i, names); name == "" {
					start = i + n
					name = p.longestAt(s, start, names)
				}
			}
		} else if name != "" {
			name = p.longestAt(s, i, names)
		}
		if name == "" {
			if i >= len(s) {
				break
			}
			_, n := runeAt(s, i)
			i += n
			continue
		}
		text(start)
		a := p.element(kindAbbreviation)
		a.value = name
		out = append(out, a)
		from = start + len(name)
		i = from
	}
	if from == 0 && out == nil {
		return []*element{c}
	}
	text(len(s))
	return out
}

// abbreviationAt returns an abbreviation at i that is a word of its own.
func (p *parser) abbreviationAt(s string, i int, names abbreviationNames) string {
	for _, n := range p.candidates(s, i, names) {
		p.work -= 1 + len(n)/16
		if strings.HasPrefix(s[i:], n) && !(i+len(n) < len(s) && isWord(s[i+len(n)])) {
			return n
		}
	}
	return ""
}

// longestAt returns the longest abbreviation at i.
func (p *parser) longestAt(s string, i int, names abbreviationNames) string {
	for _, n := range p.candidates(s, i, names) {
		p.work -= 1 + len(n)/16
		if strings.HasPrefix(s[i:], n) {
			return n
		}
	}
	return ""
}

// candidates are the names that may stand at i.
func (p *parser) candidates(s string, i int, names abbreviationNames) []string {
	if i >= len(s) {
		return nil
	}
	return names[s[i]]
}
