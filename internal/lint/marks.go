package lint

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"galley/internal/diag"
	"galley/internal/post"
)

// spacesBehindMarks finds spaces of another kind behind the sign of a heading or
// of a list. They come with what is pasted, look like any other, and make it
// plain text.
func spacesBehindMarks(p post.Post, _ Settings) []diag.Diagnostic {
	var found []diag.Diagnostic
	for l := range prose(p) {
		text := bytes.TrimLeft(l.text, " \t>")
		from := len(l.text) - len(text)
		mark := markOf(text)
		to := from + mark
		for mark > 0 && to < len(l.text) {
			r, size := utf8.DecodeRune(l.text[to:])
			if !unicode.Is(unicode.Zs, r) {
				break
			}
			to += size
		}
		spaces := l.text[from+mark : to]
		if len(bytes.Trim(spaces, " ")) == 0 || to == len(l.text) {
			continue
		}
		kind, what := "special", "item of a list"
		if bytes.ContainsAny(spaces, "\u00a0\u202f") {
			kind = "no-break"
		}
		if text[0] == '#' {
			what = "heading"
		}
		found = append(found, diag.Diagnostic{
			Range: l.at(from+mark, to), Severity: diag.Warning, Code: "space-behind-mark",
			Message: fmt.Sprintf("Behind “%s” stands a %s space, so that this is no %s on the page. Put a plain space there.", text[:mark], kind, what),
		})
	}
	return found
}

// markOf is how long the sign of a heading or a list is that begins a line; 0
// for none.
func markOf(text []byte) int {
	if len(text) == 0 {
		return 0
	}
	switch c := text[0]; {
	case c == '#':
		if n := len(text) - len(bytes.TrimLeft(text, "#")); n <= 6 {
			return n
		}
	case c == '-' || c == '*' || c == '+':
		return 1
	case '0' <= c && c <= '9':
		n := len(text) - len(bytes.TrimLeft(text, "0123456789"))
		if n <= 9 && n < len(text) && (text[n] == '.' || text[n] == ')') {
			return n + 1
		}
	}
	return 0
}
