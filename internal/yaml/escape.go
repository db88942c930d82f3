package yaml

import (
	"bytes"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// wrongEscape finds \' between double quotation marks, a habit from other languages: the
// library takes it for an apostrophe, and libyaml, by which Psych reads, refuses the whole
// text. YAML has no such escape (YAML 1.2.2, section 5.7). Nil for none.
func wrongEscape(src []byte, root *yaml.Node) *Error {
	if !bytes.Contains(src, []byte(`\'`)) {
		return nil
	}
	lines := linesOf(src)
	var look func(n *yaml.Node) *Error
	look = func(n *yaml.Node) *Error {
		if n.Style&yaml.DoubleQuotedStyle != 0 && n.Line <= len(lines) {
			if i := wrongEscapeIn(src, lines[n.Line-1], n.Column-1); i >= 0 {
				return &Error{Line: n.Line + bytes.Count(src[lines[n.Line-1]:i], []byte("\n")), Problem: `found unknown escape character \'`}
			}
		}
		for _, child := range n.Content {
			if e := look(child); e != nil {
				return e
			}
		}
		return nil
	}
	return look(root)
}

// wrongEscapeIn is where \' stands in the quoted text that begins behind so many signs of
// a line, which begins at at, and behind an anchor or a tag; -1 for nowhere.
func wrongEscapeIn(src []byte, at, signs int) int {
	for ; signs > 0 && at < len(src); signs-- {
		_, size := utf8.DecodeRune(src[at:])
		at += size
	}
	open := bytes.IndexByte(src[min(at, len(src)):], '"')
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
