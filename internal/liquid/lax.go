package liquid

import (
	"regexp"
	"strings"
	"sync"
)

// What lenient reading goes by: Ruby's Liquid reads with regular expressions
// whatever it can. They are compiled when a template first needs them; proper
// Liquid needs none.
const (
	rxSpace    = `[ \t\n\v\f\r]`
	rxQuoted   = `(?:"[^"]*"|'[^']*')`
	rxFragment = `(?:"[^"]*"|'[^']*'|(?:[^ \t\n\v\f\r,|'"]|"[^"]*"|'[^']*')+)`
	rxNamed    = `(\w[\w-]*)` + rxSpace + `*:` + rxSpace + `*(` + rxFragment + `)`
)

// rx compiles an expression once.
func rx(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

var (
	laxOutput     = rx(`(?s)(` + rxFragment + `)(.*)`)
	laxFilters    = rx(`(?:` + rxSpace + `+|` + rxFragment + `|,)+`)
	laxFilterName = rx(`\w+`)
	laxFilterArgs = rx(`[:,]` + rxSpace + `*((?:\w+` + rxSpace + `*:` + rxSpace + `*)?` + rxFragment + `)`)
	laxNamedOnly  = rx(`\A` + rxNamed + `\z`)
	laxNamed      = rx(rxNamed)
	laxCondition  = rx(`(` + rxFragment + `)` + rxSpace + `*([=!<>a-z_]+)?` + rxSpace + `*(` + rxFragment + `)?`)
	laxFor        = rx(`\A([\w-]+)` + rxSpace + `+in` + rxSpace + `+(` + rxFragment + `+)` + rxSpace + `*(reversed)?`)
	laxTableRow   = rx(`(\w+)` + rxSpace + `+in` + rxSpace + `+(` + rxFragment + `+)`)
	laxFirst      = rx(rxFragment)
	laxOr         = rx(`\A(?:` + rxSpace + `+or` + rxSpace + `+|` + rxSpace + `*,` + rxSpace + `*)`)
	laxCycleNamed = rx(`(?s)\A(` + rxFragment + `)` + rxSpace + `*:` + rxSpace + `*(.*)`)
	laxCycle      = rx(`\A` + rxFragment + `+`)
	laxCycleOne   = rx(rxSpace + `*(` + rxFragment + `)` + rxSpace + `*`)
	laxRender     = rx(`(` + rxQuoted + `+)`)
)

// fragmentLength is how long the quoted text or the run without space, comma,
// bar and single quotes at the beginning of a text is, 0 for none.
func fragmentLength(s string) int {
	n := 0
	for n < len(s) {
		switch c := s[n]; {
		case c == '"' || c == '\'':
			end := strings.IndexByte(s[n+1:], c)
			if end < 0 {
				return n
			}
			if n == 0 {
				return end + 2
			}
			n += end + 2
		case space(c) || c == ',' || c == '|':
			return n
		default:
			n++
		}
	}
	return n
}

// cutConditions takes the markup of an if apart: comparisons, and the words
// between them.
func cutConditions(s string) []string {
	var out []string
	for i := 0; i < len(s); {
		n := operatorLength(s, i)
		if n == 0 {
			n = comparisonLength(s, i)
		}
		if n == 0 {
			i++
			continue
		}
		out = append(out, s[i:i+n])
		i += n
	}
	return out
}

// boundary says whether a word begins or ends at a place.
func boundary(s string, i int) bool {
	before := i > 0 && wordAt(s, i-1)
	return before != (i < len(s) && wordAt(s, i))
}

// wordAt takes letters beyond ASCII for parts of words, as \b does.
func wordAt(s string, i int) bool { return word(s[i]) || s[i] >= 0x80 }

// operatorLength matches \b\s?(and|or)\s?\b.
func operatorLength(s string, i int) int {
	if !boundary(s, i) {
		return 0
	}
	j := i
	if space(s[j]) {
		j++
	}
	switch {
	case strings.HasPrefix(s[j:], "and"):
		j += 3
	case strings.HasPrefix(s[j:], "or"):
		j += 2
	default:
		return 0
	}
	if j < len(s) && space(s[j]) && boundary(s, j+1) {
		return j + 1 - i
	}
	if boundary(s, j) {
		return j - i
	}
	return 0
}

// comparisonLength matches the text up to the next and or or.
func comparisonLength(s string, from int) int {
	end := from
	for i := from; i < len(s); {
		for i < len(s) && space(s[i]) {
			i++
		}
		if i == len(s) || operatorLength(s, i) > 0 {
			break
		}
		n := fragmentLength(s[i:])
		if n == 0 {
			for i+n < len(s) && !space(s[i+n]) {
				n++
			}
		}
		i += n
		for i < len(s) && space(s[i]) {
			i++
		}
		end = i
	}
	return end - from
}
