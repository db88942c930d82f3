package liquid

import (
	"strings"
)

// tokens cut a source into text, tags and outputs.
type tokens struct {
	source string
	line   int // of what is left
	// lines says that each line is a tag, as in the liquid tag.
	lines bool
	ended bool
	// noTag and noOutput say that no tag and no output ends in what is left.
	noTag, noOutput bool
}

// next is the next token and the line that it begins in.
func (t *tokens) next() (token string, line int, ok bool) {
	line = t.line
	if t.lines {
		if t.ended || t.source == "" {
			return "", line, false
		}
		var more bool
		token, t.source, more = strings.Cut(t.source, "\n")
		t.ended = !more
		t.line++
		return token, line, true
	}
	if t.source == "" {
		return "", line, false
	}
	n := t.length()
	token, t.source = t.source[:n], t.source[n:]
	t.line += strings.Count(token, "\n")
	return token, line, true
}

// length is how long the token at the beginning of what is left is. A tag ends
// with the first %}, an output with the first } and one more if it is there;
// without an end, the opening braces are a token of their own.
func (t *tokens) length() int {
	s := t.source
	if strings.HasPrefix(s, "{%") {
		if end := t.end("%}", &t.noTag); end >= 0 {
			return 2 + end + 2
		}
		return 2
	}
	if strings.HasPrefix(s, "{{") {
		end := t.end("}", &t.noOutput)
		if end < 0 {
			return 2
		}
		n := 2 + end + 1
		if n < len(s) && s[n] == '}' {
			n++
		}
		return n
	}
	for from := 0; ; {
		at := strings.IndexByte(s[from:], '{')
		if at < 0 {
			return len(s)
		}
		at += from
		if at+1 < len(s) && (s[at+1] == '%' || s[at+1] == '{') {
			return at
		}
		from = at + 1
	}
}

// end is where an end stands behind the two braces at the beginning, or -1; none says
// that there is none, so that it is looked for to the text's end once.
func (t *tokens) end(end string, none *bool) int {
	if *none {
		return -1
	}
	at := strings.Index(t.source[2:], end)
	*none = at < 0
	return at
}

// space says whether Ruby's \s matches a byte.
func space(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// word says whether Ruby's \w matches a byte.
func word(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// blank is what Ruby's strip takes off, besides NUL.
const blank = " \t\n\v\f\r"

func trim(s string) string { return strings.Trim(s, blank) }

func spaces(s string) bool { return strings.Trim(s, blank) == "" }
