package lexers

import (
	_ "embed"
	"regexp"
	"strings"

	c "github.com/alecthomas/chroma/v2"
)

// gherkinWords are the words of Gherkin in all of its languages, one a line:
// those that begin steps, scenarios, features and examples. A word that ends
// with < needs no space behind it.
//
//go:embed gherkin_words.txt
var gherkinWords string

// gherkinRules classify Gherkin, as Cucumber and Behat have it. What is before
// a colon has to be one of its words.
func gherkinRules() c.Rules {
	lists := strings.Split(strings.TrimSuffix(gherkinWords, "\n"), "\n\n")
	words := func(n int) string {
		var all []string
		for _, w := range strings.Split(lists[n], "\n") {
			switch quoted := regexp.QuoteMeta(strings.TrimSuffix(w, "<")); {
			case n > 0 || strings.HasSuffix(w, "<") || strings.HasSuffix(w, " "):
				all = append(all, quoted)
			default:
				all = append(all, quoted+`\b`)
			}
		}
		return `(?:` + strings.Join(all, "|") + `)`
	}
	section := func(pattern string, kind c.TokenType, states ...string) c.Rule {
		return rule(`(`+pattern+`)(:)`, c.ByGroups(kind, c.Punctuation), c.Push(append([]string{"root"}, states...)...))
	}
	text := []c.Rule{
		rule(`\n`, c.Text),
		rule(`.*?(?=[#\n])`, c.Text),
	}
	return c.Rules{
		"basic": {
			rule(`#.*$`, c.Comment),
			rule(`[ \r\t]+`, c.Text),
		},
		"root": {
			c.Include("basic"),
			rule(`\n`, c.Text),
			rule(`"""(?s:.*?)"""`, c.LiteralString),
			rule(`@[^\s@]+`, c.NameTag),
			c.Include("table-begins"),
			c.Include("sections"),
			c.Include("steps"),
		},
		"sections": {
			section(words(1), c.KeywordNamespace, "description"),
			section(words(2), c.KeywordDeclaration, "feature"),
			section(words(3), c.NameNamespace, "example"),
			section(`(?>[^:\n]*)`, c.Error),
		},
		"steps":        {rule(words(0), c.NameFunction, c.Push("root", "step"))},
		"table-begins": {rule(`(?=\|)`, nil, c.Push("header"))},
		"header": {
			rule(`[^|\s]+`, c.NameVariable),
			rule(`\n`, c.Text, c.Pop(1), c.Push("table")),
			c.Include("table"),
		},
		"table": {
			c.Include("basic"),
			rule(`\n`, c.Text, c.Push("row")),
			rule(`\|`, c.Punctuation),
			rule(`[^|\s]+`, c.Name),
		},
		"row": {
			rule(`(?=\s*[^\s|])`, nil, c.Push("root")),
			c.Default(c.Pop(1)),
		},
		"description": append([]c.Rule{c.Include("basic"), c.Include("sections"), c.Include("steps")}, text...),
		"feature":     append([]c.Rule{c.Include("basic"), c.Include("sections")}, text...),
		"example":     append([]c.Rule{c.Include("basic"), c.Include("table-begins")}, text...),
		"step": {
			c.Include("basic"),
			rule(`<.*?>`, c.NameVariable),
			rule(`".*?"`, c.LiteralString),
			rule(`\S[^\s<]*`, c.Text),
			rule(`.*?(?=[#\n])`, c.Text, c.Pop(1)),
		},
	}
}
