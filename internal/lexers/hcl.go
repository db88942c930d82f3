package lexers

import c "github.com/alecthomas/chroma/v2"

// hclRules classify HashiCorp's configuration language, which has no keywords
// without a product that gives it some.
func hclRules() c.Rules { return hclFamily(`[^\w\W]`, `[^\w\W]`) }

// hclFamily are the rules of HCL with the patterns of a product's keywords
// and declarations.
func hclFamily(keywords, declarations string) c.Rules {
	const end = `(?![a-zA-Z0-9_])`
	return c.Rules{
		"space": {
			rule(`\s+`, c.Text),
			rule(`//.*?$|#.*?$`, c.CommentSingle),
			rule(`/\*(?s:.*?)(?:\*/|\z)`, c.CommentMultiline),
		},
		"literals": {
			rule(`[0-9]+\.[0-9]+(?:[eE][0-9]+)?[fd]?(?:[kKmMgG]b?)?`, c.LiteralNumberFloat),
			rule(`[0-9]+(?:[kKmMgG]b?)?`, c.LiteralNumberInteger),
			rule(`"`, c.LiteralStringDouble, c.Push("double")),
			rule(`'`, c.LiteralStringSingle, c.Push("single")),
			rule(`(<<-?)(\s*)('?)(\\?)((?>\w+))(\3)([^\n]*\n(?:[^\n]*\n)*?)(\s*\5\s*\n)`, c.ByGroups(c.Operator, c.Text,
				c.LiteralStringHeredoc, c.LiteralStringHeredoc, c.NameConstant, c.LiteralStringHeredoc, c.LiteralStringHeredoc,
				c.NameConstant)),
			rule(`(<<-?)(\s*)('?)(\\?)((?>\w+))(\3)((?s:.*))`, c.ByGroups(c.Operator, c.Text, c.LiteralStringHeredoc,
				c.LiteralStringHeredoc, c.NameConstant, c.LiteralStringHeredoc, c.LiteralStringHeredoc)),
		},
		"root": {
			c.Include("space"),
			c.Include("literals"),
			rule(`\{`, c.Punctuation, c.Push("object")),
			rule(`\[`, c.Punctuation, c.Push("list")),
			rule(keywords+end, c.Keyword, c.Push("block")),
			rule(declarations+end, c.KeywordDeclaration, c.Push("block")),
			rule(`(?:true|false|null)`+end, c.KeywordConstant),
			rule(`[$a-zA-Z_]\w*`, c.NameOther, c.Push("block")),
		},
		"block": {
			c.Include("space"),
			rule(`\{`, c.Punctuation, c.Pop(1), c.Push("object")),
			rule(`\[`, c.Punctuation, c.Pop(1), c.Push("list")),
			c.Include("root"),
			c.Default(c.Pop(1)),
		},
		"object": {
			c.Include("space"),
			rule(`=`, c.Punctuation),
			rule(`\}`, c.Punctuation, c.Pop(1)),
			c.Include("root"),
		},
		"list": {
			c.Include("space"),
			rule(`,`, c.Punctuation),
			rule(`\]`, c.Punctuation, c.Pop(1)),
			c.Include("root"),
		},
		"double": {
			rule(`[^\\"]+`, c.LiteralStringDouble),
			rule(`\\"`, c.LiteralStringEscape),
			rule(`"`, c.LiteralStringDouble, c.Pop(1)),
		},
		"single": {
			rule(`[^\\']+`, c.LiteralStringSingle),
			rule(`\\'`, c.LiteralStringEscape),
			rule(`'`, c.LiteralStringSingle, c.Pop(1)),
		},
	}
}
