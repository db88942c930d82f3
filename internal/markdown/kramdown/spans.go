package kramdown

import "strings"

// spanSet is which span parsers run.
type spanSet uint8

const (
	codeSpans spanSet = 1 << iota
	htmlSpans
	otherSpans
	allSpans = codeSpans | htmlSpans | otherSpans
)

// stopper says where parseSpans stops before the text ends.
type stopper interface {
	// stops tells whether the spans end at i.
	stops(p *parser, i int) bool
}

// attempt is a try to open a span, for remembering that it failed.
type attempt struct {
	at   int
	kind kind
	// Around it.
	em, strong, anchor, raw, which bool
}

func (p *parser) attempt(at int, k kind) attempt {
	return attempt{at, k, p.ems > 0, p.strongs > 0, p.anchors > 0, p.tree != nil && p.tree.model == modelRaw,
		p.tree != nil && p.tree.kind == kindEmphasis}
}

func (p *parser) fail(a attempt) {
	if p.failed == nil {
		p.failed = map[attempt]struct{}{}
	}
	p.failed[a] = struct{}{}
}

func (p *parser) hasFailed(a attempt) bool {
	_, ok := p.failed[a]
	return ok
}

// special are the bytes at which a span, or text that is not written as it
// stands, can begin.
var special = func() (t [256]bool) {
	for _, c := range "*_`<[!\"'${&-.\\ >~]" {
		t[c] = true
	}
	return t
}()

// hasSpans tells whether a text is anything but plain.
func (p *parser) hasSpans(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !special[c] {
			continue
		}
		switch c {
		case ' ':
			if n := at(s, i+1); n != ' ' && n != '<' && n != '>' {
				continue
			}
		case '.':
			if at(s, i+1) != '.' {
				continue
			}
		case '-':
			if at(s, i+1) != '-' {
				continue
			}
		case '!':
			if at(s, i+1) != '[' {
				continue
			}
		case ']':
			continue
		}
		return true
	}
	return false
}

// nextStop returns where the next span may begin at or after i, or -1.
func nextStop(s string, i int, which spanSet, brackets bool) int {
	start := i
	for ; i < len(s); i++ {
		c := s[i]
		if !special[c] {
			continue
		}
		if which != allSpans {
			if c == '`' && which&codeSpans != 0 || c == '<' && which&htmlSpans != 0 {
				return i
			}
			continue
		}
		switch c {
		case '*', '_', '`', '<', '[', '&', '\\', '$':
			return i
		case ']':
			if brackets {
				return i
			}
		case '"', '\'':
			// The character before a quotation mark decides its direction.
			if i > start {
				_, n := runeBefore(s, i)
				return i - n
			}
			return i
		case '!':
			if at(s, i+1) == '[' {
				return i
			}
		case '{':
			if at(s, i+1) == ':' {
				return i
			}
		case '-':
			if at(s, i+1) == '-' {
				return i
			}
		case '~':
			if at(s, i+1) == '~' {
				return i
			}
		case '>':
			if at(s, i+1) == '>' {
				return i
			}
		case '.':
			if strings.HasPrefix(s[i:], "...") {
				return i
			}
		case ' ':
			switch n := at(s, i+1); n {
			case ' ':
				if at(s, i+2) == '\n' {
					return i
				}
			case '<', '>':
				if at(s, i+2) == n {
					return i
				}
			}
		}
	}
	return -1
}

// parseSpans parses the current text into e, up to where stop says, or to
// its end. It tells whether stop stopped it.
func (p *parser) parseSpans(e *element, stop stopper, which spanSet) bool {
	tree := p.tree
	p.tree = e
	p.spanDepth++
	switch e.kind {
	case kindEmphasis:
		p.ems++
	case kindStrong:
		p.strongs++
	case kindLink, kindImage:
		p.anchors++
	}
	found := p.runSpans(stop, which)
	switch e.kind {
	case kindEmphasis:
		p.ems--
	case kindStrong:
		p.strongs--
	case kindLink, kindImage:
		p.anchors--
	}
	p.spanDepth--
	p.tree = tree
	return found
}

func (p *parser) runSpans(stop stopper, which spanSet) bool {
	c := p.src
	_, brackets := stop.(*linkStop)
	for !c.done() {
		i := -1
		if p.work > 0 {
			i = nextStop(c.s, c.pos, which, brackets)
		}
		if i < 0 {
			if stop == nil {
				p.addRange(c.pos, len(c.s))
				c.pos = len(c.s)
			}
			p.work -= len(c.s) - c.pos
			return false
		}
		p.work -= i - c.pos + 1
		p.addRange(c.pos, i)
		c.pos = i
		if stop != nil && stop.stops(p, i) {
			return true
		}
		if !p.parseSpan(which) {
			_, n := runeAt(c.s, c.pos)
			p.addRange(c.pos, c.pos+n)
			c.pos += n
		}
	}
	return false
}

// parseSpan parses the span at the current position.
func (p *parser) parseSpan(which spanSet) bool {
	if p.ask != nil {
		p.ask()
	}
	s, i := p.src.s, p.src.pos
	c := s[i]
	if p.options.input == inputSmarty && which == allSpans {
		return p.parseQuotationMark() || c == '&' && p.parseEntity() || p.parseSymbol() || c == '<' && p.parseSpanHTML()
	}
	if which != allSpans {
		switch {
		case c == '`' && which&codeSpans != 0:
			p.parseCode()
			return true
		case c == '<' && which&htmlSpans != 0:
			return p.parseSpanHTML()
		}
		return false
	}
	switch c {
	case '*', '_':
		p.parseEmphasis()
		return true
	case '`':
		p.parseCode()
		return true
	case '<':
		if p.parseAutolink() || p.parseSpanHTML() {
			return true
		}
	case '[':
		if p.parseFootnote() || p.parseLink() {
			return true
		}
	case '!':
		if p.parseLink() {
			return true
		}
	}
	if p.parseQuotationMark() {
		return true
	}
	switch c {
	case '$':
		return p.parseMath()
	case '{':
		return p.parseSpanExtension()
	case '&':
		return p.parseEntity()
	case '-', '.', '\\', '<', '>', ' ':
		return p.options.symbols && p.parseSymbol() || p.parseLineBreak() || p.parseEscape()
	case '~':
		return p.options.input == inputGFM && p.parseStrikethrough()
	}
	return false
}
