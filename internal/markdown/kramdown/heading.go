package kramdown

import "strings"

// Headings.
//
// Rule: one to six # at the very start of a line and a space; no blank line
// is needed before. A run of # after a space at the end is dropped, and
// {#id} at the end sets the id. Without the quirk paragraph_end a blank line is
// needed before, and no space before the last run of #. Or a line underlined with - or =, after a
// blank line only, and of one line only.

// headingLevel returns how many # start a heading at i, or 0.
func headingLevel(s string, i int) int {
	n := 0
	for at(s, i+n) == '#' {
		n++
	}
	if n == 0 || n > 6 || at(s, i+n) != ' ' && at(s, i+n) != '\t' {
		return 0
	}
	return n
}

// headingLevel is that of the heading at i, or 0. kramdown's own parser wants no
// space behind the #.
func (p *parser) headingLevel(s string, i int) int {
	if p.options.input == inputGFM {
		return headingLevel(s, i)
	}
	n := 0
	for n < 6 && at(s, i+n) == '#' {
		n++
	}
	return n
}

// parseHeading reads a heading with #.
func (p *parser) parseHeading() bool {
	s, i := p.src.s, p.src.pos
	level := p.headingLevel(s, i)
	if level == 0 || !p.options.paragraphEnd && !p.afterBoundary() {
		return false
	}
	end := nextLine(s, i)
	if end < 0 {
		return false
	}
	from := skipBlanks(s, i+level)
	if from > end-1 {
		from = end - 1
	}
	if from == end-1 && p.options.input != inputGFM {
		if end = nextLine(s, end); end < 0 { // the next line is the heading's text
			return false
		}
	}
	text, id := headingContents(s[from : end-1])
	switch bare := strings.TrimRight(text, "#"); {
	case bare == text:
	case !p.options.paragraphEnd:
		if strings.HasSuffix(bare, "\\") {
			bare += "#"
		}
		text = trimRight(bare)
	case bare != "" && (bare[len(bare)-1] == ' ' || bare[len(bare)-1] == '\t'):
		text = trimRight(bare)
	}
	if text == "" {
		return false
	}
	p.addHeading(level, text, id, from, end)
	return true
}

// parseUnderlinedHeading reads a heading of two lines.
func (p *parser) parseUnderlinedHeading() bool {
	s, i := p.src.s, p.src.pos
	end := nextLine(s, i)
	if end < 0 || at(s, end) != '-' && at(s, end) != '=' {
		return false
	}
	from := skipIndent(s, i, 3)
	if c := at(s, from); c == ' ' || c == '\t' || c == '\n' {
		return false
	}
	under := end
	for at(s, under) == '-' || at(s, under) == '=' {
		under++
	}
	last := restBlank(s, under)
	if last < 0 || !p.afterBoundary() {
		return false
	}
	text, id := headingContents(s[from : end-1])
	if text == "" {
		return false
	}
	level := 1
	if s[end] == '-' {
		level = 2
	}
	p.addHeading(level, text, id, from, last)
	return true
}

// headingContents splits {#id} off a heading's text.
func headingContents(s string) (text, id string) {
	text = trimRight(s)
	if !strings.HasSuffix(text, "}") {
		return text, ""
	}
	open := strings.LastIndex(text, "{#")
	if open < 1 || text[open-1] != ' ' && text[open-1] != '\t' {
		return text, ""
	}
	id = text[open+2 : len(text)-1]
	for i, r := range id {
		if !isNameRune(r, i > 0) {
			return text, ""
		}
	}
	if id == "" {
		return text, ""
	}
	return trimRight(text[:open-1]), id
}

// isNameRune tells whether XML allows r in a name, or at its start.
func isNameRune(r rune, inside bool) bool {
	switch {
	case r == ':' || r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z',
		r >= 0xC0 && r <= 0x2FF && r != 0xD7 && r != 0xF7,
		r >= 0x370 && r <= 0x1FFF && r != 0x37E, r == 0x200C, r == 0x200D,
		r >= 0x2070 && r <= 0x218F, r >= 0x2C00 && r <= 0x2FEF, r >= 0x3001 && r <= 0xD7FF,
		r >= 0xF900 && r <= 0xFDCF, r >= 0xFDF0 && r <= 0xFFFD, r >= 0x10000 && r <= 0xEFFFF:
		return true
	}
	return inside && (r == '-' || r == '.' || r >= '0' && r <= '9' || r == 0xB7 ||
		r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040)
}

func (p *parser) addHeading(level int, text, id string, from, end int) {
	e := p.block(kindHeading)
	e.level = uint8(level)
	e.line = p.src.pos
	if p.src.s != p.source {
		e.line = p.lineStart(p.src.lineNumber())
	}
	p.addPiece(e, text, p.src, from)
	if id != "" {
		e.attr.set("id", id)
	}
	e.alt = text
	p.src.pos = end
	p.tree.add(e)
}
