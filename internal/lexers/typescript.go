package lexers

import c "github.com/alecthomas/chroma/v2"

// typescriptRules classify TypeScript.
func typescriptRules() c.Rules { return withTypes(javascriptFamily(typescriptWords())) }

// typescriptWords are the words that TypeScript has over JavaScript.
func typescriptWords() javascriptWords {
	return javascriptWords{
		keywords:     "is namespace static private protected public implements readonly",
		declarations: "type abstract",
		reserved:     "string any void number namespace module declare default interface keyof",
		builtins:     "Pick Partial Readonly Record",
	}
}

// withTypes adds the types of members, which may be optional, to the rules of
// JavaScript's family.
func withTypes(rules c.Rules) c.Rules {
	rules["code"] = append([]c.Rule{
		rule(`\?\.`, c.Punctuation),
		rule(`\?\?`, c.Operator),
	}, rules["code"]...)
	rules["statement"] = append([]c.Rule{
		rule(`(`+javascriptName+`)(\??)(\s*)(:)`, c.ByGroups(c.NameLabel, c.Punctuation, c.Text, c.Punctuation), c.Push("expression")),
	}, rules["statement"]...)
	return rules
}
