package lexers

import c "github.com/alecthomas/chroma/v2"

// awkRules classify awk's programs.
func awkRules() c.Rules {
	const end = `(?![a-zA-Z0-9_])`
	return c.Rules{
		"space": {
			rule(`\s+`, c.Text),
			rule(`#.*?$`, c.CommentSingle),
		},
		"expression": {
			c.Include("space"),
			rule(`/`, c.LiteralStringRegex, c.Pop(1), c.Push("regex")),
			c.Default(c.Pop(1)),
		},
		"regex": {
			rule(`/`, c.LiteralStringRegex, c.Pop(1)),
			rule(`[^/]?\n`, c.Error, c.Pop(1)),
			rule(`\[\^?`, c.LiteralStringEscape, c.Push("class")),
			rule(`\\.|\(\?[:=<!]|\{[\d,]+\}|[()?]`, c.LiteralStringEscape),
			rule(`.`, c.LiteralStringRegex),
		},
		"class": {
			rule(`/`, c.LiteralStringEscape),
			rule(`[^/]\n`, c.Error, c.Pop(2)),
			rule(`\]`, c.LiteralStringEscape, c.Pop(1)),
			rule(`\\.`, c.LiteralStringEscape),
			rule(`.`, c.LiteralStringRegex),
		},
		"root": {
			c.Include("space"),
			rule(`[-<>+*/%^!=]=?|in\b|\+\+|--|\||&&|~!?`, c.Operator, c.Push("expression")),
			rule(`[(\[,]`, c.Punctuation, c.Push("expression")),
			rule(`[;{}]`, c.Punctuation, c.Push("statement")),
			rule(`[)\].]`, c.Punctuation),
			rule(`\?`, c.Punctuation, c.Push("ternary", "expression")),
			rule(anyOf("if else while for do break continue return next nextfile delete exit print printf getline")+end, c.Keyword, c.Push("expression")),
			rule(`function`+end, c.KeywordDeclaration, c.Push("expression")),
			rule(`(?:BEGIN|END)`+end, c.KeywordReserved),
			rule(anyOf("CONVFMT FS NF NR FNR FILENAME RS OFS ORS OFMT SUBSEP ARGC ARGV ENVIRON")+end, c.KeywordConstant),
			rule(anyOf("exp log sqrt sin cos atan2 length rand srand int substr index match split sub gsub sprintf system tolower "+
				"toupper")+end, c.NameBuiltin),
			rule(`\$[a-zA-Z0-9_]*`, c.NameVariable),
			rule(`[a-zA-Z_][a-zA-Z0-9_]*`, c.NameOther),
			rule(`[0-9]+\.[0-9]+`, c.LiteralNumberFloat),
			rule(`[0-9]+`, c.LiteralNumberInteger),
			rule(quoted(`"`), c.LiteralStringDouble),
			rule(`:`, c.Punctuation),
		},
		"statement": {
			rule(`[{}]`, c.Punctuation),
			c.Include("expression"),
		},
		"ternary": {
			rule(`:`, c.Punctuation, c.Pop(1), c.Push("expression")),
			c.Include("root"),
		},
	}
}
