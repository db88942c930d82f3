package lexers

import c "github.com/alecthomas/chroma/v2"

// consoleRules classify terminal sessions: a line up to a $, #, > or ; is a
// prompt, what follows it is shell, lines without one are output, and a line
// of full stops is a comment.
func consoleRules() c.Rules {
	rules := shellStates("shell")
	rules["root"] = []c.Rule{
		rule(`[^\S\n]*(?:<\.+>|\.+)[^\S\n]*(?:\n|$)`, c.Comment),
		rule(`([^\n]*?[$#>;])([^\S\n]*)([^\n]*\n?)`, c.ByGroups(c.GenericPrompt, c.TextWhitespace, c.UsingSelf("shell"))),
		rule(`[^\n]*\n|[^\n]+`, c.GenericOutput),
	}
	return rules
}
