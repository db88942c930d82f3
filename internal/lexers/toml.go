package lexers

import c "github.com/alecthomas/chroma/v2"

// tomlRules classify TOML. Any word before an equals sign is a key; of a table
// of its own in braces it is a namespace, as a heading is.
func tomlRules() c.Rules {
	// A key's \S+ is tried only where an equals sign comes within or after it.
	const key = `((?:(?=(?>[^\s=]*\s*)=)\S+|"[^"]+"|'[^']+'))(\s*)`
	const digits = `\d+(?:_\d+)*`
	return c.Rules{
		"basic": {
			rule(`\s+`, c.Text),
			rule(`#.*?$`, c.Comment),
			rule(`true|false`, c.KeywordConstant),
			rule(key+`(=)(\s*)(\{)`, c.ByGroups(c.NameNamespace, c.Text, c.Operator, c.Text, c.Punctuation), c.Push("inline")),
			rule(`(?=(?>\[[^\s\]]*)\])\[\S+\]`, c.NameNamespace),
			rule(`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z`, c.LiteralDate),
			rule(`[+-]?`+digits+`(?:\.`+digits+`(?:[eE][+-]?`+digits+`)?|[eE][+-]?`+digits+`)`, c.LiteralNumberFloat),
			rule(`[+-]?(?:nan|inf)`, c.LiteralNumberFloat),
			rule(`0x\h+(?:_\h+)*`, c.LiteralNumberHex),
			rule(`0o[0-7]+(?:_[0-7]+)*`, c.LiteralNumberOct),
			rule(`0b[01]+(?:_[01]+)*`, c.LiteralNumberBin),
			rule(`[+-]?`+digits, c.LiteralNumberInteger),
		},
		"root": {
			c.Include("basic"),
			rule(key+`(=)`, c.ByGroups(c.NameProperty, c.Text, c.Punctuation), c.Push("value")),
		},
		"value": {
			rule(`\n`, c.Text, c.Pop(1)),
			c.Include("content"),
		},
		"content": {
			c.Include("basic"),
			rule(key+`(=)`, c.ByGroups(c.NameProperty, c.Text, c.Punctuation)),
			rule(`"""`, c.LiteralString, c.Push("lines")),
			rule(`"`, c.LiteralString, c.Push("double")),
			rule(`'''`, c.LiteralString, c.Push("literal-lines")),
			rule(`'`, c.LiteralString, c.Push("literal")),
			c.Include("escape"),
			rule(`,`, c.Punctuation),
			rule(`\[`, c.Punctuation, c.Push("array")),
		},
		"escape": {rule(`\\[0t\tn\n "\\r]`, c.LiteralStringEscape)},
		"double": {
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(`\n`, c.Error, c.Pop(1)),
			c.Include("escape"),
			rule(`[^\\"\n]+`, c.LiteralString),
		},
		"lines": {
			rule(`"""`, c.LiteralString, c.Pop(1)),
			c.Include("escape"),
			rule(`[^\\"]+|"+`, c.LiteralString),
		},
		"literal": {
			rule(`'`, c.LiteralString, c.Pop(1)),
			rule(`\n`, c.Error, c.Pop(1)),
			rule(`[^'\n]+`, c.LiteralString),
		},
		"literal-lines": {
			rule(`'''`, c.LiteralString, c.Pop(1)),
			rule(`[^']+|'+`, c.LiteralString),
		},
		"array": {
			c.Include("content"),
			rule(`\]`, c.Punctuation, c.Pop(1)),
		},
		"inline": {
			c.Include("content"),
			rule(`\}`, c.Punctuation, c.Pop(1)),
		},
	}
}
