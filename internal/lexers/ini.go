package lexers

import c "github.com/alecthomas/chroma/v2"

// iniRules classify INI files. What is after an equals sign is a string up to
// the end of its line; a line without one is an error.
func iniRules() c.Rules {
	return c.Rules{
		"basic": {
			rule(`[;#].*?\n`, c.Comment),
			rule(`\s+`, c.Text),
			rule(`\\\n`, c.LiteralStringEscape),
		},
		"root": {
			c.Include("basic"),
			rule(`((?>[\w.-]+))(\s*)(=)`, c.ByGroups(c.NameProperty, c.Text, c.Punctuation), c.Push("value")),
			rule(`\[.*?\]`, c.NameNamespace),
		},
		"value": {
			rule(`\n`, c.Text, c.Pop(1)),
			c.Include("basic"),
			rule(`"`, c.LiteralString, c.Push("quoted")),
			rule(`'.*?'`, c.LiteralString),
			rule(`\\(?s:.)`, c.LiteralStringEscape),
			rule(`[^\\\n]+`, c.LiteralString),
		},
		"quoted": {
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(`\\(?s:.)`, c.LiteralStringEscape),
			rule(`[^\\"]+`, c.LiteralString),
		},
	}
}
