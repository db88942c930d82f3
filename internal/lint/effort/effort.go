// Package effort says how much work a regular expression is in a text, before it is
// carried out: package regexp takes time in proportion to both, and cannot be ended.
// What checks a post asks between two of them whether it is to go on, so that each has to
// be short.
package effort

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
)

// Most is how much work one expression may be in one text, as [Of] times the text's bytes
// has it: some seconds at worst, where the expression is at all its instructions at once.
const Most = 1 << 28

// MaxText is how long a text may be, in bytes, that a pattern of [Compile] is held against:
// far more than a paragraph has. It is then no more work than Most.
const MaxText = 1 << 16

// maxPattern is how long a pattern may be, in bytes, and maxProgram how many instructions
// it may come to: x{1000} is a thousand.
const (
	maxPattern = 2000
	maxProgram = Most / MaxText
)

// Compile reads a pattern of a site's settings. The error says, as a part of a sentence,
// what is wrong with it: it is too long, cannot be read, or is too much work.
func Compile(source string) (*regexp.Regexp, error) {
	if len(source) > maxPattern {
		return nil, fmt.Errorf("it is longer than %d bytes", maxPattern)
	}
	re, err := regexp.Compile(source)
	if err != nil {
		return nil, fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	if n := Of(source); n > maxProgram {
		return nil, fmt.Errorf("its repetitions come to %d steps, more than %d", n, maxProgram)
	}
	return re, nil
}

// Of is how many instructions an expression comes to: it is read without flags, as
// regexp.Compile does. It is 0 for one that cannot be read.
func Of(source string) int {
	re, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return 0
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return 0
	}
	return len(prog.Inst)
}

// TooMuch tells whether an expression of so many instructions is too much work in a text
// of so many bytes.
func TooMuch(instructions, bytes int) bool { return bytes > 0 && instructions > Most/bytes }
