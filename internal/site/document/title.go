package document

import (
	"strings"
	"unicode/utf8"
)

// titleize makes a title of a slug, as Jekyll does for posts without one.
func titleize(slug string) string {
	words := strings.FieldsFunc(slug, func(r rune) bool { return r == '-' })
	for i, w := range words {
		words[i] = capitalize(w)
	}
	return strings.Join(words, " ")
}

// capitalize is Ruby's: the first letter large and the rest small.
func capitalize(w string) string {
	_, first := utf8.DecodeRuneInString(w) // one byte where there is no character
	return strings.ToUpper(w[:first]) + strings.ToLower(w[first:])
}
