package lexers

import c "github.com/alecthomas/chroma/v2"

// liquidRules classify Liquid. What is around its tags is text, whatever
// language that is. A tag's end is its end in every state.
func liquidRules() c.Rules {
	const space = `(\s*)`
	const reset = `(-?%\})`
	// Text up to a tag that ends it.
	until := func(tag string, kind c.TokenType) []c.Rule {
		return []c.Rule{
			rule(`[^{]+`, kind),
			rule(`(\{%-?)`+space+`(`+tag+`)`+space+reset, c.ByGroups(c.Punctuation, c.TextWhitespace, c.NameTag, c.TextWhitespace,
				c.Punctuation), c.Push("root")),
			rule(`\{`, kind),
		}
	}
	filter := func(stops string) c.Rule {
		return rule(`(\|)`+space+`([a-zA-Z_][^\s`+stops+`|:]*)`, c.ByGroups(c.Punctuation, c.TextWhitespace, c.NameFunction))
	}
	first := func(stops string) c.Rule {
		r := filter(stops)
		r.Mutator = c.Push("filters")
		return r
	}
	rules := c.Rules{
		"root": {
			rule(`[^{]+`, c.Text),
			rule(`(\{%-?)`+space, c.ByGroups(c.Punctuation, c.TextWhitespace), c.Push("tag")),
			rule(`(\{\{-?)`+space, c.ByGroups(c.Punctuation, c.TextWhitespace), c.Push("output")),
			rule(`\{`, c.Text),
		},
		"tag": {
			rule(`(?:if|elsif|unless|case)\b`, c.KeywordReserved, c.Push("condition")),
			rule(`when\b`, c.KeywordReserved, c.Push("when")),
			rule(`(else|end(?:if|unless|case))`+space+reset, c.ByGroups(c.KeywordReserved, c.TextWhitespace, c.Punctuation), c.Pop(1)),
			rule(`(capture|(?:in|de)crement)(\s+)([^\s%]+)`+space+reset, c.ByGroups(c.NameTag, c.TextWhitespace, c.NameVariable,
				c.TextWhitespace, c.Punctuation), c.Pop(1)),
			rule(`(comment)`+space+reset, c.ByGroups(c.NameTag, c.TextWhitespace, c.Punctuation), c.Push("comment")),
			rule(`(raw)`+space+reset, c.ByGroups(c.NameTag, c.TextWhitespace, c.Punctuation), c.Push("raw")),
			rule(`(end[^\s%]+)`+space+reset, c.ByGroups(c.NameTag, c.TextWhitespace, c.Punctuation), c.Pop(1)),
			rule(`(?:assign|echo)\b`, c.NameTag, c.Push("assign")),
			rule(`(?:include|render)\b`, c.NameTag, c.Push("include")),
		},
		"output": {
			first(`}`),
			c.Include("end-of-output"),
			c.Include("values"),
		},
		"filters": {
			filter(`%}`),
			c.Include("end-of-output"),
			c.Include("end-of-tag"),
			c.Include("parameters"),
			c.Include("variables"),
			rule(`\S+`, c.Text),
		},
		"condition": {
			rule(`[=!]=|[<>]=?`, c.Operator),
			rule(`(?:and|or|contains)\b`, c.OperatorWord),
			c.Include("when"),
		},
		"when": {
			c.Include("end-of-tag"),
			c.Include("values"),
		},
		"assign": {
			rule(`=`, c.Operator),
			first(`%`),
			c.Include("when"),
		},
		"end-of-output": {rule(`-?\}\}`, c.Punctuation, c.Push("root"))},
		"end-of-tag":    {rule(`-?%\}`, c.Punctuation, c.Push("root"))},
		"parameters": {
			c.Include("literals"),
			rule(`((?>[^\s=:]+))(\s*)([=:])`, c.ByGroups(c.NameAttribute, c.TextWhitespace, c.Operator)),
			rule(`[,:]`, c.Punctuation),
		},
		"other-tag": {
			rule(`reversed\b`, c.NameAttribute),
			c.Include("end-of-tag"),
			c.Include("parameters"),
			rule(`\S+`, c.Text),
		},
		"tag-with-variables": {
			c.Include("end-of-tag"),
			c.Include("parameters"),
			c.Include("variables"),
			rule(`\S+`, c.Text),
		},
		"include": {
			rule(`(\{\{-?)`+space, c.ByGroups(c.Punctuation, c.TextWhitespace), c.Push("output-within")),
			rule(`(?:with|for)\b`, c.NameTag),
			rule(`[/\w-]+(?:\.[\w-]+)+\b`, c.Text),
			c.Include("tag-with-variables"),
		},
		"output-within": {
			filter(`}`),
			rule(`-?\}\}`, c.Punctuation, c.Pop(1)),
			c.Include("parameters"),
			c.Include("variables"),
			rule(`\S+`, c.Text),
		},
		"literals": {
			rule(`[ \t]+`, c.TextWhitespace),
			rule(`(?:false|true|nil)\b`, c.KeywordConstant),
			rule(`'[^']*'`, c.LiteralStringSingle),
			rule(`"[^"]*"`, c.LiteralStringDouble),
			rule(`-`, c.Operator),
			rule(`\d+\.\d+`, c.LiteralNumberFloat),
			rule(`\d+`, c.LiteralNumberInteger),
		},
		"variables": {
			rule(`(?:empty|blank|forloop\.[^\s%}|:]+)\b`, c.NameBuiltin),
			rule(`\.(?=\w)|\[|\]`, c.Punctuation),
			rule(`(?:first|last|size)\b`, c.NameFunction),
			rule(`[a-zA-Z_][\w-]*\??`, c.NameVariable),
		},
		"values": {
			c.Include("literals"),
			c.Include("variables"),
		},
		"comment": until("endcomment", c.Comment),
		"raw":     until("endraw", c.Text),
	}
	// What a loop is over, and what a cycle is named, have the class of the
	// strings that are in them.
	for _, of := range []struct {
		loop, cycle string
		kind, name  c.TokenType
	}{
		{`(?=(?:[^\s%,|'"]|"[^"]*")*'[^']*')`, `(?=[^\s:]*'[^\s:']*')`, c.LiteralStringSingle, c.LiteralStringSingle},
		{`(?=[^\s%,|'"]*"[^"]*")`, `(?=[^\s:]*"[^\s:"]*")`, c.LiteralStringDouble, c.LiteralStringDouble},
		{``, ``, c.NameVariable, c.NameAttribute},
	} {
		rules["tag"] = append(rules["tag"],
			rule(`(cycle)(\s+)(?:`+of.cycle+`([^\s:]*)(\s*)(:))(\s*)`, c.ByGroups(c.NameTag, c.TextWhitespace, of.name, c.TextWhitespace,
				c.Punctuation, c.TextWhitespace), c.Push("tag-with-variables")),
			rule(`(for|tablerow)(\s+)([\w-]+)(\s+)(in)(\s+)`+of.loop+`((?:[^\s%,|'"]|"[^"]*"|'[^']*')+)(\s*)`,
				c.ByGroups(c.NameTag, c.TextWhitespace, c.NameVariable, c.TextWhitespace, c.NameTag, c.TextWhitespace, of.kind,
					c.TextWhitespace), c.Push("other-tag")))
	}
	rules["tag"] = append(rules["tag"],
		rule(`(cycle)(\s+)`, c.ByGroups(c.NameTag, c.TextWhitespace), c.Push("tag-with-variables")),
		rule(`([^\s%]+)(\s*)`, c.ByGroups(c.NameTag, c.TextWhitespace), c.Push("other-tag")))
	return rules
}
