package lexers

import c "github.com/alecthomas/chroma/v2"

// nixRules classify Nix. A line's end in a string or a comment is an error.
func nixRules() c.Rules {
	const word = `[a-zA-Z0-9._-]+`
	hole := rule(`\$\{`, c.LiteralStringInterpol, c.Push("hole"))
	until := func(end string) []c.Rule { return []c.Rule{c.Include("root"), rule(end, c.Punctuation, c.Pop(1))} }
	return c.Rules{
		"root": {
			rule(`\s+`, c.Text),
			rule(`#.*$`, c.Comment),
			rule(`/\*`, c.Comment, c.Push("comment")),
			rule(`true|false|null`, c.KeywordConstant),
			rule(`[0-9]`, c.LiteralNumberInteger),
			rule(`(?:/`+word+`)+|~(?:/`+word+`)+|`+word+`(?:/`+word+`)+|[a-z+]+://(?:/?`+word+`(?:/`+word+`)+)`, c.LiteralStringOther),
			rule(`"`, c.LiteralStringDouble, c.Push("double")),
			rule(`''`, c.LiteralStringDouble, c.Push("indented")),
			rule(anyOf("with in inherit")+`\b`, c.KeywordNamespace),
			rule(`let\b`, c.KeywordDeclaration),
			rule(anyOf("if then else")+`\b`, c.Keyword),
			rule(anyOf("rec assert map abort baseNameOf builtins derivation fetchTarball import isNull removeAttrs throw toString")+`\b`,
				c.KeywordReserved),
			rule(`[.?+*<>/!=-]|==|&&|\|\||@`, c.Operator),
			rule(`[$;,:]`, c.Punctuation),
			rule(`[a-zA-Z_][a-zA-Z0-9-]*`, c.NameVariable),
			rule(`\(`, c.Punctuation, c.Push("parentheses")),
			rule(`\{`, c.Punctuation, c.Push("set")),
			rule(`\[`, c.Punctuation, c.Push("list")),
		},
		"comment": {
			rule(`\*/`, c.Comment, c.Pop(1)),
			rule(`.`, c.Comment),
		},
		"double": {
			rule(`\\.|\$\$`, c.LiteralStringEscape),
			hole,
			rule(`"`, c.LiteralStringDouble, c.Pop(1)),
			rule(`.`, c.LiteralStringDouble),
		},
		"indented": {
			rule(`'''|''\$|\$\$|''\\.`, c.LiteralStringEscape),
			hole,
			rule(`''`, c.LiteralStringDouble, c.Pop(1)),
			rule(`.`, c.LiteralStringDouble),
		},
		"hole":        {c.Include("root"), rule(`\}`, c.LiteralStringInterpol, c.Pop(1))},
		"parentheses": until(`\)`),
		"set":         until(`\}`),
		"list":        until(`\]`),
	}
}
