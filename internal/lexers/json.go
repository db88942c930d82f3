package lexers

import c "github.com/alecthomas/chroma/v2"

// jsonRules classify JSON; the keys of objects are labels.
func jsonRules() c.Rules {
	return c.Rules{
		"root": {
			c.Include("name"),
			c.Include("value"),
			rule(`[\]}]`, c.Punctuation),
		},
		"object": {
			c.Include("name"),
			c.Include("value"),
			rule(`\}`, c.Punctuation, c.Pop(1)),
			rule(`,`, c.Punctuation),
		},
		"array": {
			c.Include("value"),
			rule(`\]`, c.Punctuation, c.Pop(1)),
			rule(`,`, c.Punctuation),
		},
		"name": {
			rule(`("(?:\\.|[^"\\\n])*?")(\s*)(:)`, c.ByGroups(c.NameLabel, c.TextWhitespace, c.Punctuation)),
		},
		"value": {
			rule(`\s+`, c.TextWhitespace),
			rule(`true|false|null`, c.KeywordConstant),
			rule(`-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][+-]?[0-9]+)?`, c.LiteralNumberFloat),
			rule(`-?(?:0|[1-9][0-9]*)(?:[eE][+-]?[0-9]+)?`, c.LiteralNumberInteger),
			rule(`"`, c.LiteralStringDouble, c.Push("string")),
			rule(`\[`, c.Punctuation, c.Push("array")),
			rule(`\{`, c.Punctuation, c.Push("object")),
		},
		"string": {
			rule(`[^\\"]+`, c.LiteralStringDouble),
			rule(`\\.`, c.LiteralStringEscape),
			rule(`"`, c.LiteralStringDouble, c.Pop(1)),
		},
	}
}
