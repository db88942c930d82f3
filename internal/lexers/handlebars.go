package lexers

import c "github.com/alecthomas/chroma/v2"

// handlebarsRules classify Handlebars and Mustache in HTML.
func handlebarsRules() c.Rules {
	const open = `(?<!\\\{*)\{\{` // a backslash lets braces be text
	const name, end = `[\w$-]+`, `(?=[}\s])`
	rules := c.Rules{
		"{{": {
			rule(`\}\}\}?`, c.Keyword, c.Pop(1)),
			rule(`\|`, c.Punctuation),
			rule(`~`, c.Keyword),
			rule(`\s+`, c.Text),
			rule(`=`, c.Operator),
			rule(`[\[\]()]`, c.Punctuation),
			rule(`\.`+end+`|\.\.`, c.NameVariable),
			rule(`[/.]`, c.Punctuation),
			rule(`"(?:\\.|.)*?"`, c.LiteralStringDouble),
			rule(`'(?:\\.|.)*?'`, c.LiteralStringSingle),
			rule(`\d+(?=\}\s)`, c.LiteralNumber),
			rule(`(?:true|false)`+end, c.KeywordConstant),
			rule(`else`+end, c.Keyword),
			rule(`this`+end, c.NameBuiltinPseudo),
			rule(`@`+name, c.NameAttribute),
			rule(name, c.NameVariable),
		},
		"{{sign": {
			rule(`[#/]`, c.Keyword, c.Pop(1), c.Push("{{block")),
			rule(`[>^&~]`, c.Keyword),
			c.Default(c.Pop(1)),
		},
		"{{block": {
			rule(`if`+end, c.Keyword),
			rule(name, c.NameNamespace, c.Pop(1)),
			c.Default(c.Pop(1)),
		},
		"{{comment": {
			rule(`\{\{`, c.Comment, c.Push()),
			rule(`\}\}`, c.Comment, c.Pop(1)),
			rule(`[^{}]+|[{}]`, c.Comment),
		},
	}
	embed(rules, "", cut(htmlRules(), `(?!\G)(?:\\|`+open+`)`),
		rule(open+`!--`, c.Comment, c.Push("{{comment")),
		rule(open+`!.*?\}\}`, c.Comment),
		rule(open+`\{?`, c.Keyword, c.Push("{{", "{{sign")))
	// A value without quotation marks ends where the text is cut.
	rules["value"] = append([]c.Rule{rule(`(?=\{\{)`, nil, c.Pop(1))}, rules["value"]...)
	return rules
}
