package lexers

import c "github.com/alecthomas/chroma/v2"

// templateWords are the words that statements of a language of templates have.
type templateWords struct{ keywords, constants, operators, tests string }

// jinjaRules classify Jinja's and Django's templates in HTML.
func jinjaRules() c.Rules {
	return templateRules(templateWords{
		keywords: `as context do else extends from ignore missing import include reversed recursive scoped autoescape
endautoescape block endblock call endcall filter endfilter for endfor if endif macro endmacro set endset trans endtrans with
endwith without`,
		constants: "true false none True False None",
		operators: "is in and or not",
		tests: `callable defined divisibleby equalto escaped even iterable lower mapping none number odd sameas sequence string
undefined upper`,
	})
}

// twigRules classify Twig's templates in HTML.
func twigRules() c.Rules {
	return templateRules(templateWords{
		keywords: `as do extends flush from import include use else starts ends with without autoescape endautoescape block
endblock embed endembed filter endfilter for endfor if endif macro endmacro sandbox endsandbox set endset spaceless
endspaceless`,
		constants: "true false none",
		operators: "is in and or not",
		tests:     "constant defined divisibleby empty even iterable null odd sameas",
	})
}

func templateRules(words templateWords) c.Rules {
	tag := func(name string) string { return `(\{%-?)(\s*)(` + name + `)(\s*)(-?%\})` }
	tagged := c.ByGroups(c.CommentPreproc, c.Text, c.Keyword, c.Text, c.CommentPreproc)
	word := func(words string, kind c.TokenType) c.Rule { return rule(anyOf(words)+`(?![\w.])`, kind) }
	rules := c.Rules{
		"{#": {
			rule(`#\}`, c.Comment, c.Pop(1)),
			rule(`[^#]+|#`, c.Comment),
		},
		"{{": {
			rule(`\w+\.?`, c.NameVariable),
			c.Include("{values"),
			rule(`%\}|\}\}`, c.CommentPreproc, c.Pop(1)),
		},
		"{%": {
			word(words.keywords, c.Keyword),
			word(words.constants, c.KeywordPseudo),
			word(words.operators, c.OperatorWord),
			word(words.tests, c.NameBuiltin),
			rule(`\w+\.?`, c.NameVariable),
			c.Include("{values"),
			rule(`%\}`, c.CommentPreproc, c.Pop(1)),
		},
		"{values": {
			rule(`(\|\s*)(\w+)`, c.ByGroups(c.Operator, c.NameFunction)),
			rule(`"(?:\\.|.)*?"`, c.LiteralStringDouble),
			rule(`'(?:\\.|.)*?'`, c.LiteralStringSingle),
			rule(`[-+*/=]`, c.Operator),
			rule(`<=?|>=?|!=`, c.Operator),
			rule(`[,\[\]()]`, c.Punctuation),
			rule(`\s+`, c.Text),
		},
		"{raw":      {rule(tag("endraw"), tagged, c.Pop(1)), rule(`[^{]+|\{`, c.Text)},
		"{verbatim": {rule(tag("endverbatim"), tagged, c.Pop(1)), rule(`[^{]+|\{`, c.Text)},
	}
	embed(rules, "", cut(htmlRules(), `(?!\G)(?:\\|\{[{%#]|##)`),
		rule(`\{#`, c.Comment, c.Push("{#")),
		rule(`##.*`, c.Comment),
		rule(tag("raw"), tagged, c.Push("{raw")),
		rule(tag("verbatim"), tagged, c.Push("{verbatim")),
		rule(`\{%`, c.CommentPreproc, c.Push("{%")),
		rule(`\{\{`, c.CommentPreproc, c.Push("{{")))
	return rules
}
