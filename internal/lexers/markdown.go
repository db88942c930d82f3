package lexers

import c "github.com/alecthomas/chroma/v2"

// embeddedCode is the type of code in the language that the label before it
// names. Package markdown, which has the lexers of the languages that a post
// uses, colours it.
const embeddedCode = c.LiteralOther

// markdownRules classify Markdown. Front matter is YAML, tags are HTML.
func markdownRules() c.Rules {
	// upTo is a line's text up to the first sign that something follows.
	upTo := func(sign, follows string) string {
		if follows != "" {
			follows = `|[` + sign + `](?!` + follows + `)`
		}
		return `(?>(?:[^\\\n` + sign + `]+|\\.` + follows + `)*)`
	}
	// White space is bounded: it is looked through on each line again.
	const space = `\s{0,99}`
	rules := c.Rules{
		"root": {
			c.Include("text"),
			// A comment that its line's first > does not end goes on in all
			// HTML that follows.
			rule(`<!--(?![^\n>]*-->)`+upTo(`>`, ``)+`>`, c.Comment, c.Push("comment")),
			rule(`&\S*;|<`+upTo(`>`, ``)+`>`, c.UsingSelf("html-root")),
			rule(`[&<\[\n]`, c.Text),
		},
		"comment": {
			c.Include("text"),
			rule(`<(?:\\.|[^\\\n>])*-->`, c.Comment, c.Pop(1)),
			rule(`&\S*;|<`+upTo(`>`, ``)+`>`, c.Comment),
			rule(`[&<\[\n]`, c.Text),
		},
		"text": {
			rule(`---\s*\n(?s:.*?)\n?^---\s*$\n?`, c.UsingSelf("yaml-root")),
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
			rule(`^(?:`+space+`\*){3,}\s*$|^(?:`+space+`-){3,}\s*$`, c.Punctuation),
			rule(`^`+space+`(?:[*+-](?=\s)|\d+\.)`, c.Punctuation),
			rule(`^`+space+`>.*?$`, c.GenericTraceback),
			rule(`^(`+space+`)(\[)(?!\]\s*:)(`+upTo(`\]`, `\s*:`)+`)(\])(\s*)(:)`, c.ByGroups(c.Text, c.Punctuation, c.LiteralStringSymbol, c.Punctuation, c.Text,
				c.Punctuation), c.Push("title", "url")),
			rule(`(!?\[)(`+upTo(`\]`, `[\[(]`)+`|[^\]]{0,999})(\])(?=[\[(])`, c.ByGroups(c.Punctuation, c.NameVariable, c.Punctuation), c.Push("link")),
			rule(`\*\*`+upTo(`*`, `\*`)+`\*\*|__`+upTo(`_`, `_`)+`__`, c.GenericStrong),
			rule(`\*`+upTo(`*`, ``)+`\*|_`+upTo(`_`, ``)+`_`, c.GenericEmph),
			rule(`<[^\n@]*@[^\n][^\n.]*\.[^\n]+>`, c.NameVariable),
			rule(`<(?:https?|mailto|ftp)://`+upTo(`>`, ``)+`>`, c.NameVariable),
			rule("[^\\\\`\\[*\\n&<]+", c.Text),
		},
		"link": {
			rule(`(\[)(`+upTo(`\]`, ``)+`)(\])`, c.ByGroups(c.Punctuation, c.LiteralStringSymbol, c.Punctuation), c.Pop(1)),
			rule(`\(`, c.Punctuation, c.Push("inline-title", "inline-url")),
			rule(`[ \t]+`, c.Text),
			c.Default(c.Pop(1)),
		},
		"url": {
			rule(`[ \t]+`, c.Text),
			rule(`(<)(`+upTo(`>`, ``)+`)(>)`, c.ByGroups(c.NameTag, c.LiteralStringOther, c.NameTag), c.Pop(1)),
			rule(`\S+`, c.LiteralStringOther, c.Pop(1)),
		},
		"title": {
			rule(`"`+upTo(`"`, ``)+`"|'`+upTo(`'`, ``)+`'|\(`+upTo(`)`, ``)+`\)`, c.NameNamespace),
			rule(`\s{1,500}(?=["'()])`, c.Text),
			rule(`["'()]`, c.Error), // a title that does not end
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
