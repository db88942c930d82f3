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
	one := func(width int, name, plain string) bool {
		p.symbol(name, plain)
		p.src.pos += width
		return true
	}
	escaped := func(written, plain string) bool {
		p.character(written, plain)
		p.src.pos += 3
		return true
	}
	switch s[0] {
	case '-':
		if strings.HasPrefix(s, "---") {
			return one(3, "mdash", "—")
		}
		if strings.HasPrefix(s, "--") {
			return one(2, "ndash", "–")
		}
	case '.':
		if strings.HasPrefix(s, "...") {
			return one(3, "hellip", "…")
		}
	case '\\':
		if strings.HasPrefix(s, `\<<`) {
			return escaped("&lt;&lt;", "<<")
		}
		if strings.HasPrefix(s, `\>>`) {
			return escaped("&gt;&gt;", ">>")
		}
	case '<':
		if strings.HasPrefix(s, "<< ") {
			return one(3, "laquo_space", "«\u00a0")
		}
		if strings.HasPrefix(s, "<<") {
			return one(2, "laquo", "«")
		}
	case ' ':
		if strings.HasPrefix(s, " >>") {
			return one(3, "raquo_space", "\u00a0»")
		}
	case '>':
		if strings.HasPrefix(s, ">>") {
			return one(2, "raquo", "»")
		}
	}
	return false
}
