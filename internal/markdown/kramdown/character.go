package kramdown

import (
	"strconv"
	"strings"
	"unicode"
)

// Characters that stand for what was typed.
//
// Rule: entities, quotation marks and symbols are written as characters, or, as
// entity_output says, as they were typed, by number or by name. smart_quotes
// gives other signs for the quotation marks, typographic_symbols other texts for
// the symbols.

// entityOutput says how characters are written.
type entityOutput uint8

const (
	asCharacter entityOutput = iota
	asInput
	numeric
	symbolic
)

// entity is a character with its name in HTML 4, if it has one.
type entity struct {
	char rune
	name string
}

// entityOf finds an entity by its name or its number.
func entityOf(name string) (entity, bool) {
	if n, err := strconv.ParseInt(name, 0, 32); err == nil && n > 0 && n <= unicode.MaxRune {
		return entity{rune(n), nameOf(rune(n))}, true
	}
	r, ok := entityNames[name]
	return entity{r, name}, ok
}

func nameOf(char rune) string {
	for name, r := range entityNames {
		if r == char {
			return name
		}
	}
	return ""
}

// written is how an entity is written; original is how it was typed, or empty.
func (o *options) written(e entity, original string) string {
	special := e.char == '<' || e.char == '>' || e.char == '&' || e.char == '"'
	switch {
	case o.entities == asCharacter && (!special || e.char == '"'):
		return string(e.char)
	case (o.entities == asCharacter || o.entities == asInput) && original != "":
		return original
	case (o.entities == symbolic || special) && e.name != "":
		return "&" + e.name + ";"
	}
	return "&#" + strconv.Itoa(int(e.char)) + ";"
}

// space is a space that does not break.
func (o *options) space() string { return o.written(entity{'\u00a0', "nbsp"}, "") }

// character adds a character; plain is what it is in an id.
func (p *parser) character(written, plain string) {
	e := p.element(kindCharacter)
	e.value, e.alt = written, plain
	p.tree.add(e)
}

// quotation adds a quotation mark.
func (p *parser) quotation(mark string) {
	i := strings.Index(leftSingle+rightSingle+leftDouble+rightDouble, mark) / len(mark)
	p.character(p.options.written(p.options.quotes[i], ""), mark)
}

// symbol adds a typographic symbol.
func (p *parser) symbol(name, plain string) {
	if other, ok := p.options.replacement[name]; ok {
		w := &writer{}
		w.text(other)
		p.character(string(w.out), plain)
		return
	}
	var b strings.Builder
	for _, char := range plain {
		b.WriteString(p.options.written(entity{char, symbolNames[char]}, ""))
	}
	p.character(b.String(), plain)
}

var symbolNames = map[rune]string{'—': "mdash", '–': "ndash", '…': "hellip", '«': "laquo", '»': "raquo", '\u00a0': "nbsp"}
