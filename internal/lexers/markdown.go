package lexers

import c "github.com/alecthomas/chroma/v2"

// embeddedCode is the type of code in the language that the label before it
// names. Package markdown, which has the lexers of the languages that a post
// uses, colours it.
const embeddedCode = c.LiteralOther

// markdownRules classify Markdown. Front matter is YAML, tags are HTML.
func markdownRules() c.Rules {
	const any, lazy = `(?:\\.|[^\\\n])`, `(?:\\.|[^\\\n])*?`
	rules := c.Rules{
		"root": {
			c.Include("text"),
			// A comment that its line's first > does not end goes on in all
			// HTML that follows.
			rule(`<!--(?![^\n>]*-->)`+lazy+`>`, c.Comment, c.Push("comment")),
			rule(`&\S*;|<`+lazy+`>`, c.UsingSelf("html-root")),
			rule(`[&<\[\n]`, c.Text),
		},
		"comment": {
			c.Include("text"),
			rule(`<(?:\\.|[^\\\n>])*-->`, c.Comment, c.Pop(1)),
			rule(`&\S*;|<`+lazy+`>`, c.Comment),
			rule(`[&<\[\n]`, c.Text),
		},
		"text": {
			rule(`---\s*\n(?s:.*?)\n?^---\s*$\n?`, c.UsingSelf("yaml-root")),
			// Many blank lines: what may follow them is far away.
			rule(`^(?:[ \t]+\n){20}`, c.Text),
			rule(`\\.`, c.LiteralStringEscape),
			rule(`^[^\t\n\v\f\r]+\n---*\n`, c.GenericHeading),
			rule(`^[^\t\n\v\f\r]+\n===*\n`, c.GenericSubheading),
			rule(`^#(?=[^#]).*?$`, c.GenericHeading),
			rule(`^##*.*?$`, c.GenericSubheading),
			rule("^([ \\t]*)(`{3,}|~{3,})([^\\n]*\\n)((?s:.*?))(\\n\\1)(\\2)", c.ByGroups(c.Text, c.Punctuation, c.NameLabel, embeddedCode,
				c.Text, c.Punctuation)),
			rule("^([ \\t]*)(`{3,}|~{3,})([^\\n]*\\n)((?:(?![ \\t]*\\2)[^\\n]*\\n)*)(?:([ \\t]*)(\\2)|([^\\n]*))", c.ByGroups(c.Text, c.Punctuation,
				c.NameLabel, embeddedCode, c.Text, c.Punctuation, c.Error)),
			rule(`\n\n(?:(?:    |\t).*?\n|\n)+`, c.LiteralStringBacktick),
			rule("(`+)(?:\\\\.|[^\\\\])+?\\1", c.LiteralStringBacktick),
			rule(`^(?:\s*\*){3,}\s*$|^(?:\s*-){3,}\s*$`, c.Punctuation),
			rule(`^\s*(?:[*+-](?=\s)|\d+\.)`, c.Punctuation),
			rule(`^\s*>.*?$`, c.GenericTraceback),
			rule(`^(\s*)(\[)(`+any+`+?)(\])(\s*)(:)`, c.ByGroups(c.Text, c.Punctuation, c.LiteralStringSymbol, c.Punctuation, c.Text,
				c.Punctuation), c.Push("title", "url")),
			rule(`(!?\[)(`+lazy+`|[^\]]*?)(\])(?=[\[(])`, c.ByGroups(c.Punctuation, c.NameVariable, c.Punctuation), c.Push("link")),
			rule(`\*\*`+lazy+`\*\*|__`+lazy+`__`, c.GenericStrong),
			rule(`\*`+lazy+`\*|_`+lazy+`_`, c.GenericEmph),
			rule(`<[^\n@]*@[^\n][^\n.]*\.[^\n]+>`, c.NameVariable),
			rule(`<(?:https?|mailto|ftp)://`+lazy+`>`, c.NameVariable),
			rule("[^\\\\`\\[*\\n&<]+", c.Text),
		},
		"link": {
			rule(`(\[)(`+lazy+`)(\])`, c.ByGroups(c.Punctuation, c.LiteralStringSymbol, c.Punctuation), c.Pop(1)),
			rule(`\(`, c.Punctuation, c.Push("inline-title", "inline-url")),
			rule(`[ \t]+`, c.Text),
			c.Default(c.Pop(1)),
		},
		"url": {
			rule(`[ \t]+`, c.Text),
			rule(`(<)(`+lazy+`)(>)`, c.ByGroups(c.NameTag, c.LiteralStringOther, c.NameTag), c.Pop(1)),
			rule(`\S+`, c.LiteralStringOther, c.Pop(1)),
		},
		"title": {
			rule(`"`+lazy+`"|'`+lazy+`'|\(`+lazy+`\)`, c.NameNamespace),
			rule(`\s*(?=["'()])`, c.Text),
			c.Default(c.Pop(1)),
		},
		"inline-title": {
			rule(`\)`, c.Punctuation, c.Pop(1)),
			c.Include("title"),
		},
		"inline-url": {
			rule(`[^<\s)]+`, c.LiteralStringOther, c.Pop(1)),
			rule(`\s+`, c.Text),
			c.Include("url"),
		},
	}
	embed(rules, "yaml-", yamlRules())
	embed(rules, "html-", htmlRules())
	return rules
}
