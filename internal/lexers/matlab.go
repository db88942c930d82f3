package lexers

import (
	_ "embed"

	c "github.com/alecthomas/chroma/v2"
)

// matlabWords are the functions that MATLAB and its toolboxes come with.
//
//go:embed matlab_words.txt
var matlabWords string

// matlabRules classify MATLAB. What is behind a ! at the beginning of a line is
// shell.
func matlabRules() c.Rules {
	const end = `(?![_a-zA-Z0-9])`
	rules := c.Rules{
		"root": {
			rule(`\s+`, c.Text),
			rule(`\{%(?s:.*?)%\}`, c.CommentMultiline),
			rule(`%.*$`, c.CommentSingle),
			rule(`(\.\.\.)(.*?)$`, c.ByGroups(c.Keyword, c.Comment)),
			rule(`^(!)(.*?)(?=%|$)`, c.ByGroups(c.Keyword, c.UsingSelf("shell-root"))),
			rule(anyOf("arguments break case catch classdef continue else elseif end for function global if import methods otherwise "+
				"parfor persistent properties return spmd switch try while")+end, c.Keyword),
			rule(anyOf(matlabWords)+end, c.NameBuiltin),
			rule(`[a-zA-Z][_a-zA-Z0-9]*`, c.Name),
			rule(`[(){};:,/\\\]\[]`, c.Punctuation),
			rule(`~=|==|<<|>>|[-~+/*%=<>&^|.@]`, c.Operator),
			rule(`(?:\d+\.\d*|\d*\.\d+)(?:[eE][+-]?[0-9]+)?|\d+[eE][+-]?[0-9]+`, c.LiteralNumberFloat),
			rule(`\d+L`, c.LiteralNumberIntegerLong),
			rule(`\d+`, c.LiteralNumberInteger),
			rule(`'(?=.*')`, c.LiteralStringSingle, c.Push("single")),
			rule(`"(?=.*")`, c.LiteralStringDouble, c.Push("double")),
			rule(`'`, c.Operator),
		},
		"single": {
			rule(`[^']+`, c.LiteralStringSingle),
			rule(`''`, c.LiteralStringEscape),
			rule(`'`, c.LiteralStringSingle, c.Pop(1)),
		},
		"double": {
			rule(`[^"]+`, c.LiteralStringDouble),
			rule(`""`, c.LiteralStringEscape),
			rule(`"`, c.LiteralStringDouble, c.Pop(1)),
		},
	}
	embed(rules, "shell-", shellRules())
	return rules
}
