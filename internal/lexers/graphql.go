package lexers

import c "github.com/alecthomas/chroma/v2"

// graphqlRules classify GraphQL, and the Markdown in its descriptions.
func graphqlRules() c.Rules {
	const name = `[_A-Za-z]\w*`
	const builtins = `(?:Int|Float|String|Boolean|ID)\b`
	// A value ends what it is the value of, but is one of many in a list.
	value := func(pop ...c.Mutator) []c.Rule {
		list, object := c.Push("list item"), c.Push("object item")
		if len(pop) > 0 {
			list, object = c.Push("list"), c.Push("object")
		}
		return []c.Rule{
			rule(`"""(?s:.*?)"""`, c.LiteralStringDouble),
			rule(`\$`+name+`\b`, c.NameVariable, pop...),
			rule(`(?:true|false|null)\b`, c.KeywordConstant, pop...),
			rule(`[+-]?[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?`, c.LiteralNumberFloat, pop...),
			rule(`[+-]?[1-9][0-9]*(?:[eE][+-]?[0-9]+)?`, c.LiteralNumberInteger, pop...),
			rule(`"(?>(?:[^"\\]+|\\["\\]?){0,2000})"`, c.LiteralStringDouble, pop...),
			rule(name+`\b`, c.Name, pop...),
			rule(`\{`, c.Punctuation, object),
			rule(`\[`, c.Punctuation, list),
			c.Include("space"),
		}
	}
	rules := c.Rules{
		"root": {
			rule(`(?:query|mutation|subscription)\b`, c.Keyword, c.Push("query")),
			rule(`\{`, c.Punctuation, c.Push("query", "selections")),
			rule(`fragment\b`, c.Keyword, c.Push("fragment")),
			rule(`scalar\b`, c.Keyword, c.Push("value")),
			rule(`(?:type|interface|enum|input|schema)\b`, c.Keyword, c.Push("type")),
			rule(`union\b`, c.Keyword, c.Push("union")),
			rule(`extend\b`, c.Keyword),
			c.Include("space"),
			rule(`(""")(\n)((?s:.*?))(\n)(""")`, c.ByGroups(c.LiteralStringDouble, c.TextWhitespace, c.UsingSelf("markdown-root"),
				c.TextWhitespace, c.LiteralStringDouble)),
		},
		"space": {
			rule(`\s+`, c.TextWhitespace),
			rule(`#.*$`, c.Comment),
			rule(`[!,]`, c.Punctuation),
		},
		"directives": {
			rule(`(@`+name+`)(\s*)(\()`, c.ByGroups(c.Keyword, c.TextWhitespace, c.Punctuation), c.Push("arguments")),
			rule(`@`+name+`\b`, c.Keyword),
		},
		"fragment": {
			rule(`on\b`, c.Keyword),
			c.Include("query"),
		},
		"query": {
			c.Include("directives"),
			rule(name+`\b`, c.Name),
			rule(`\(`, c.Punctuation, c.Push("variables")),
			rule(`\{`, c.Punctuation, c.Push("selections")),
			c.Include("space"),
		},
		// The first selections end a query, those in them nothing.
		"selections": {
			rule(`\}`, c.Punctuation, c.Pop(2)),
			c.Include("selection"),
		},
		"inner selections": {
			rule(`\}`, c.Punctuation, c.Pop(1)),
			c.Include("selection"),
		},
		"selection": {
			c.Include("directives"),
			rule(`(`+name+`)(\s*)(\()`, c.ByGroups(c.Name, c.TextWhitespace, c.Punctuation), c.Push("arguments")),
			rule(`(`+name+`)(\s*)(:)`, c.ByGroups(c.Name, c.TextWhitespace, c.Punctuation)),
			rule(name+`\b`, c.Name),
			rule(`(\.\.\.)(\s+)(on)\b`, c.ByGroups(c.Punctuation, c.TextWhitespace, c.Keyword)),
			rule(`\.\.\.`, c.Punctuation),
			rule(`\{`, c.Punctuation, c.Push("inner selections")),
			c.Include("space"),
		},
		"type": {
			rule(`implements\b`, c.Keyword),
			rule(name+`\b`, c.Name),
			rule(`\(`, c.Punctuation, c.Push("variables")),
			rule(`\{`, c.Punctuation, c.Push("fields")),
			c.Include("space"),
		},
		"fields": {
			rule(`\}`, c.Punctuation, c.Pop(2)),
			rule(`(`+name+`)(\s*)(\()`, c.ByGroups(c.Name, c.TextWhitespace, c.Punctuation), c.Push("variables")),
			rule(name+`\b`, c.Name),
			rule(`:`, c.Punctuation, c.Push("type name")),
			c.Include("space"),
		},
		"union": {
			rule(name+`\b`, c.Name),
			rule(`=`, c.Punctuation, c.Push("variant")),
			c.Include("space"),
		},
		"variant": {
			rule(name+`\b`, c.Name, c.Pop(1), c.Push("pipe")),
			c.Include("space"),
		},
		"pipe": {
			rule(`\|`, c.Punctuation, c.Pop(1), c.Push("variant")),
			rule(`(?!\||\s+|#[^\n]*)`, nil, c.Pop(2)),
			c.Include("space"),
		},
		"arguments": {
			rule(`\)`, c.Punctuation, c.Pop(1)),
			rule(name+`\b`, c.Name),
			rule(`:`, c.Punctuation, c.Push("value")),
			c.Include("space"),
		},
		"variables": {
			rule(`\)`, c.Punctuation, c.Pop(1)),
			rule(`\$`+name+`\b`, c.NameVariable),
			rule(name+`\b`, c.Name),
			rule(`:`, c.Punctuation, c.Push("type name")),
			rule(`=`, c.Punctuation, c.Push("value")),
			c.Include("space"),
		},
		"type name": {
			rule(builtins, c.NameBuiltin, c.Pop(1)),
			rule(name+`\b`, c.Name, c.Pop(1)),
			rule(`\[`, c.Punctuation, c.Push("type names")),
			c.Include("space"),
		},
		"type names": {
			rule(builtins, c.NameBuiltin),
			rule(name+`\b`, c.Name),
			rule(`\]`, c.Punctuation, c.Pop(2)),
			c.Include("space"),
		},
		"value": value(c.Pop(1)),
		"item":  value(),
		"list": {
			rule(`\]`, c.Punctuation, c.Pop(2)),
			c.Include("item"),
		},
		"list item": {
			rule(`\]`, c.Punctuation, c.Pop(1)),
			c.Include("item"),
		},
		"object": {
			rule(`\}`, c.Punctuation, c.Pop(2)),
			c.Include("members"),
		},
		"object item": {
			rule(`\}`, c.Punctuation, c.Pop(1)),
			c.Include("members"),
		},
		"members": {
			rule(`(`+name+`)(\s*)(:)`, c.ByGroups(c.Name, c.TextWhitespace, c.Punctuation), c.Push("value")),
			c.Include("space"),
		},
	}
	embed(rules, "markdown-", markdownRules())
	return rules
}
