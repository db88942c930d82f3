package diag

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence makes a sentence of what another library says: with a large letter
// at its start and a full stop at its end.
func Sentence(words string) string {
	words = strings.TrimSpace(words)
	if first, size := utf8.DecodeRuneInString(words); unicode.IsLower(first) {
		words = string(unicode.ToUpper(first)) + words[size:]
	}
	if words == "" || strings.ContainsAny(words[len(words)-1:], ".!?") {
		return words
	}
	return words + "."
}
