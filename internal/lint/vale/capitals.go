package vale

import (
	"strings"
	"unicode"
)

// capitalization finds headings, mostly, in other capitals than they are to have.
func capitalization(d definition, except pattern) (func(*text), string, error) {
	threshold := d.Threshold
	if threshold == 0 {
		threshold = 0.8
	}
	var right func(t *text, s string) bool
	switch d.Match {
	case "$lower":
		right = func(_ *text, s string) bool { return s == strings.ToLower(s) }
	case "$upper":
		right = func(_ *text, s string) bool { return s == strings.ToUpper(s) }
	case "$title":
		small := smallWords(d.Style)
		right = func(t *text, s string) bool { return isTitle(s, small, t.excepts(except), threshold) }
	case "$sentence":
		right = func(t *text, s string) bool { return isSentence(s, d.Indicators, t.excepts(except), threshold) }
	default:
		p, err := compile(d.Match)
		if err != nil {
			return nil, "match", err
		}
		right = func(_ *text, s string) bool { return p.matches(s) }
	}
	return func(t *text) {
		t.parts(func(one part) {
			if s := strings.TrimSpace(one.text); s != "" && !right(t, s) && !except.excepts(s) {
				from := strings.Index(one.text, s)
				t.tell(one.place(from, from+len(s)), nil, fill(d.Message, s))
			}
		})
	}, "", nil
}

// excepts is a pattern's, as long as checking is not to end.
func (t *text) excepts(p pattern) func(string) bool {
	return func(s string) bool { return !t.over() && p.excepts(s) }
}

// isSentence tells whether a text has a capital letter at its beginning and small
// ones else. Words all in capitals count for right, and those behind a sign that
// begins a sentence anew; of the words so many have to be right.
func isSentence(s string, indicators []string, excepts func(string) bool, threshold float64) bool {
	right, words, before := 0.0, 0.0, ""
	for i, w := range strings.Fields(s) {
		word := strings.Trim(w, `.,;:!?"'()[]“”‘’`)
		if a, _, ok := strings.Cut(word, "-"); ok {
			word = a // as in Top-level
		}
		again := false
		for _, end := range indicators {
			again = again || end != "" && strings.HasSuffix(before, end)
		}
		switch {
		case word == strings.ToUpper(word), again, excepts(word):
			right++
		case i == 0 && !unicode.IsUpper(firstRune(word)):
			return false
		case i == 0 && word[len(string(firstRune(word))):] == strings.ToLower(word[len(string(firstRune(word))):]), i > 0 && word == strings.ToLower(word):
			right++
		}
		words++
		before = w
	}
	return words == 0 || right/words > threshold
}

// isTitle tells whether a text has capital letters as a title has.
func isTitle(s string, small map[string]bool, excepts func(string) bool, threshold float64) bool {
	right, words := 0.0, 0.0
	fields := strings.Fields(s)
	before := ""
	for i, w := range fields {
		word := strings.Trim(w, `.,;:!?"'()[]“”‘’`)
		edge := i == 0 || i == len(fields)-1 || strings.HasSuffix(before, ":")
		lower := small[strings.ToLower(word)] && !edge
		switch {
		case word == strings.ToUpper(word), excepts(word), lower && word == strings.ToLower(word), !lower && unicode.IsUpper(firstRune(word)):
			right++
		}
		words++
		before = w
	}
	return words == 0 || right/words > threshold
}

// smallWords are those that a title has in small letters, by the style AP, which is
// the default, or Chicago.
func smallWords(style string) map[string]bool {
	list := "a an and as at but by en for if in nor of on or per the to v vs via"
	if style == "Chicago" {
		list += " about above across after against along among around before behind below beneath beside between beyond down during except from inside into like near off onto out outside over past since so than through toward under until up upon with within without yet"
	}
	all := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		all[word] = true
	}
	return all
}
