package lexers

import c "github.com/alecthomas/chroma/v2"

// javaRules classify Java. A name behind words and before a parenthesis is a
// method's; what stands before it is looked at by itself.
func javaRules() c.Rules {
	const name = `[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}\p{Pc}]*`
	// Digits may have underscores between them.
	digits := func(set string) string { return `(?:[` + set + `](?:_+[` + set + `])?)+` }
	return c.Rules{
		"root": {
			rule(`[^\S\n]+`, c.Text),
			rule(`//.*?$`, c.CommentSingle),
			rule(`/\*(?s:.*?)\*/`, c.CommentMultiline),
			rule(anyOf("assert break case catch continue default do else finally for if goto instanceof new return switch "+
				"this throw try while")+`\b`, c.Keyword),
			rule(`(?=(?>[\w.\[\]<>\s]{1,2000})\()(\s*(?:[a-zA-Z_][\w.\[\]<>]*\s+){1,60}?)([a-zA-Z_]\w*)(\s*)(\()`, c.ByGroups(c.UsingSelf("root"),
				c.NameFunction, c.Text, c.Operator)),
			rule(`@`+name, c.NameDecorator),
			rule(anyOf("abstract const enum extends final implements native private protected public static strictfp super "+
				"synchronized throws transient volatile")+`\b`, c.KeywordDeclaration),
			rule(anyOf("boolean byte char double float int long short var void")+`\b`, c.KeywordType),
			rule(`(?:true|false|null)\b`, c.KeywordConstant),
			rule(`(?:class|interface)\b`, c.KeywordDeclaration, c.Push("class")),
			rule(`(?:import|package)\b`, c.KeywordNamespace, c.Push("import")),
			rule(`"(?>(?:[^"\\]+|\\["\\]?){0,2000})"`, c.LiteralString),
			rule(`'(?:\\.|[^\\]|\\u[0-9a-f]{4})'`, c.LiteralStringChar),
			rule(`(\.)(`+name+`)`, c.ByGroups(c.Operator, c.NameAttribute)),
			rule(name+`:`, c.NameLabel),
			rule(`\p{Lu}[\p{Lu}\p{Nd}_]*\b`, c.NameConstant),
			rule(`\p{Lu}[\p{L}\p{M}\p{N}]*\b`, c.NameClass),
			rule(`\$?`+name, c.Name),
			rule(`[~^*!%&\[\](){}<>|+=:;,./?-]`, c.Operator),
			rule(digits(`0-9`)+`\.`+digits(`0-9`)+`(?:[eE]`+digits(`0-9`)+`)?[fd]?`, c.LiteralNumberFloat),
			rule(`0[bB]`+digits(`01`), c.LiteralNumberBin),
			rule(`0[xX]`+digits(`0-9a-fA-F`), c.LiteralNumberHex),
			rule(`0`+digits(`0-7`), c.LiteralNumberOct),
			rule(digits(`0-9`)+`L?`, c.LiteralNumberInteger),
			rule(`\n`, c.Text),
		},
		"class": {
			rule(`\s+`, c.Text),
			rule(name, c.NameClass, c.Pop(1)),
		},
		"import": {
			rule(`\s+`, c.Text),
			rule(`[A-Za-z0-9_.]+\*?`, c.NameNamespace, c.Pop(1)),
		},
	}
}
