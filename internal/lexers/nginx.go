package lexers

import c "github.com/alecthomas/chroma/v2"

// nginxRules classify nginx's configuration. A directive is a keyword, one
// within braces a namespace.
func nginxRules() c.Rules {
	const word = `[^\s$;{}()#]`
	return c.Rules{
		"root": {
			rule(`(include)(\s+)([^\s;]+)`, c.ByGroups(c.Keyword, c.Text, c.Name)),
			rule(word+`+`, c.Keyword, c.Push("directive")),
			c.Include("values"),
		},
		"block": {
			rule(`\}`, c.Punctuation, c.Pop(1)),
			rule(word+`+`, c.KeywordNamespace, c.Push("directive")),
			c.Include("values"),
		},
		"directive": {
			rule(`\{`, c.Punctuation, c.Pop(1), c.Push("block")),
			rule(`;`, c.Punctuation, c.Pop(1)),
			c.Include("values"),
		},
		"values": {
			rule(`\s+`, c.Text),
			rule(`#.*`, c.CommentSingle),
			rule(`(?:on|off)\b`, c.NameConstant),
			rule(`\$[\w-]+`, c.NameVariable),
			rule(`((?>[a-zA-Z0-9.-]+))(:)([0-9]+)`, c.ByGroups(c.NameFunction, c.Punctuation, c.LiteralNumberInteger)),
			rule(`(?>[a-zA-Z-]+)/[a-zA-Z-]+`, c.NameClass),
			rule(`[0-9]+[kKmMgG]?\b`, c.LiteralNumberInteger),
			rule(`(~)(\s*)([^\s{]+)`, c.ByGroups(c.Punctuation, c.Text, c.LiteralStringRegex)),
			rule(`[:=~]`, c.Punctuation),
			rule(`/(?:`+word+`+)?`, c.Name),
			rule(`[^#\s;{}$\\]+`, c.LiteralString),
			rule(`[$;]`, c.Text),
		},
	}
}
