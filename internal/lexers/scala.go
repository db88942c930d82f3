package lexers

import c "github.com/alecthomas/chroma/v2"

// scalaRules classify Scala, whose names may be of signs.
func scalaRules() c.Rules {
	const sign = `(?:(?![\p{Z}\t\n\v\f\r\x85]|[\p{L}$_]|[0-9]|[(){}\[\]]|[‘’".;,])[\u0020-\u007F\p{Sm}\p{So}])`
	const name = `(?:[\p{L}$_][\p{L}$_0-9]*(?:(?<=_)` + sign + `+)?)`
	const any = `(?:` + name + `|` + sign + "+|`[^`]+`)"
	const chunk = `(?:` + name + `|` + sign + "+`[^`]+`)"
	const chunks = chunk + `(?:\.` + chunk + `)*`
	return c.Rules{
		"root": {
			rule(`(class|trait|object)(\s+)`, c.ByGroups(c.Keyword, c.Text), c.Push("class")),
			rule(`'`+name+`(?!')`, c.LiteralStringSymbol),
			rule(`[^\S\n]+`, c.Text),
			rule(`//.*`, c.CommentSingle),
			rule(`/\*`, c.CommentMultiline, c.Push("comment")),
			rule(`@`+name, c.NameDecorator),
			rule(`(def)(\s+)(`+any+`)(\s*)`, c.ByGroups(c.Keyword, c.Text, c.NameFunction, c.Text)),
			rule(`(val)(\s+)(`+any+`)(\s*)`, c.ByGroups(c.Keyword, c.Text, c.NameVariable, c.Text)),
			rule(`(this)(\n*)(\.)(`+name+`)`, c.ByGroups(c.Keyword, c.Text, c.Operator, c.NameProperty)),
			rule(`(`+name+`|_)(\n*)(\.)(`+name+`)`, c.ByGroups(c.NameVariable, c.Text, c.Operator, c.NameProperty)),
			rule(`[\p{Lu}$_]`+name+`\b`, c.NameClass),
			rule(`(`+name+`)([\p{Z}\s]*)(\()`, c.ByGroups(c.NameFunction, c.Text, c.Operator)),
			rule(`(\.)(`+name+`)`, c.ByGroups(c.Operator, c.NameProperty)),
			rule(anyOf(`abstract case catch def do else extends final finally for forSome if implicit lazy match new override private
protected requires return sealed super this throw try val var while with yield`)+`\b|(?:<[%:-]|=>|>:|[#=@_⇒←])(?:\b|(?=\s)|$)`, c.Keyword),
			rule(`:(?!`+sign+`)`, c.Keyword, c.Push("type")),
			rule(`(?:true|false|null)\b`, c.KeywordConstant),
			rule(`(import|package)(\s+)`, c.ByGroups(c.Keyword, c.Text), c.Push("import")),
			rule(`(type)(\s+)`, c.ByGroups(c.Keyword, c.Text), c.Push("type")),
			rule(`"""(?s:.*?)"""(?!")`, c.LiteralString),
			rule(`"(?>(?:[^"\\]+|\\["\\]?){0,2000})"`, c.LiteralString),
			rule(`'\\.'|'[^\\]'|'\\u\h{4}'`, c.LiteralStringChar),
			rule(name, c.Name),
			rule("`[^`]+`", c.Name),
			rule(`\[`, c.Operator, c.Push("parameters")),
			rule(`[(){};,.#]|`+sign+`+`, c.Operator),
			rule(`(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fFdD]?|[0-9]+[fFdD]`, c.LiteralNumberFloat),
			rule(`0x\h+`, c.LiteralNumberHex),
			rule(`[0-9]+L?`, c.LiteralNumberInteger),
			rule(`\n`, c.Text),
		},
		"class": {
			rule(`(`+any+`)(\s*)(\[)`, c.ByGroups(c.NameClass, c.Text, c.Operator), c.Push("parameters")),
			rule(`\s+`, c.Text),
			rule(`[{(]`, c.Operator, c.Pop(1)),
			rule(`//.*`, c.CommentSingle, c.Pop(1)),
			rule(any, c.NameClass, c.Pop(1)),
		},
		"type": {
			rule(`\s+`, c.Text),
			rule(`<[%:]|>:|[#_⇒]|forSome|type`, c.Keyword),
			rule(`([,);}]|=>|=)(\s*)`, c.ByGroups(c.Operator, c.Text), c.Pop(1)),
			rule(`[({]`, c.Operator, c.Push()),
			rule(`(`+chunks+`)(\s*)(\[)`, c.ByGroups(c.KeywordType, c.Text, c.Operator), c.Pop(1), c.Push("parameters")),
			rule(`(`+chunks+`)(\s*)$`, c.ByGroups(c.KeywordType, c.Text), c.Pop(1)),
			rule(`//.*`, c.CommentSingle, c.Pop(1)),
			rule(`\.|`+any, c.KeywordType),
		},
		"parameters": {
			rule(`[\s,]+`, c.Text),
			rule(`<[%:]|=>|>:|[#_⇒]|forSome|type`, c.Keyword),
			rule(`[\])}]`, c.Operator, c.Pop(1)),
			rule(`[(\[{]`, c.Operator, c.Push()),
			rule(`\.|`+any, c.KeywordType),
		},
		"comment": {
			rule(`[^/*]+`, c.CommentMultiline),
			rule(`/\*`, c.CommentMultiline, c.Push()),
			rule(`\*/`, c.CommentMultiline, c.Pop(1)),
			rule(`[*/]`, c.CommentMultiline),
		},
		"import": {rule(`(?:`+name+`|\.)+`, c.NameNamespace, c.Pop(1))},
	}
}
