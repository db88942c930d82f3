package lexers

import c "github.com/alecthomas/chroma/v2"

// jsxRules classify JSX.
func jsxRules() c.Rules { return withElements(javascriptFamily(javascriptWords{})) }

// tsxRules classify TSX, where a comma behind the first name makes an element
// a list of types.
func tsxRules() c.Rules {
	rules := withTypes(withElements(javascriptFamily(typescriptWords())))
	rules["element name"] = append([]c.Rule{
		rule(`(\w+)(,)`, c.ByGroups(c.NameOther, c.Punctuation), c.Pop(3)),
	}, rules["element name"]...)
	return rules
}

// withElements adds elements to the rules of JavaScript's family, wherever an
// expression may start.
func withElements(rules c.Rules) c.Rules {
	hole := rule(`\{`, c.LiteralStringInterpol, c.Push("element hole", "expression"))
	rules["root"] = []c.Rule{c.Default(c.Push("code", "expression"))}
	rules["element"] = []c.Rule{
		rule(`<`, c.Punctuation, c.Push("content", "tag", "element name")),
	}
	rules["expression"] = append([]c.Rule{c.Include("element")}, rules["expression"]...)
	rules["content"] = []c.Rule{
		rule(`</`, c.Punctuation, c.Pop(1), c.Push("tag", "element name")),
		c.Include("element"),
		hole,
		rule(`[^<{&]+`, c.Text),
		rule(`&[^\s<{]*?;`, c.NameEntity),
	}
	rules["tag"] = []c.Rule{
		c.Include("space"),
		rule(`/>`, c.Punctuation, c.Pop(2)),
		rule(`>`, c.Punctuation, c.Pop(1)),
		hole,
		rule(`\w[\w-]*`, c.NameAttribute),
		rule(`=`, c.Punctuation),
		rule(`(["']).*?\1`, c.LiteralString),
	}
	rules["element name"] = []c.Rule{
		rule(`[A-Z]\w*`, c.NameClass),
		rule(`\w+`, c.NameTag),
		rule(`\.`, c.Punctuation),
		c.Default(c.Pop(1)),
	}
	rules["element hole"] = []c.Rule{
		rule(`\}`, c.LiteralStringInterpol, c.Pop(1)),
		rule(`\{`, c.Punctuation, c.Push("braces in hole", "statement")),
		c.Include("code"),
	}
	rules["braces in hole"] = []c.Rule{
		rule(`\}`, c.Punctuation, c.Pop(1), c.Push("statement")),
		c.Include("code"),
	}
	return rules
}
