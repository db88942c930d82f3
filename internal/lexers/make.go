package lexers

import (
	"strings"

	c "github.com/alecthomas/chroma/v2"
)

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
	quotes := map[string]c.TokenType{"single": c.LiteralStringSingle, "double": c.LiteralStringDouble}

	// A quotation that begins in a call of a function goes on behind it: there
	// its states are ones that come back to the shell's first.
	line, call := c.Rules{}, c.Rules{}
	for state, rs := range shell {
		line[state] = rs
		call[state] = renamed(rs, func(s string) string {
			if quotes[s] != 0 {
				return "begun-" + s
			}
			return s
		})
	}
	for state := range quotes {
		call["begun-"+state] = call[state]
		for _, r := range shell[state] {
			if m, ok := r.Mutator.(c.SerialisableMutator); ok && m.MutatorKind() == "pop" {
				r.Mutator = c.Push("root")
			}
			line["open-"+state] = append(line["open-"+state], r)
		}
	}
	for _, in := range []struct{ prefix, between string }{{"value-", "values"}, {"recipe-", "recipe"}} {
		function := func(state string) []c.Rule {
			return []c.Rule{
				rule(`\$[({][\t ]*\w[\w:=%.]*[\t ]*[)}]`, c.NameVariable),
				rule(`(\$[({])([\t ]*)(`+anyOf(makeFunctions)+`)([\t ]+)`, c.ByGroups(c.NameFunction, c.Text, c.NameBuiltin, c.Text),
					c.Push(in.prefix+"call-"+state)),
			}
		}
		embed(rules, in.prefix, line, rule(end, c.Text, c.Push(in.between)))
		embed(rules, in.prefix+"call-", call)
		for state := range line {
			rules[in.prefix+state] = append(function(strings.TrimPrefix(state, "open-")), rules[in.prefix+state]...)
		}
		for state := range call {
			quote := strings.TrimPrefix(state, "begun-")
			kind := quotes[quote]
			if kind == 0 {
				kind = c.Operator
			}
			closing := c.Pop(1)
			if quote != state {
				closing = c.Push(in.prefix + "open-" + quote)
			}
			rules[in.prefix+"call-"+state] = append(append([]c.Rule{
				rule(`\(|(?<=[({)}])\{`, kind, c.Push()),
				rule(`[)}]`, c.NameFunction, closing),
			}, function(quote)...), rules[in.prefix+"call-"+state]...)
		}
	}
	return rules
}
