package lexers

import c "github.com/alecthomas/chroma/v2"

// texRules classify TeX and LaTeX, formulas apart.
func texRules() c.Rules {
	const command = `\\(?:[a-zA-Z]+|\s+|.)`
	return c.Rules{
		"general": {
			rule(`%.*$`, c.Comment),
			rule(`[{}&_^]`, c.Punctuation),
		},
		"root": {
			rule(`\\\[|\$\$`, c.Punctuation, c.Push("display")),
			rule(`\\\(|\$`, c.Punctuation, c.Push("inline")),
			rule(`\\(?:begin|end)\{.*?\}`, c.NameTag),
			rule(`(\\verb)\b(\S)(.*?)(\2)`, c.ByGroups(c.NameBuiltin, c.KeywordPseudo, c.LiteralStringOther, c.KeywordPseudo)),
			rule(command, c.Keyword, c.Push("command")),
			c.Include("general"),
			rule(`[^\\$%&_^{}]+`, c.Text),
		},
		"command": {
			rule(`\[.*?\]`, c.NameAttribute),
			rule(`\*`, c.Keyword),
			c.Default(c.Pop(1)),
		},
		"math": {
			rule(command, c.NameVariable),
			c.Include("general"),
			rule(`[0-9]+`, c.LiteralNumber),
			rule(`[-=!+*/()\[\]]`, c.Operator),
			rule(`[^=!+*/()\[\]\\$%&_^{}0-9-]+`, c.NameBuiltin),
		},
		"inline": {
			rule(`\\\)|\$`, c.Punctuation, c.Pop(1)),
			c.Include("math"),
		},
		"display": {
			rule(`\\\]|\$\$`, c.Punctuation, c.Pop(1)),
			rule(`\$`, c.NameBuiltin),
			c.Include("math"),
		},
	}
}
