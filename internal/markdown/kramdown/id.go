package kramdown

import (
	"strconv"
	"strings"
)

// Heading ids.
//
// Rule: the heading's text as it shows, code and links' texts included but
// not their addresses, in lower case, without what is neither a letter, a
// digit, a mark, _ nor -, spaces as -. The second heading of one id gets -1.
// Headings inside HTML elements and footnotes follow an older rule: ASCII
// only, from the first letter on, "section" when nothing is left.

// plainText is the text of an element as it shows.
func plainText(e *element) string {
	if len(e.children) == 1 && e.children[0].kind == kindText {
		return e.children[0].text()
	}
	var b strings.Builder
	writePlain(&b, e)
	return b.String()
}

func writePlain(b *strings.Builder, e *element) {
	switch e.kind {
	case kindText, kindCode, kindMath:
		b.WriteString(e.text())
	case kindCharacter:
		b.WriteString(e.alt)
	default:
		for _, c := range e.children {
			writePlain(b, c)
		}
	}
}

// rawText is the text that an element's id is made of.
func (p *parser) rawText(e *element) string {
	if p.options.input == inputGFM {
		return plainText(e)
	}
	var b strings.Builder
	writeTexts(&b, e)
	return b.String()
}

// writeTexts writes the texts below an element, without code and signs.
func writeTexts(b *strings.Builder, e *element) {
	if e.kind == kindText {
		b.WriteString(e.text())
	}
	for _, c := range e.children {
		writeTexts(b, c)
	}
}

// number gives headings their ids and breaks lines at backslashes.
func (p *parser) number(root *element) {
	if p.options.input == inputGFM {
		p.numberBelow(root, map[string]int{})
	}
}

func (p *parser) numberBelow(e *element, used map[string]int) {
	texts := false
	for _, c := range e.children {
		switch {
		case c.kind == kindText:
			texts = true
		case c.kind == kindHTML:
		case c.kind == kindHeading && p.options.autoIDs && !hasID(c):
			id := headingID(c.alt)
			n := used[id]
			used[id]++
			if n > 0 {
				id += "-" + strconv.Itoa(n)
			}
			c.attr.set("id", p.options.idPrefix+id)
		default:
			p.numberBelow(c, used)
		}
	}
	if texts {
		p.breakLines(e)
	}
}

func hasID(e *element) bool {
	_, ok := e.attr.get("id")
	return ok
}

// headingID makes an id out of a heading's text.
func headingID(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range strings.ToLower(strings.ReplaceAll(text, "İ", "i\u0307")) { // as Ruby does
		switch {
		case r == ' ' || r == '\t':
			b.WriteByte('-')
		case r == '-' || isWordRune(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plainID makes an id by the older rule.
func plainID(text string) string {
	var b strings.Builder
	started := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\n':
			started = false
		case c >= 'a' && c <= 'z':
			started = true
			b.WriteByte(c)
		case c >= 'A' && c <= 'Z':
			started = true
			b.WriteByte(c | 0x20)
		case !started:
		case isDigit(c) || c == '-':
			b.WriteByte(c)
		case c == ' ':
			b.WriteByte('-')
		}
	}
	return b.String()
}

// fallbackID makes an id for a heading that has none yet.
func (w *writer) fallbackID(text string) string {
	id := plainID(text)
	if id == "" {
		id = "section"
	}
	if w.ids == nil {
		w.ids = map[string]int{}
	}
	n, taken := w.ids[id]
	if taken {
		w.ids[id] = n + 1
		return w.p.options.idPrefix + id + "-" + strconv.Itoa(n+1)
	}
	w.ids[id] = 0
	return w.p.options.idPrefix + id
}
