package vale

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"galley/internal/lint/effort"

	"github.com/dlclark/regexp2/v2"
)

// pattern is a regular expression of Go's kind, or of regexp2's where it needs
// more.
type pattern struct {
	plain  *regexp.Regexp
	full   *regexp2.Regexp
	effort int // of plain: see package effort
}

// maxPattern is how long a pattern may be, in bytes.
const maxPattern = 1 << 18

// patience is how long regexp2 may take for one match.
const patience = 100 * time.Millisecond

func compile(source string) (pattern, error) {
	if len(source) > maxPattern {
		return pattern{}, fmt.Errorf("the pattern is longer than %d KB", maxPattern>>10)
	}
	plain, err := regexp.Compile(source)
	if err == nil {
		return pattern{plain: plain, effort: effort.Of(source)}, nil
	}
	full, other := regexp2.Compile(source, regexp2.RE2)
	if other != nil {
		return pattern{}, fmt.Errorf("the pattern cannot be read (%s)", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	full.MatchTimeout = patience
	return pattern{full: full}, nil
}

// all finds the matches of a pattern, each with its groups' places in bytes, as
// package regexp gives them. It gives up, with ok false, where that takes long, and where over tells it to.
func (p pattern) all(s string, over func() bool) (matches [][]int, ok bool) {
	if p.plain != nil {
		if effort.TooMuch(p.effort, len(s)) {
			return nil, false
		}
		return p.plain.FindAllStringSubmatchIndex(s, -1), true
	}
	m, err := p.full.FindStringMatch(s)
	for m != nil && err == nil && !over() {
		var one []int
		for _, g := range m.Groups() {
			if len(g.Captures) == 0 {
				one = append(one, -1, -1)
				continue
			}
			from, length := g.ByteRange()
			one = append(one, from, from+length)
		}
		matches = append(matches, one)
		m, err = p.full.FindNextMatch(m)
	}
	return matches, err == nil
}

// matches tells whether a pattern matches in a text.
func (p pattern) matches(s string) bool {
	if p.plain != nil {
		return !effort.TooMuch(p.effort, len(s)) && p.plain.MatchString(s)
	}
	if p.full == nil {
		return false
	}
	ok, err := p.full.MatchString(s)
	return ok && err == nil
}

// exceptions makes a pattern of words that are excepted; one that matches nothing
// where there are none.
func exceptions(words, accepted []string) (pattern, error) {
	all := append(append([]string{}, words...), accepted...)
	if len(all) == 0 {
		return pattern{}, nil
	}
	return compile(`(?m)^(?:` + strings.Join(all, "|") + `)$`)
}

// excepts tells whether a text is excepted.
func (p pattern) excepts(s string) bool {
	return (p.plain != nil || p.full != nil) && p.matches(s)
}

// template is the pattern of several ones, as Vale puts them together.
func template(d definition, words bool, of []string) string {
	source := `(?m)(?:` + strings.Join(of, "|") + `)`
	if words {
		source = `(?m)\b(?:` + strings.Join(of, "|") + `)\b`
	}
	if d.Ignorecase {
		source = `(?i)` + source
	}
	return source
}

// fill fills in a message: %s, one after the other.
func fill(message string, values ...string) string {
	for _, v := range values {
		message = strings.Replace(message, "%s", v, 1)
	}
	return message
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
