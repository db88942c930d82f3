package lexers

import c "github.com/alecthomas/chroma/v2"

// htmlRules classify HTML, and the scripts and style sheets in it.
func htmlRules() c.Rules {
	const more = `[` + nameRunes + `:.·-]*`
	const name = `[\p{L}:_-]` + more
	rules := c.Rules{
		"root": {
			rule(`[^<&]+`, c.Text),
			rule(`&\S*?;`, c.NameEntity),
			rule(`<!(?i:DOCTYPE) (?s:.*?)>`, c.CommentPreproc),
			rule(`<!\[CDATA\[(?s:.*?)\]\]>`, c.CommentPreproc),
			rule(`<!--`, c.Comment, c.Push("comment")),
			rule(`<\?(?s:.*?)\?>`, c.CommentPreproc),
			rule(`<\s*script\s*`, c.NameTag, c.Push("js-root", "tag")),
			rule(`<\s*style\s*`, c.NameTag, c.Push("css-root", "tag")),
			rule(`</`, c.NameTag, c.Push("close")),
			rule(`<`, c.NameTag, c.Push("open")),
		},
		"close": {
			rule(name, c.NameTag, c.Pop(1), c.Push("closing")),
			c.Include("closing"),
		},
		"closing": {
			rule(`\s+`, c.Text),
			rule(`>`, c.NameTag, c.Pop(1)),
		},
		"open": {
			rule(`\s+`, c.Text),
			rule(name, c.NameTag, c.Pop(1), c.Push("tag")),
			c.Default(c.Pop(1), c.Push("tag")),
		},
		"comment": {
			rule(`-->`, c.Comment, c.Pop(1)),
			rule(`[^-]+|-`, c.Comment),
		},
		"tag": {
			rule(`\s+`, c.Text),
			rule(`[\p{L}:_\[\]()*.-][`+nameRunes+`:.·\[\]()*-]*\s*=\s*`, c.NameAttribute, c.Push("value")),
			rule(`[\p{L}:_*#-][`+nameRunes+`:.·*#-]*`, c.NameAttribute),
			rule(`/?\s*>`, c.NameTag, c.Pop(1)),
		},
		"value": {
			rule(`"`, c.LiteralString, c.Pop(1), c.Push("double")),
			rule(`'`, c.LiteralString, c.Pop(1), c.Push("single")),
			rule(`[^\s>]+`, c.LiteralString, c.Pop(1)),
		},
		"double": {
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(`[^"]+`, c.LiteralString),
		},
		"single": {
			rule(`'`, c.LiteralString, c.Pop(1)),
			rule(`[^']+`, c.LiteralString),
		},
	}
	// What is embedded ends at its closing tag, wherever in it that is.
	end := func(tag string) c.Rule { return rule(`<\s*/\s*`+tag+`\s*>`, c.NameTag, c.Push("root")) }
	embed(rules, "js-", apart(javascriptRules(), "<", "<", "<"), end("script"))
	embed(rules, "css-", apart(cssRules(), "<", "<", "<"), end("style"))
	return rules
}
