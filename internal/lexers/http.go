package lexers

import c "github.com/alecthomas/chroma/v2"

// httpRules classify requests and responses. Their content is in the language
// that the headers say.
func httpRules() c.Rules {
	const end = `(\n|$)`
	rules := c.Rules{
		"root": {
			rule(`(`+anyOf("GET POST PUT DELETE HEAD OPTIONS TRACE PATCH")+`)( +)([^ ]+)( +)(HTTPS?)(/)(\d(?:\.\d)?)`+end,
				c.ByGroups(c.NameFunction, c.Text, c.NameNamespace, c.Text, c.Keyword, c.Operator, c.LiteralNumber, c.Text), c.Push("headers")),
			rule(`(HTTPS?)(/)(\d\.\d)( +)(\d{3})( +)?([^\n]*)`+end, c.ByGroups(c.Keyword, c.Operator, c.LiteralNumber, c.Text, c.LiteralNumber,
				c.Text, c.NameException, c.Text), c.Push("headers")),
		},
		"content": {rule(`(?s:.+)`, c.Text)},
	}
	header := c.ByGroups(c.NameAttribute, c.Text, c.Punctuation, c.Text, c.LiteralString, c.Text)
	headers := func(content string) []c.Rule {
		out := []c.Rule{}
		for _, known := range []struct{ content, kind string }{
			{"json", `application/(?:json|vnd\.api\+json|hal\+json|problem\+json|schema\+json)`},
			{"html", `text/html|application/xhtml\+xml`},
			{"xml", `(?:text|application)/xml|image/svg\+xml|application/(?:rss|atom)\+xml`},
			{"", `[^\n;]*`},
		} {
			out = append(out, rule(`((?i:content-type))( *)(:)( *)((?i:`+known.kind+`)(?:;[^\n]*)?)`+end, header,
				c.Pop(1), c.Push(known.content+"headers")))
		}
		return append(out,
			rule(`((?>[^\s:]+))( *)(:)( *)([^\n]+)`+end, header),
			rule(`([^\n]+)`+end, c.ByGroups(c.LiteralString, c.Text)),
			rule(`\n`, c.Text, c.Push(content)))
	}
	rules["headers"] = headers("content")
	for content, inner := range map[string]c.Rules{"json": jsonRules(), "html": htmlRules(), "xml": xmlRules()} {
		embed(rules, content+"-", inner)
		rules[content+"headers"] = headers(content + "-content")
		rules[content+"-content"] = []c.Rule{rule(`(?s:.+)`, c.UsingSelf(content+"-root"))}
	}
	return rules
}
