package lexers

import c "github.com/alecthomas/chroma/v2"

const makeFunctions = `abspath addprefix addsuffix and basename call dir error eval file filter filter-out findstring firstword
flavor foreach if join lastword notdir or origin patsubst realpath shell sort strip subst suffix value warning wildcard word
wordlist words`

// makeRules classify Makefiles. Values and recipes are shell, with variables
// and functions of make's in between.
func makeRules() c.Rules {
	const assignment = `((?>[\w${}().-]+))([\t ]*)([!?:+]?=)`
	assigned := c.ByGroups(c.NameVariable, c.Text, c.Operator)
	rules := c.Rules{
		"root": {
			c.Include("line"),
			rule(assignment, assigned, c.Push("value-root")),
			c.Include("target"),
		},
		// Between values, the shell's state stays.
		"values": {
			c.Include("line"),
			rule(assignment, assigned, c.Pop(1)),
			c.Include("target"),
		},
		"line": {
			rule(`\s+`, c.Text),
			rule(`#.*?\n`, c.Comment),
			rule(`([-s]?include)((?:[\t ]+[^\t\n #]+)+)`, c.ByGroups(c.Keyword, c.LiteralStringOther)),
			rule(`(ifn?def|ifn?eq)([\t ]+)([^#\n]+)`, c.ByGroups(c.Keyword, c.Text, c.NameVariable)),
			rule(`(?:else|endif)[\t ]*(?=[#\n])`, c.Keyword),
			rule(`(export)([\t ]+)(?=[\w${}()\t -]+\n)`, c.ByGroups(c.Keyword, c.Text), c.Push("export")),
			rule(`export[\t ]+`, c.Keyword),
		},
		"target": {
			rule(`"(?:\\.|[^"\\])*"`, c.LiteralStringDouble),
			rule(`'(?:\\.|[^'\\])*'`, c.LiteralStringSingle),
			rule(`((?>[^\n:]+))(:+)([ \t]*)`, c.ByGroups(c.NameLabel, c.Operator, c.Text), c.Push("prerequisites")),
		},
		"export": {
			rule(`[\w${}()-]`, c.NameVariable),
			rule(`\n`, c.Text, c.Pop(1)),
			rule(`[\t ]+`, c.Text),
		},
		"prerequisites": {
			rule(`[^,\\\n#]+`, c.NameFunction),
			rule(`,`, c.Punctuation),
			rule(`#`, c.Comment),
			rule(`\\(?:\n|.)`, c.Text),
			rule(`\n`, c.Text, c.Pop(1), c.Push("recipe-root", "recipe")),
		},
		// Between the lines of a recipe the shell's state stays as well.
		"recipe": {
			rule(`(ifn?def|ifn?eq)([\t ]+)([^#\n]+)(#.*)?(\n)`, c.ByGroups(c.Keyword, c.Text, c.NameVariable, c.Comment, c.Text)),
			rule(`(else|endif)([\t ]*)(#.*)?(\n)`, c.ByGroups(c.Keyword, c.Text, c.Comment, c.Text)),
			rule(`(\t[\t ]*)([@-]?)`, c.ByGroups(c.Text, c.Punctuation), c.Pop(1)),
			c.Default(c.Push("root")),
		},
	}
	// rouge hands the shell's text over in pieces that begin with a bracket or
	// a dollar sign, or are a backslash and what it is before.
	const piece = `(?!\G)(?<!\G\\)(?:[()}\\\n]|\$[({])|(?<=\G\\(?s:.))`
	const end = `(?<!(?:^|[^\\])(?:\\\\)*\\)\n`
	shell := apart(shellRules(), piece, `\$(?=\()`, `$`)
	embed(rules, "value-", shell, rule(end, c.Text, c.Push("values")))
	embed(rules, "recipe-", shell, rule(end, c.Text, c.Push("recipe")))
	embed(rules, "call-", shell, rule(`[)}]`, c.NameFunction, c.Pop(1)))
	for state := range shell {
		open := c.Operator
		switch state {
		case "double":
			open = c.LiteralStringDouble
		case "single", "ansi":
			open = c.LiteralStringSingle
		case "heredoc":
			open = c.LiteralStringHeredoc
		}
		ours := []c.Rule{
			rule(`\$[({][\t ]*\w[\w:=%.]*[\t ]*[)}]`, c.NameVariable),
			rule(`(\$[({])([\t ]*)(`+anyOf(makeFunctions)+`)([\t ]+)`, c.ByGroups(c.NameFunction, c.Text, c.NameBuiltin, c.Text),
				c.Push("call-"+state)),
		}
		for _, in := range []string{"value-", "recipe-", "call-"} {
			rules[in+state] = append(ours[:2:2], rules[in+state]...)
		}
		rules["call-"+state] = append([]c.Rule{rule(`\(|(?<=[({)}])\{`, open, c.Push())}, rules["call-"+state]...)
	}
	return rules
}
