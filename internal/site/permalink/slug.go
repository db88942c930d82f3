package permalink

import (
	"strings"
	"unicode"
)

// Slugify makes a text fit for an address: a hyphen in place of each run of
// what the mode does not keep, and none at the ends; cased keeps capitals.
// Modes are Jekyll's: "default" keeps letters and digits of any script,
// "ascii" those of English, "pretty" signs that may stand in a path too, "raw"
// all but white space. Another mode leaves the text as it is. Jekyll's "latin"
// is the caller's to take accents off first; here it is "default".
func Slugify(text, mode string, cased bool) string {
	var keep func(rune) bool
	switch mode {
	case "default", "latin", "":
		keep = isWord
	case "pretty":
		keep = func(r rune) bool { return isWord(r) || strings.ContainsRune("._~!$&'()+,;=@", r) }
	case "ascii":
		keep = func(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	case "raw":
		keep = func(r rune) bool { return !strings.ContainsRune(" \t\r\n\f\v", r) }
	}
	if keep != nil {
		var b strings.Builder
		gap := false
		for _, r := range text {
			if keep(r) {
				gap = false
				b.WriteRune(r)
			} else if !gap {
				gap = true
				b.WriteByte('-')
			}
		}
		text = strings.TrimSuffix(strings.TrimPrefix(b.String(), "-"), "-")
	}
	if !cased {
		text = strings.ToLower(text)
	}
	return text
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
