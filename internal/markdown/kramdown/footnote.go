package kramdown

import "strings"

// Footnotes.
//
// Rule: [^name] in text refers to [^name]: at the start of a line, whose text
// goes on over indented lines. Notes are numbered as they are first referred
// to and stand at the end, each with a link back; one that is never referred
// to does not appear, and a reference without a note is text.

type footnoteDefinition struct {
	name    string
	content *element
}

// parseFootnoteDefinition reads a note.
func (p *parser) parseFootnoteDefinition() bool {
	s := p.src.s
	i := skipIndent(s, p.src.pos, 3)
	if at(s, i+1) != '^' {
		return false
	}
	end := nameEnd(s, i+2)
	if end == i+2 || at(s, end) != ']' || at(s, end+1) != ':' {
		return false
	}
	from := end + 2
	next := nextLine(s, from)
	if next < 0 {
		return false
	}
	upTo := p.codeEnd(s, next, p.codeStop)
	e := p.element(kindFootnoteDefinition)
	line := p.src.lineNumber()
	p.src.pos = upTo
	p.parseBlocks(e, newScanner(unindent(s[from:upTo]), line))
	name := s[i+2 : end]
	if p.notes == nil {
		p.notes = map[string]*footnoteDefinition{}
	}
	if d := p.notes[name]; d != nil {
		d.content = e
	} else {
		d = &footnoteDefinition{name: name, content: e}
		p.notes[name] = d
		p.noteOrder = append(p.noteOrder, d)
	}
	mark := p.block(kindEnd)
	p.define(mark, "^"+name, s[from:upTo])
	mark.end = endFootnote
	p.tree.add(mark)
	return true
}

// parseFootnote reads a reference to a note.
func (p *parser) parseFootnote() bool {
	s, i := p.src.s, p.src.pos
	if !strings.HasPrefix(s[i:], "[^") {
		return false
	}
	end := nameEnd(s, i+2)
	if end == i+2 || at(s, end) != ']' {
		return false
	}
	if d := p.notes[s[i+2:end]]; d != nil {
		e := p.element(kindFootnote)
		e.alt, e.body = d.name, d.content
		p.tree.add(e)
	} else {
		p.addRange(i, end+1)
	}
	p.src.pos = end + 1
	return true
}
