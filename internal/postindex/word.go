package postindex

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// partLetters is how many letters a word has at least to be found as a part of
// others: "a" is in most of them.
const partLetters = 3

// find is where a word first stands in a text, -1 for nowhere; both in small letters.
func find(text, word string) int { return findFrom(text, word, 0) }

// findFrom is the same at or behind a place. What stands before the place counts
// for where a word begins.
func findFrom(text, word string, from int) int {
	short := isShort(word)
	for at := from; at <= len(text); {
		n := strings.Index(text[at:], word)
		if n < 0 {
			return -1
		}
		at += n
		if !short || isWhole(text, at, at+len(word)) {
			return at
		}
		at += len(word)
	}
	return -1
}

// isShort tells whether a word is found only as a whole: one or two letters or
// digits of a script that puts spaces between words, and nothing else.
func isShort(word string) bool {
	letters := 0
	for _, r := range word {
		if !inWord(r) {
			return false
		}
		if !unicode.IsMark(r) {
			letters++
		}
	}
	return letters < partLetters
}

// isWhole tells whether no word goes on on either side of a part of a text.
func isWhole(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return !inWord(before) && !inWord(after)
}

// inWord tells whether a rune is a part of a word that spaces end.
func inWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) && !unicode.In(r,
		unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Yi,
		unicode.Hangul, // words there end in particles
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan)
}
