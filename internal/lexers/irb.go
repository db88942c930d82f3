package lexers

import c "github.com/alecthomas/chroma/v2"

// irbRules classify sessions of irb and pry: Ruby after a prompt, and what
// it says to it.
func irbRules() c.Rules {
	const snip, comment, prompt = `[^\S\n]*(?:<\.+>|\.+)[^\S\n]*(?:\n|$)`, `[^\S\n]*#`, `[^\n]*?(?:irb|pry)[^\n]*?[>"*]`
	rules := c.Rules{
		"root": {
			rule(snip, c.Comment),
			rule(`(`+prompt+`)(\s*)([^\n]*\n?)`, c.ByGroups(c.GenericPrompt, c.TextWhitespace, c.UsingSelf("code-root"))),
			rule(comment+`[^\n]*\n?`, c.Comment),
			rule(`(?:(?!`+snip+`|`+prompt+`|`+comment+`)(?:[^\n]*\n|[^\n]+))+`, c.UsingSelf("output-root")),
		},
	}
	embed(rules, "code-", rubyRules())
	embed(rules, "output-", irbOutputRules())
	return rules
}

// irbOutputRules classify what irb says: errors, and values after an arrow.
func irbOutputRules() c.Rules {
	rules := rubyRules()
	rules["root"] = []c.Rule{c.Default(c.Push("code", "expression", "output"))}
	rules["output"] = []c.Rule{
		rule(`\w+?(?:Error|Exception):.+?(?:\n|$)`, c.GenericError, c.Push("error")),
		c.Include("lines"),
	}
	rules["error"] = []c.Rule{
		rule(`.+?(?:\n|$)`, c.GenericError),
		c.Include("lines"),
	}
	rules["lines"] = []c.Rule{
		rule(`=>`, c.Punctuation, c.Pop(1)),
		rule(`.+?(?:\n|$)`, c.GenericOutput),
	}
	rules["code"] = append([]c.Rule{rule(`#<`, c.KeywordType, c.Push("object"))}, rules["code"]...)
	rules["object"] = []c.Rule{
		rule(`>`, c.KeywordType, c.Pop(1)),
		c.Include("code"),
	}
	return rules
}
