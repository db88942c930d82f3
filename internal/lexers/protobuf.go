package lexers

import c "github.com/alecthomas/chroma/v2"

// protobufRules classify Protocol Buffers.
func protobufRules() c.Rules {
	const name = `[a-zA-Z_]\w*`
	return c.Rules{
		"root": {
			rule(`\s+`, c.Text),
			rule(`[,;{}\[\]()]`, c.Punctuation),
			rule(`/(?:\\\n)?/(?:$|(?s:.*?)[^\\]$)`, c.CommentSingle),
			rule(`/(?:\\\n)?\*(?s:.*?)\*(?:\\\n)?/`, c.CommentMultiline),
			rule(anyOf("ctype default extensions import max oneof option optional packed repeated required returns rpc to")+`\b`, c.Keyword),
			rule(anyOf("bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string uint32 uint64")+`\b`,
				c.KeywordType),
			rule(`true|false`, c.KeywordConstant),
			rule(`(package)(\s+)`, c.ByGroups(c.KeywordNamespace, c.Text), c.Push("package")),
			rule(`(message|extend)(\s+)`, c.ByGroups(c.KeywordDeclaration, c.Text), c.Push("message")),
			rule(`(enum|group|service)(\s+)`, c.ByGroups(c.KeywordDeclaration, c.Text), c.Push("type")),
			rule(`".*?"|'.*?'`, c.LiteralString),
			rule(`(?:\d+\.\d*|\.\d+|\d+)[eE][+-]?\d+[LlUu]*|(?:\d+\.\d*|\.\d+|\d+[fF])[fF]?|-?(?:inf|nan)\b`, c.LiteralNumberFloat),
			rule(`0x\h+[LlUu]*`, c.LiteralNumberHex),
			rule(`0[0-7]+[LlUu]*`, c.LiteralNumberOct),
			rule(`\d+[LlUu]*`, c.LiteralNumberInteger),
			rule(`[+-=]`, c.Operator),
			rule(`([a-zA-Z_][\w.]*)([ \t]*)(=)`, c.ByGroups(c.NameAttribute, c.Text, c.Operator)),
			rule(`[a-zA-Z_][\w.]*`, c.Name),
		},
		"package": {rule(name, c.NameNamespace, c.Pop(1)), c.Default(c.Pop(1))},
		"message": {rule(name, c.NameClass, c.Pop(1)), c.Default(c.Pop(1))},
		"type":    {rule(name, c.Name, c.Pop(1)), c.Default(c.Pop(1))},
	}
}
