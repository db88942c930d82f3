package kramdown

import "strings"

// Typographic symbols.
//
// Rule: --- is an em dash, -- an en dash, ... an ellipsis, << and >> are
// guillemets; with a space on the inside that space does not break. \<< and
// \>> stay as they are.

// parseSymbol reads a typographic symbol.
func (p *parser) parseSymbol() bool {
	s := p.src.s[p.src.pos:]
	one := func(width int, sign, plain string) bool {
		p.character(sign)
		p.tree.last().alt = plain
		p.src.pos += width
		return true
	}
	switch s[0] {
	case '-':
		if strings.HasPrefix(s, "---") {
			return one(3, "—", "—")
		}
		if strings.HasPrefix(s, "--") {
			return one(2, "–", "–")
		}
	case '.':
		if strings.HasPrefix(s, "...") {
			return one(3, "…", "…")
		}
	case '\\':
		if strings.HasPrefix(s, `\<<`) {
			return one(3, "&lt;&lt;", "<<")
		}
		if strings.HasPrefix(s, `\>>`) {
			return one(3, "&gt;&gt;", ">>")
		}
	case '<':
		if strings.HasPrefix(s, "<< ") {
			return one(3, "«\u00a0", "«\u00a0")
		}
		if strings.HasPrefix(s, "<<") {
			return one(2, "«", "«")
		}
	case ' ':
		if strings.HasPrefix(s, " >>") {
			return one(3, "\u00a0»", "\u00a0»")
		}
	case '>':
		if strings.HasPrefix(s, ">>") {
			return one(2, "»", "»")
		}
	}
	return false
}
