package kramdown

import "strings"

// Quotation marks.
//
// Rule: " and ' become curly. A mark opens after white space before a word,
// closes after anything but white space, a hyphen or an opening bracket, and
// opens in all other cases; one that begins a text or follows another span
// is looked at without what stands before it. '80s gets an apostrophe.

const (
	leftSingle  = "‘"
	rightSingle = "’"
	leftDouble  = "“"
	rightDouble = "”"
)

func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7f && c != '&' && !isDigit(c) && !(c|0x20 >= 'a' && c|0x20 <= 'z')
}

func isQuote(c byte) bool { return c == '"' || c == '\'' }

// wordBoundary is \b at i in what begins at from.
func wordBoundary(s string, from, i int) bool {
	before, after := false, false
	if i > from {
		r, _ := runeBefore(s, i)
		before = isWordRune(r)
	}
	if i < len(s) {
		r, _ := runeAt(s, i)
		after = isWordRune(r)
	}
	return before != after
}

func left(q byte) string {
	if q == '"' {
		return leftDouble
	}
	return leftSingle
}

func right(q byte) string {
	if q == '"' {
		return rightDouble
	}
	return rightSingle
}

// parseQuotationMark reads a quotation mark, here or after one character.
func (p *parser) parseQuotationMark() bool {
	s, i := p.src.s, p.src.pos
	_, n := runeAt(s, i)
	here := isQuote(s[i])
	next := i+n < len(s) && isQuote(s[i+n]) && s[i] != '\\'
	if !here && !next {
		return false
	}
	mark := func(text, sign string, end int) bool {
		p.addText(p.tree, text)
		p.quotation(sign)
		p.src.pos = end
		return true
	}
	if here {
		q, after := s[i], s[i+1:]
		if run := len(after) - len(strings.TrimLeft(after, "_*")); run >= 1 {
			if c := at(after, 1); len(after) > 1 && !isSpace(c) || run >= 2 && len(after) > 2 && !isSpace(after[2]) {
				return mark("", left(q), i+1)
			}
		}
		if len(after) > 0 && isPunctuation(after[0]) && !strings.HasPrefix(after[1:], "..") && !wordBoundary(s, i, i+2) {
			return mark("", right(q), i+1)
		}
	}
	space := i
	if isSpace(s[i]) {
		space++
	}
	switch two := s[space:min(space+2, len(s))]; {
	case two == `"'` && isWord(at(s, space+2)):
		p.addRange(i, space)
		p.quotation(leftDouble)
		p.quotation(leftSingle)
		p.src.pos = space + 2
		return true
	case two == `'"` && isWord(at(s, space+2)):
		p.addRange(i, space)
		p.quotation(leftSingle)
		p.quotation(leftDouble)
		p.src.pos = space + 2
		return true
	}
	if at(s, space) == '\'' && isDigit(at(s, space+1)) && isDigit(at(s, space+2)) && at(s, space+3) == 's' {
		return mark(s[i:space], rightSingle, space+1)
	}
	if isSpace(s[i]) && next && isWord(at(s, i+2)) {
		return mark(s[i:i+1], left(s[i+1]), i+2)
	}
	if next && !strings.ContainsRune(" \\\t\r\n[{(-", rune(s[i])) {
		return mark(s[i:i+n], right(s[i+n]), i+n+1)
	}
	if here {
		if i+1 >= len(s) || isSpace(s[i+1]) || s[i+1] == 's' && wordBoundary(s, i, i+2) {
			return mark("", right(s[i]), i+1)
		}
	}
	for _, q := range []byte{'\'', '"'} {
		if next && s[i+n] == q {
			return mark(s[i:i+n], left(q), i+n+1)
		}
		if here && s[i] == q {
			return mark("", left(q), i+1)
		}
	}
	return false
}
