// Package plaintext makes plain text of HTML for titles, descriptions and feeds:
// what readers see of it in one line, or as many words as there is room for.
package plaintext

import "strings"

// OneLine makes one space of white space, and none at the ends, as
// normalize_whitespace does. White space is ASCII's; a no-break space stays.
func OneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, space), " ")
}

// space is Ruby's \s.
func space(r rune) bool {
	return r == ' ' || '\t' <= r && r <= '\r'
}

// Trim takes white space off both ends, as strip does.
func Trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return space(r) || r == 0 })
}
