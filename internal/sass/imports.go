package sass

import (
	"strings"
)

// importPath is a path that an @import names.
type importPath struct {
	path string
	line int
}

// css says whether CSS's own @import is meant, which is left as it is.
func (i importPath) css() bool {
	return strings.HasSuffix(i.path, ".css") || strings.HasPrefix(i.path, "//") || strings.Contains(i.path, "://")
}

// imports finds what a text imports. It finds too much rather than too little:
// an @import in a comment counts as well, since what is found decides what a
// compiler gets to see. That nothing else is read is the compiler's to see to.
// It takes time and room in proportion to the text.
func imports(text string, indented bool) []importPath {
	var found []importPath
	line, counted := 1, 0 // the line of the place up to which lines were counted
	for at := 0; ; {
		i := strings.Index(text[at:], "@import")
		if i < 0 {
			return found
		}
		at += i + len("@import")
		line += strings.Count(text[counted:at], "\n")
		counted = at
		if indented {
			rest, _, _ := strings.Cut(text[at:], "\n")
			for names := range strings.SplitSeq(rest, "@import") {
				for name := range strings.SplitSeq(names, ",") {
					if name = strings.Trim(name, " \t\r;\"'"); name != "" && !strings.HasPrefix(name, "url(") {
						found = append(found, importPath{name, line})
					}
				}
			}
			at += len(rest)
			continue
		}
		// The whole statement, to its semicolon or to where none can be: each
		// string in it is a path, but for those of media queries, which do
		// no harm.
		for end := false; !end && at < len(text); {
			switch c := text[at]; {
			case c == '"' || c == '\'':
				stop := endOfString(text, at)
				found = append(found, importPath{strings.TrimSuffix(text[at+1:stop], string(c)), line})
				at = stop
			case strings.HasPrefix(text[at:], "/*"):
				if i := strings.Index(text[at+2:], "*/"); i >= 0 {
					at += i + 4
				} else {
					at = len(text)
				}
			case strings.HasPrefix(text[at:], "//"):
				if i := strings.IndexAny(text[at:], "\n\r\f"); i >= 0 {
					at += i
				} else {
					at = len(text)
				}
			case strings.HasPrefix(text[at:], "url("): // CSS's own
				at += len("url(")
				if rest := strings.TrimLeft(text[at:], " \t\r\n\f"); rest == "" || rest[0] != '"' && rest[0] != '\'' {
					if i := strings.IndexByte(text[at:], ')'); i >= 0 {
						at += i
					} else {
						at = len(text)
					}
				} else {
					at = endOfString(text, len(text)-len(rest))
				}
			case c == ';' || c == '}' || c == '{' || c == '@':
				end = true
			default:
				at++
			}
		}
		at = min(at, len(text))
	}
}

// endOfString is the byte behind the string that begins at a quote.
func endOfString(text string, at int) int {
	quote := text[at]
	for at++; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case quote:
			return at + 1
		}
	}
	return len(text)
}
