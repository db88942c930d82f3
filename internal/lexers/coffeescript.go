package lexers

import c "github.com/alecthomas/chroma/v2"

// coffeescriptRules classify CoffeeScript. Behind operators and words a / may
// begin a regular expression.
func coffeescriptRules() c.Rules {
	const name, end = `[$a-zA-Z_][a-zA-Z0-9_]*`, `(?![a-zA-Z0-9_])`
	const regex = `/(?:\\.|[^\[/\\\n]|\[(?:\\.|[^\]\\\n])*\])+/(?:[gimy]+\b|\B)`
	quoted := func(mark string, others ...c.Rule) []c.Rule {
		return append(append([]c.Rule{rule(mark, c.LiteralString, c.Pop(1))}, others...), c.Include("text"))
	}
	hole := c.Include("interpolations")
	return c.Rules{
		"comments": {
			rule(`###[^#](?s:.*?)###`, c.CommentMultiline),
			rule(`#.*$`, c.CommentSingle),
		},
		"root": {
			rule(`^(?=\s|///|`+regex+`)`, nil, c.Push("operand")),
			c.Include("comments"),
			rule(`\s+`, c.Text),
			rule("\\+\\+|--|~|&&|(?:and|or|is|isnt|not|in|of)\\b|[?:]|=|\\|\\||\\\\(?=\\n)|(?:<<|>>>?|==?|!=?|[-<>+*`%&|^/])=?", c.Operator, c.Push("operand")),
			rule(`[-=]>`, c.NameFunction),
			rule(`(@)([ \t]*)(`+name+`)`, c.ByGroups(c.NameVariableInstance, c.Text, c.NameAttribute), c.Push("operand")),
			rule(`(\.)([ \t]*)(`+name+`)`, c.ByGroups(c.Punctuation, c.Text, c.NameAttribute), c.Push("operand")),
			rule(name+`(?=\s*:)`, c.NameAttribute, c.Push("operand")),
			rule(anyOf("for by while until loop break continue return switch when then if else do yield throw try catch finally await "+
				"new delete typeof instanceof super extends this class import export debugger")+end, c.Keyword, c.Push("operand")),
			rule(anyOf("true false yes no on off null NaN Infinity undefined")+end, c.NameConstant, c.Push("operand")),
			rule(anyOf("Array Boolean Date Error Function Math netscape Number Object Packages RegExp String sun decodeURI "+
				"decodeURIComponent encodeURI encodeURIComponent eval isFinite isNaN parseFloat parseInt document window")+end,
				c.NameBuiltin, c.Push("operand")),
			rule(name, c.NameOther, c.Push("operand")),
			rule(`[{(\[;,]`, c.Punctuation, c.Push("operand")),
			rule(`[})\].]`, c.Punctuation),
			rule(`\d+\.\d+(?:[eE]\d+)?[fd]?`, c.LiteralNumberFloat),
			rule(`0x[0-9a-fA-F]+`, c.LiteralNumberHex),
			rule(`\d+`, c.LiteralNumberInteger),
			rule(`"""`, c.LiteralString, c.Push("double-lines")),
			rule(`'''`, c.LiteralString, c.Push("single-lines")),
			rule(`"`, c.LiteralString, c.Push("double")),
			rule(`'`, c.LiteralString, c.Push("single")),
		},
		"operand": {
			c.Include("comments"),
			rule(`\s+`, c.Text),
			rule(`///`, c.LiteralStringRegex, c.Pop(1), c.Push("regex")),
			rule(regex, c.LiteralStringRegex, c.Pop(1)),
			c.Default(c.Pop(1)),
		},
		"regex": {
			rule(`///(?:[gimy]+\b|\B)`, c.LiteralStringRegex, c.Pop(1)),
			rule(`^#(?!\{).*$`, c.CommentSingle),
			rule(`(\s+)(#(?!\{).*)$`, c.ByGroups(c.Text, c.CommentSingle)),
			hole,
			c.Include("comments"),
			rule(`\s+`, c.Text),
			c.Include("escape"),
			rule(`\\\D`, c.LiteralStringEscape),
			rule(`\\\d+`, c.NameVariable),
			rule(`(?s:.)`, c.LiteralStringRegex),
		},
		"escape":         {rule(`\\(?:c[A-Z]|x\h{2}|u\h{4}|u\{\h{4}\})`, c.LiteralStringEscape)},
		"interpolations": {rule(`#\{`, c.LiteralStringInterpol, c.Push("interpolation"))},
		"interpolation": {
			rule(`\}`, c.LiteralStringInterpol, c.Pop(1)),
			c.Include("root"),
		},
		"text": {
			rule(`[^#\\'"]+`, c.LiteralString),
			c.Include("escape"),
			rule(`\\.`, c.LiteralStringEscape),
			rule(`#`, c.LiteralString),
		},
		"double":       quoted(`"`, rule(`'`, c.LiteralString), hole),
		"single":       quoted(`'`, rule(`"`, c.LiteralString)),
		"double-lines": quoted(`"""`, rule(`['"]`, c.LiteralString), hole),
		"single-lines": quoted(`'''`, rule(`['"]`, c.LiteralString)),
	}
}
