package lexers

import (
	"strings"

	c "github.com/alecthomas/chroma/v2"
)

// consoleRules classify terminal sessions: a line up to a $, #, > or ; is a
// prompt, what follows it is shell, lines without one are output, and a line
// of full stops is a comment. The shell goes on over prompts that follow each
// other, and begins anew behind output.
func consoleRules() c.Rules {
	lines := []c.Rule{
		rule(`^[^\S\n]*(?:<\.+>|\.+)[^\S\n]*(?:\n|$)`, c.Comment, c.Push("root")),
		rule(`^([^\n]*?[$#>;])([^\S\n]*\n?)`, c.ByGroups(c.GenericPrompt, c.TextWhitespace)),
		rule(`^(?:[^\n]*\n|[^\n]+)`, c.GenericOutput, c.Push("root")),
	}
	rules := c.Rules{"root": {lines[0], rule(lines[1].Pattern, lines[1].Type, c.Push("shell-root")), lines[2]}}
	// The shell's text comes line by line: no token goes over the end of one,
	// and no word begins behind it.
	shell := cut(shellStates("root"), `(?<=\n)`)
	for _, state := range shell {
		for i, r := range state {
			state[i].Pattern = strings.ReplaceAll(r.Pattern, `\b`, `\b(?<!\n)`)
		}
	}
	// A document's end mark is a word that stands behind a << before.
	shell["heredoc"] = append([]c.Rule{
		rule(`(?<=\n[^\n]*)[^\S\n]*(\w+)[^\S\n]*\n(?<=<<-?[^\S\n]*["'\\]?\1\b(?s:.+))`, c.NameConstant, c.Pop(1)),
	}, shell["heredoc"]...)
	embed(rules, "shell-", shell, lines...)
	return rules
}
