package lexers

import (
	_ "embed"
	"strings"

	c "github.com/alecthomas/chroma/v2"
)

// vimlWords are Vim's commands, and behind an empty line its functions,
// options and events.
//
//go:embed viml_words.txt
var vimlWords string

// vimlRules classify Vim's scripts. No text is an error.
func vimlRules() c.Rules {
	commands, names, _ := strings.Cut(vimlWords, "\n\n")
	return c.Rules{
		"root": {
			rule(`^(\s*)(".*?)$`, c.ByGroups(c.Text, c.Comment)),
			rule(`^\s*\\`, c.LiteralStringEscape),
			rule(`[ \t]+`, c.Text),
			rule(quotedInLine(`/`), c.LiteralStringRegex),
			rule(quotedInLine(`"`), c.LiteralStringDouble),
			rule(quotedInLine(`'`), c.LiteralStringSingle),
			rule(`-?\d+`, c.LiteralNumber),
			rule(`#[0-9a-fA-F]{6}`, c.LiteralNumberHex),
			rule(`^:`, c.Punctuation),
			rule(`[():<>+=!\[\]{}|,~.-]`, c.Punctuation),
			rule(anyOf("let if else endif elseif fun function endfunction")+`\b`, c.Keyword),
			rule(anyOf("NONE bold italic underline dark light")+`\b`, c.NameBuiltin),
			rule(`[absg]:\w+\b`, c.NameVariable),
			rule(anyOf(commands)+`(?!\w)`, c.Keyword),
			rule(anyOf(names)+`(?!\w)`, c.NameBuiltin),
			rule(`\w+\b`, c.Text),
			rule(`(?s:.)`, c.Text),
		},
	}
}

// quotedInLine is quoted for strings that end in their line.
func quotedInLine(mark string) string {
	return strings.ReplaceAll(`"(?>(?:\\[\\"]|[^"\\\n]|\\(?![\\"]))*)"|"[^\n]*"`, `"`, mark)
}
