package lexers

import (
	_ "embed"

	c "github.com/alecthomas/chroma/v2"
)

// apacheWords are Apache's directives, sections and values, in lower case.
//
//go:embed apache_words.txt
var apacheWords string

// apacheRules classify Apache's configuration. Only words that Apache knows
// have a class.
func apacheRules() c.Rules {
	known := `(?i:` + anyWord(apacheWords) + `)`
	return c.Rules{
		"space": {
			rule(`#.*`, c.Comment),
			rule(`\s+`, c.Text),
		},
		"root": {
			c.Include("space"),
			rule(`(</?)(`+known+`)(?!\w)`, c.ByGroups(c.Punctuation, c.NameLabel), c.Push("section")),
			rule(`(</?)(\w+)`, c.ByGroups(c.Punctuation, c.Text), c.Push("section")),
			rule(known+`(?!\w)`, c.NameClass, c.Push("directive")),
			rule(`\w+`, c.Text, c.Push("directive")),
		},
		"section": {
			rule(`((?>[^>]+))?(>\n?)`, c.ByGroups(c.LiteralStringRegex, c.Punctuation), c.Pop(1)),
			c.Include("space"),
		},
		"directive": {
			rule(`\n`, c.Text, c.Pop(1)),
			c.Include("space"),
			rule(known+`(?!\S)`, c.LiteralStringSymbol),
			rule(`\S+`, c.Text),
		},
	}
}
