package lexers

import c "github.com/alecthomas/chroma/v2"

// haskellRules classify Haskell. What comes behind import and module are
// names of modules and lists of functions.
func haskellRules() c.Rules {
	const signs = `[:!#$%&*+.\\/<=>?@^|~-]`
	const end = `(?![\w'])`
	nested := func(class c.TokenType) []c.Rule {
		return []c.Rule{
			rule(`-\}`, class, c.Pop(1)),
			rule(`\{-`, class, c.Push("comment")),
			rule(`[^-{}]+|[-{}]`, class),
		}
	}
	return c.Rules{
		"space": {
			rule(`\s+`, c.Text),
			rule(`\{-#`, c.CommentPreproc, c.Push("pragma")),
			rule(`\{-`, c.CommentMultiline, c.Push("comment")),
			rule(`^--\s+\|.*?$`, docComment),
			rule(`--(?![!#$%&*+./<=>?@^|_~]).*?$`, c.CommentSingle),
		},
		"comment": nested(c.CommentMultiline),
		"pragma":  nested(c.CommentPreproc),
		"root": {
			c.Include("space"),
			rule(`'(?=(?:.|\\\S+)')`, c.LiteralStringChar, c.Push("character")),
			rule(`"`, c.LiteralString, c.Push("string")),
			rule(`\d+[eE][+-]?\d+|\d+\.\d+(?:[eE][+-]?\d+)?`, c.LiteralNumberFloat),
			rule(`0[oO][0-7]+`, c.LiteralNumberOct),
			rule(`0[xX]\h+`, c.LiteralNumberHex),
			rule(`\d+`, c.LiteralNumberInteger),
			rule(`import`+end, c.KeywordReserved, c.Push("import")),
			rule(`module`+end, c.KeywordReserved, c.Push("module")),
			rule(anyOf("_ case class data default deriving do else if in infix infixl infixr instance let newtype of then type where")+end,
				c.KeywordReserved),
			rule(`'?[A-Z][\w']*`, c.KeywordType),
			rule(`[\w']+`, c.Name),
			rule(`\\(?!`+signs+`+)`, c.NameFunction),
			rule(`(?:<-|::|->|=>|=)(?!`+signs+`+)`, c.Operator),
			rule(signs+`+`, c.Operator),
			rule(`\[\s*\]`, c.KeywordType),
			rule(`\(\s*\)`, c.NameBuiltin),
			rule(`(\[)([_a-z][\w']*)(\|)`, c.ByGroups(c.Operator, c.Name, c.Operator), c.Push("quotation")),
			rule("[\\[\\](),;`{}]", c.Punctuation),
		},
		"import": {
			rule(`\s+`, c.Text),
			rule(`"`, c.LiteralString, c.Push("string")),
			rule(`qualified\b`, c.Keyword),
			rule(`([A-Z][\w.]*)(\s+)(as)(\s+)([A-Z][\w.]*)`, c.ByGroups(c.NameNamespace, c.Text, c.Keyword, c.Text, c.Name), c.Pop(1)),
			rule(`([A-Z][\w.]*)(\s+)(hiding)(\s+)(\()`, c.ByGroups(c.NameNamespace, c.Text, c.Keyword, c.Text, c.Punctuation),
				c.Pop(1), c.Push("functions")),
			rule(`([A-Z][\w.]*)(\s+)(\()`, c.ByGroups(c.NameNamespace, c.Text, c.Punctuation), c.Pop(1), c.Push("functions")),
			rule(`[\w.]+`, c.NameNamespace, c.Pop(1)),
		},
		"module": {
			rule(`\s+`, c.Text),
			rule(`([A-Z][\w.]*)(\s+)(\()`, c.ByGroups(c.NameNamespace, c.Text, c.Punctuation), c.Push("functions")),
			rule(`where\b`, c.KeywordReserved, c.Pop(1)),
			rule(`[A-Z][\w.]*`, c.NameNamespace, c.Pop(1)),
		},
		"functions": {
			c.Include("space"),
			rule(`[A-Z]\w*`, c.KeywordType),
			rule(`_[\w']+|[a-z][\w']*`, c.NameFunction),
			rule(`,`, c.Punctuation),
			rule(signs+`+`, c.Operator),
			rule(`\(`, c.Punctuation, c.Push()),
			rule(`\)`, c.Punctuation, c.Pop(1)),
		},
		"character": {
			rule(`\\`, c.LiteralStringEscape, c.Pop(1), c.Push("character end", "escape")),
			rule(`.`, c.LiteralStringChar, c.Pop(1), c.Push("character end")),
		},
		"character end": {
			rule(`'`, c.LiteralStringChar, c.Pop(1)),
			rule(`.`, c.Error, c.Pop(1)),
		},
		"quotation": {
			rule(`\|\]`, c.Operator, c.Pop(1)),
			rule(`[^|]+|\|`, c.Text),
		},
		"string": {
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(`\\`, c.LiteralStringEscape, c.Push("escape")),
			rule(`[^\\"]+`, c.LiteralString),
		},
		"escape": {
			rule(`[abfnrtv"'&\\]|\^[\]\[A-Z@^_]|`+anyOf(`NUL SOH [SE]TX EOT ENQ ACK BEL BS HT LF VT FF CR S[OI] DLE DC[1-4] NAK SYN ETB
CAN EM SUB ESC [FGRU]S SP DEL`)+`|[oO][0-7]+|[xX]\h+|\d+|\s+\\`, c.LiteralStringEscape, c.Pop(1)),
		},
	}
}
