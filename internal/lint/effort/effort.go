// Package effort says how much work a regular expression is in a text, before it is
// carried out: package regexp takes time in proportion to both, and cannot be ended.
// What checks a post asks between two of them whether it is to go on, so that each has to
// be short.
package effort

import "regexp/syntax"

// Most is how much work one expression may be in one text, as [Of] times the text's bytes
// has it: some seconds at worst, where the expression is at all its instructions at once.
const Most = 1 << 28

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
