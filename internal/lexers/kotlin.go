package lexers

import c "github.com/alecthomas/chroma/v2"

const kotlinKeywords = `abstract annotation as break by catch class companion const constructor continue crossinline do dynamic
else enum external false final finally for fun get if import in infix inline inner interface internal is lateinit noinline
null object open operator out override package private protected public reified return sealed set super suspend tailrec this
throw true try typealias typeof val var vararg when where while yield`

// kotlinRules classify Kotlin.
func kotlinRules() c.Rules {
	const rest = `[-_\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{Nl}\p{Nd}\p{Pc}\p{Cf}\p{Mn}\p{Mc}]*`
	const class = "`?\\p{Lu}" + rest + "`?"
	const name = "`?[_\\p{Lu}\\p{Ll}\\p{Lt}\\p{Lm}\\p{Nl}]" + rest + "`?"
	const digits = `(?:[0-9][0-9_]*[0-9]|[0-9])`
	const exponent = `[eE][+-]?` + digits
	return c.Rules{
		"root": {
			rule(`(companion)(\s+)(object)\b`, c.ByGroups(c.Keyword, c.Text, c.Keyword)),
			rule(`(class|data\s+class|interface|object)(\s+)`, c.ByGroups(c.KeywordDeclaration, c.Text), c.Push("class")),
			rule(`(fun)(\s+)`, c.ByGroups(c.Keyword, c.Text), c.Push("function")),
			rule(`(package|import)(\s+)`, c.ByGroups(c.Keyword, c.Text), c.Push("package")),
			rule(`(va[lr])(\s+)(\()`, c.ByGroups(c.KeywordDeclaration, c.Text, c.Punctuation), c.Push("properties")),
			rule(`(va[lr])(\s+)`, c.ByGroups(c.KeywordDeclaration, c.Text), c.Push("property")),
			rule(`(return|continue|break|this|super)(@`+name+`)?\b`, c.ByGroups(c.Keyword, c.NameDecorator)),
			rule(anyOf(kotlinKeywords)+`\b`, c.Keyword),
			rule(`^(?>\s{0,99})\[.*?\]`, c.NameAttribute),
			rule(`[^\S\n]+|\\\n`, c.Text),
			rule(`//.*?$`, c.CommentSingle),
			rule(`/\*.*\*/`, c.CommentMultiline),
			rule(`/\*.*`, c.CommentMultiline, c.Push("comment")),
			rule(`\n`, c.Text),
			rule(`(::)(class)`, c.ByGroups(c.Operator, c.Keyword)),
			rule(`::|!!|\?[:.]|\.\.`, c.Operator),
			rule(`(?:`+digits+`?\.`+digits+`(?:`+exponent+`)?|`+digits+exponent+`)[fF]?|`+digits+`[fF]`, c.LiteralNumberFloat),
			rule(`0[bB](?:[01][01_]*[01]|[01])[uU]?L?`, c.LiteralNumberBin),
			rule(`0[xX](?:\h[\h_]*\h|\h)[uU]?L?`, c.LiteralNumberHex),
			rule(`(?:[1-9][0-9_]*[0-9]|[0-9])[uU]?L?`, c.LiteralNumberInteger),
			rule(`[~!%^&*()+=|\[\]:;,.<>/?{}-]`, c.Punctuation),
			rule(`@"(?:""|[^"])*"`, c.LiteralString),
			rule(`"""(?s:.*?)"""`, c.LiteralString),
			rule(`"(?:\\["\\]|[^"\\\n]|\\(?!["\\]))*["\n]`, c.LiteralString),
			rule(`'\\.'|'[^\\]'`, c.LiteralStringChar),
			rule(`@`+class, c.NameDecorator),
			rule(`(`+class+`)(<)`, c.ByGroups(c.NameClass, c.Punctuation), c.Push("parameters")),
			rule(class, c.NameClass),
			rule(name+`(?=\s*[({])`, c.NameFunction),
			rule(`(`+name+`)@`, c.NameDecorator),
			rule(name, c.Name),
		},
		"package": {rule(`\S+`, c.NameNamespace, c.Pop(1))},
		"class":   {rule(class, c.NameClass, c.Pop(1))},
		"function": {
			rule(`<`, c.Punctuation, c.Push("parameters")),
			rule(`\s+`, c.Text),
			rule(`(`+class+`)(\.)`, c.ByGroups(c.NameClass, c.Punctuation)),
			rule(name, c.NameFunction, c.Pop(1)),
		},
		"parameters": {
			rule(class, c.NameClass),
			rule(`<`, c.Punctuation, c.Push()),
			rule(`reified|out|in`, c.Keyword),
			rule(`[,:.?]`, c.Punctuation),
			rule(`\s+`, c.Text),
			rule(`>`, c.Punctuation, c.Pop(1)),
		},
		"property": {
			rule(`<`, c.Punctuation, c.Push("parameters")),
			rule(`\s+`, c.Text),
			rule(name, c.NameProperty, c.Pop(1)),
		},
		"properties": {
			rule(`,`, c.Punctuation),
			rule(`\)`, c.Punctuation, c.Pop(1)),
			rule(`\s+`, c.Text),
			rule(name, c.NameProperty),
		},
		"comment": {
			rule(`/\*`, c.CommentMultiline, c.Push()),
			rule(`\*/`, c.CommentMultiline, c.Pop(1)),
			rule(`[^/*]+|[/*]`, c.CommentMultiline),
		},
	}
}
