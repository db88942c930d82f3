package kramdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner walks over a text. Searches for a byte sequence that go on and on
// over the same text, as hostile input provokes, are remembered.
type scanner struct {
	s    string
	pos  int
	line int // of the source on which s begins, counted from 0
	memo map[string]found
	// unclosed are the fences that are known not to be closed from here on.
	unclosed map[string]int
	// unended are the extensions that are known not to end from here on.
	unended map[string]int
	braces  *braces // that were searched for last
	// noRun is the shortest run of backticks that is known not to follow
	// after noRunFrom.
	noRun, noRunFrom int
	// noStrike is 1 + where the search for the end of struck text failed.
	noStrike int
	// lineAt is how far lines have been counted, and the line there.
	lineAt, lineThere int
	// watched scanners keep in reach how far ahead blocks have looked.
	watched bool
	reach   int
}

type found struct{ from, at int }

func newScanner(s string, line int) *scanner {
	return &scanner{s: s, line: line}
}

func (c *scanner) done() bool { return c.pos >= len(c.s) }

func (c *scanner) rest() string { return c.s[c.pos:] }

// lineNumber is the source's line at the current position.
func (c *scanner) lineNumber() int {
	if c.pos < c.lineAt {
		c.lineAt, c.lineThere = 0, 0
	}
	c.lineThere += strings.Count(c.s[c.lineAt:c.pos], "\n")
	c.lineAt = c.pos
	return c.line + c.lineThere
}

// index finds what at or after from, or returns -1.
func (c *scanner) index(what string, from int) int {
	at := c.find(what, from)
	if c.watched {
		c.looked(at, len(what))
	}
	return at
}

func (c *scanner) find(what string, from int) int {
	if from > len(c.s) {
		return -1
	}
	if m, ok := c.memo[what]; ok && m.from <= from && (m.at < 0 || m.at >= from) {
		return m.at
	}
	at := strings.Index(c.s[from:], what)
	if at >= 0 {
		at += from
	}
	if at < 0 || at-from > 256 {
		if c.memo == nil {
			c.memo = map[string]found{}
		}
		c.memo[what] = found{from, at}
	}
	return at
}

// at returns the byte at i, or 0 beyond the end.
func at(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}

func isSpace(b byte) bool {
	return b == ' ' || b >= '\t' && b <= '\r'
}

// isWord is Ruby's \w, which knows ASCII only.
func isWord(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isLetter is Ruby's [[:alpha:]].
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_Alphabetic, r)
}

// isLetterOrDigit is Ruby's [[:alnum:]].
func isLetterOrDigit(r rune) bool {
	return isLetter(r) || unicode.Is(unicode.Nd, r)
}

// isWordRune is Ruby's \p{Word}, by which \b works as well.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isWord(byte(r))
	}
	return isLetterOrDigit(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Pc, r)
}

func runeAt(s string, i int) (rune, int) {
	if i >= len(s) {
		return 0, 0
	}
	if s[i] < utf8.RuneSelf {
		return rune(s[i]), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

func runeBefore(s string, i int) (rune, int) {
	if i <= 0 {
		return 0, 0
	}
	if s[i-1] < utf8.RuneSelf {
		return rune(s[i-1]), 1
	}
	return utf8.DecodeLastRuneInString(s[:i])
}

func skipSpace(s string, i int) int {
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	return i
}

// skipBlanks skips spaces and tabs.
func skipBlanks(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	return i
}

// skipIndent skips up to most spaces.
func skipIndent(s string, i, most int) int {
	for n := 0; n < most && i < len(s) && s[i] == ' '; n++ {
		i++
	}
	return i
}

// nextLine returns where the line after the one at i begins, or -1 when no
// line break follows.
func nextLine(s string, i int) int {
	if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return -1
}

// restBlank returns the end of the line at i when only white space is left
// on it, or -1.
func restBlank(s string, i int) int {
	for i < len(s) && isSpace(s[i]) {
		if s[i] == '\n' {
			return i + 1
		}
		i++
	}
	return -1
}

func trimRight(s string) string {
	return strings.TrimRight(s, " \t\n\v\f\r\x00")
}

func trimLeft(s string) string {
	return strings.TrimLeft(s, " \t\n\v\f\r\x00")
}

func trim(s string) string { return trimLeft(trimRight(s)) }
