package yaml

import (
	"bytes"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// refused finds what the library takes and libyaml, by which Psych reads, refuses the
// whole text for. Nil for nothing. It takes time in proportion to the text.
func refused(src []byte, root *yaml.Node) *Error {
	if !bytes.Contains(src, []byte(`\'`)) && !bytes.ContainsRune(src, ':') {
		return nil
	}
	c := cursor{src: src, lines: linesOf(src)}
	var look func(n *yaml.Node, inFlow bool) *Error
	look = func(n *yaml.Node, inFlow bool) *Error {
		if n.Kind == yaml.ScalarNode && n.Line > 0 && n.Line <= len(c.lines) {
			i, problem := -1, ""
			switch at := c.at(n.Line, n.Column); {
			case n.Style&yaml.DoubleQuotedStyle != 0:
				i, problem = wrongEscape(src, at), `found unknown escape character \'`
			case inFlow && n.Style&yaml.SingleQuotedStyle == 0 && n.Value != "":
				i, problem = wrongColon(src, at), "found unexpected ':' while scanning a plain scalar"
			}
			if i >= 0 {
				return &Error{Line: n.Line + bytes.Count(src[c.lines[n.Line-1]:i], []byte("\n")), Problem: problem}
			}
		}
		inFlow = inFlow || n.Style&yaml.FlowStyle != 0
		for _, child := range n.Content {
			if e := look(child, inFlow); e != nil {
				return e
			}
		}
		return nil
	}
	return look(root, false)
}

// cursor finds places by their lines and columns: those of one line, which come one
// behind the other, in one way through it.
type cursor struct {
	src          []byte
	lines        []int // where each begins
	line, column int   // of place
	place        int
}

// at is the place of a line and column, which count from 1, and columns by signs.
func (c *cursor) at(line, column int) int {
	if line != c.line || column < c.column {
		c.line, c.column, c.place = line, 1, c.lines[line-1]
	}
	for ; c.column < column && c.place < len(c.src); c.column++ {
		_, size := utf8.DecodeRune(c.src[c.place:])
		c.place += size
	}
	return c.place
}

// wrongEscape is where \' stands in the text in double quotation marks that begins at at,
// or behind an anchor or a tag there; -1 for nowhere. It is a habit from other languages,
// which the library takes for an apostrophe; YAML has no such escape (YAML 1.2.2, section
// 5.7).
func wrongEscape(src []byte, at int) int {
	open := bytes.IndexByte(src[at:], '"')
	if open < 0 {
		return -1
	}
	for i := at + open + 1; i < len(src) && src[i] != '"'; i++ {
		if src[i] != '\\' {
			continue
		}
		if i++; i < len(src) && src[i] == '\'' {
			return i - 1
		}
	}
	return -1
}

// wrongColon is where a colon stands right before a sign of a flow collection, in the text
// without quotation marks that begins at at within one, or behind an anchor or a tag there,
// as in [a:] and {b:}; -1 for nowhere. See yaml_parser_scan_plain_scalar in libyaml.
func wrongColon(src []byte, at int) int {
	for at < len(src) && (src[at] == '!' || src[at] == '&') {
		at += max(bytes.IndexAny(src[at:], " \t\r\n"), 1)
		at += len(src[at:]) - len(bytes.TrimLeft(src[at:], " \t\r\n"))
	}
	for i := at; i < len(src); i++ {
		switch c, next := src[i], byte(' '); c {
		case ',', '[', ']', '{', '}':
			return -1
		case '#':
			if i > at && bytes.IndexByte([]byte(" \t\r\n"), src[i-1]) >= 0 {
				return -1
			}
		case ':':
			if i+1 < len(src) {
				next = src[i+1]
			}
			if bytes.IndexByte([]byte(",?[]{}"), next) >= 0 {
				return i
			}
			if bytes.IndexByte([]byte(" \t\r\n"), next) >= 0 {
				return -1
			}
		}
	}
	return -1
}

// linesOf is where each line begins: YAML has more signs that end one than most.
func linesOf(src []byte) []int {
	lines := []int{0}
	for i := 0; i < len(src); {
		c, size := utf8.DecodeRune(src[i:])
		i += size
		if c == '\n' || c == '\u0085' || c == '\u2028' || c == '\u2029' || c == '\r' && (i == len(src) || src[i] != '\n') {
			lines = append(lines, i)
		}
	}
	return lines
}
