package kramdown

import (
	"math"
	"strings"
)

// What a block depends on. A block at the top of a document is parsed from
// what stands before it, of which a blank line is all that counts at the
// places where Live begins, and from the text up to some place behind it.
// While Live parses, that place is noted: the lines that follow a block, and
// whatever was searched for further on. Definitions are noted as well, since
// text anywhere can refer to them.

// endless is the reach of what searched up to the end of the text.
const endless = math.MaxInt / 4

// looked notes that something was found at i, n bytes long, and that the two
// lines behind it were looked at; below zero, that the text was searched to
// its end.
func (c *scanner) looked(i, n int) {
	if !c.watched {
		return
	}
	if i < 0 {
		c.reach = endless
	} else {
		c.reach = max(c.reach, linesBehind(c.s, i+n))
	}
}

// lookedForBrace notes the search for the brace that closes what begins
// before i.
func (c *scanner) lookedForBrace(i int) {
	if !c.watched {
		return
	}
	if brace := c.bracesFrom(min(i, len(c.s))).plain; brace < len(c.s) {
		c.looked(brace+1, 0)
	} else {
		c.looked(-1, 0)
	}
}

// linesBehind is the end of the second line with anything on it from i on,
// which is as far as blocks look without searching.
func linesBehind(s string, i int) int {
	for range 2 {
		i = skipSpace(s, min(i, len(s)))
		if i = nextLine(s, i); i < 0 {
			return endless
		}
	}
	return i
}

// definitionMark is a definition, by what it says, and the mark that takes
// its attribute list.
type definitionMark struct {
	says string
	mark *element
}

// define notes a definition.
func (p *parser) define(mark *element, says ...string) {
	if p.src != nil && p.defining {
		p.definitions = append(p.definitions, definitionMark{strings.Join(says, "\x00"), mark})
	}
}

// isDefinitions tells whether a list is that of a link's definition, so that
// what is added to it shows at all later links.
func (p *parser) isDefinitions(list *attributeList) bool {
	for _, d := range p.links {
		if d.mark.ial == list {
			return true
		}
	}
	return false
}

// said is all that a definition says, its attribute list included.
func (d definitionMark) said() string {
	list := d.mark.ial
	if list == nil {
		return strings.Clone(d.says)
	}
	var b strings.Builder
	b.WriteString(d.says)
	for _, r := range list.references {
		b.WriteString("\x00:" + r)
	}
	for _, a := range list.attr {
		b.WriteString("\x00" + a.key + "\x01" + a.value)
	}
	return b.String()
}

// noteRef is a reference to a note as it was written.
type noteRef struct {
	name            string
	number, repeats int
}

// clone copies a list, so that it holds no other text in memory.
func (l *attributeList) clone() *attributeList {
	if l == nil {
		return nil
	}
	c := &attributeList{attr: l.attr.clone()}
	for _, r := range l.references {
		c.references = append(c.references, strings.Clone(r))
	}
	return c
}

func (a attributes) clone() attributes {
	var out attributes
	for _, one := range a {
		out = append(out, attribute{strings.Clone(one.key), strings.Clone(one.value)})
	}
	return out
}

// defined is what definitions anywhere in a text mean for all of it.
type defined struct {
	references map[string]*attributeList
	links      map[string]*linkDefinition
	longestID  int
	notes      map[string]*footnoteDefinition
	abbreviate map[string]*abbreviation
	abbrOrder  []string
}

// defined copies what a parser has found, without the tree that it made.
func (p *parser) defined() defined {
	d := defined{longestID: p.longestID}
	if len(p.references) > 0 {
		d.references = map[string]*attributeList{}
		for name, l := range p.references {
			d.references[strings.Clone(name)] = l.clone()
		}
	}
	if len(p.links) > 0 {
		d.links = map[string]*linkDefinition{}
		for id, l := range p.links {
			d.links[strings.Clone(id)] = &linkDefinition{strings.Clone(l.address), strings.Clone(l.title), l.titled,
				&element{kind: kindEnd, ial: l.mark.ial.clone()}}
		}
	}
	if len(p.notes) > 0 {
		d.notes = map[string]*footnoteDefinition{}
		for name, n := range p.notes {
			name = strings.Clone(name)
			d.notes[name] = &footnoteDefinition{name: strings.Clone(n.name), content: &element{kind: kindFootnoteDefinition}}
		}
	}
	for _, name := range p.abbrOrder {
		name = strings.Clone(name)
		d.abbrOrder = append(d.abbrOrder, name)
		if d.abbreviate == nil {
			d.abbreviate = map[string]*abbreviation{}
		}
		a := p.abbreviate[name]
		d.abbreviate[name] = &abbreviation{strings.Clone(a.text), &element{kind: kindEnd, attr: a.mark.attr.clone()}}
	}
	return d
}

// use makes the parser take definitions from elsewhere.
func (p *parser) use(d defined) {
	p.references, p.links, p.longestID, p.notes = d.references, d.links, d.longestID, d.notes
	p.abbreviate, p.abbrOrder = d.abbreviate, d.abbrOrder
}
