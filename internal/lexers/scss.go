package lexers

import c "github.com/alecthomas/chroma/v2"

// scssRules classify SCSS. What a statement is, a property or a selector, the
// text up to its semicolon or brace decides.
func scssRules() c.Rules {
	rules := sassStates()
	rules["root"] = []c.Rule{
		rule(`\s+`, c.Text),
		rule(`//.*?$`, c.CommentSingle),
		rule(`/\*(?s:.*?)\*/`, c.CommentMultiline),
		rule(`@import\b`, c.Keyword, c.Push("value")),
		c.Include("statements"),
		rule(`(?=[^;{}][;}]|[^;{}:\[]+:[^a-z])`, nil, c.Push("property")),
		c.Default(c.Push("selector")),
	}
	rules["end"] = []c.Rule{
		rule(`\n`, c.Text),
		rule(`[;{}]`, c.Punctuation, c.Push("root")),
	}
	return rules
}
