package lexers

import c "github.com/alecthomas/chroma/v2"

// dartRules classify Dart. In a line's first words, a name before a
// parenthesis is a method's.
func dartRules() c.Rules {
	const name = `[a-zA-Z_]\w*`
	text := func(mark string) []c.Rule {
		return []c.Rule{
			rule(mark, c.LiteralString, c.Pop(1)),
			rule(`[^\\$`+mark+`]+`, c.LiteralString),
			rule(`\$`+name+`|\$\{[^}]+\}`, c.LiteralStringInterpol),
			rule(`\\[nrt"'\\]`, c.LiteralStringEscape),
		}
	}
	return c.Rules{
		"root": {
			rule(`^(?=(?>[\w.\[\]\s]{1,2000})\()(\s*(?:[a-zA-Z_][\w.\[\]]*\s+){1,60}?)(`+name+`)(\s*)(\()`, c.ByGroups(c.UsingSelf("root"), c.NameFunction,
				c.Text, c.Punctuation)),
			rule(`\s+`, c.Text),
			rule(`//.*?$`, c.CommentSingle),
			rule(`/\*(?s:.*?)\*/`, c.CommentMultiline),
			rule(`"`, c.LiteralString, c.Push("double")),
			rule(`'`, c.LiteralString, c.Push("single")),
			rule(`r"[^"]*"|r'[^']*'`, c.LiteralStringOther),
			rule(`#(?:[a-zA-Z_]\w*)?`, c.LiteralStringSymbol),
			rule(`@`+name, c.NameDecorator),
			rule(anyOf("as assert await break case catch continue default do else finally for if in is new rethrow return super "+
				"switch this throw try while with yield")+`\b`, c.Keyword),
			rule(anyOf("abstract async dynamic const covariant external extends factory final get implements late native on "+
				"operator required set static sync typedef var")+`\b`, c.KeywordDeclaration),
			rule(anyOf("bool Comparable double Dynamic enum Function int List Map Never Null num Object Pattern Set String Symbol "+
				"Type Uri void")+`\b`, c.KeywordType),
			rule(`(?:true|false|null)\b`, c.KeywordConstant),
			rule(`(?:class|interface|mixin)\b`, c.KeywordDeclaration, c.Push("class")),
			rule(`(?:import|deferred|export|library|part\s*of|part|source)\b`, c.KeywordNamespace, c.Push("import")),
			rule(`(\.)(`+name+`)`, c.ByGroups(c.Operator, c.NameAttribute)),
			rule(name+`:`, c.NameLabel),
			rule(`\$?`+name, c.Name),
			rule(`[~^*!%&|+=:/?-]`, c.Operator),
			rule(`[\[\](){}<>.,;]`, c.Punctuation),
			rule(`\d*\.\d+(?:[eE]-?\d+)?`, c.LiteralNumberFloat),
			rule(`0x\h+`, c.LiteralNumberHex),
			rule(`\d+L?`, c.LiteralNumberInteger),
		},
		"class": {
			rule(`\s+`, c.Text),
			rule(name, c.NameClass, c.Pop(1)),
		},
		"import": {
			rule(`;`, c.Operator, c.Pop(1)),
			rule(`(?:show|hide)\b`, c.KeywordDeclaration),
			c.Include("root"),
		},
		"double": text(`"`),
		"single": text(`'`),
	}
}
