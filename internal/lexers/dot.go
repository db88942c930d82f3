package lexers

import c "github.com/alecthomas/chroma/v2"

// dotRules classify Graphviz's DOT, and HTML in its labels.
func dotRules() c.Rules {
	rules := c.Rules{
		"root": {
			c.Include("space"),
			rule(`(?i:strict|graph|digraph|subgraph|node|edge)\b`, c.Keyword),
			rule(`[{};:=]`, c.Punctuation),
			rule(`-[->]`, c.Operator),
			rule(`\[`, c.Operator, c.Push("attributes")),
			c.Include("names"),
		},
		"space": {
			rule(`\s+`, c.Text),
			rule(`#.*|//.*?$`, c.CommentSingle),
			rule(`/(?:\\\n)?\*(?s:.*?)\*(?:\\\n)?/`, c.CommentMultiline),
		},
		"names": {
			rule(`([a-zA-Z]\w*)(\s*)(=)`, c.ByGroups(c.Name, c.Text, c.Punctuation)),
			rule(`[a-zA-Z]\w*`, c.NameVariable),
			rule(`(?:[0-9]+)?\.[0-9]+`, c.LiteralNumberFloat),
			rule(`[0-9]+`, c.LiteralNumberInteger),
			rule(`"(?>(?:\\"|[^"\\]|\\(?!"))*)"|"(?s:.*)"`, c.LiteralStringDouble),
			rule(`<`, c.Punctuation, c.Push("html")),
		},
		"attributes": {
			c.Include("space"),
			c.Include("names"),
			rule(`[=;,]`, c.Punctuation),
			rule(`\]`, c.Operator, c.Pop(1)),
		},
		"html": {
			rule(`[^<>]+|<(?s:.+?)>`, c.UsingSelf("html-root")),
			rule(`>`, c.Punctuation, c.Pop(1)),
		},
	}
	embed(rules, "html-", htmlRules())
	return rules
}
