package lexers

import (
	"strings"

	c "github.com/alecthomas/chroma/v2"
)

// elixirRules classify Elixir.
func elixirRules() c.Rules {
	const name, end = `[a-zA-Z_]\w*`, `\b(?![?!])`
	rules := c.Rules{
		"root": {
			rule(`\s+`, c.Text),
			rule(`#.*$`, c.CommentSingle),
			rule(anyOf(`case cond end bc lc if unless try loop receive fn defmodule defp? defprotocol defimpl defrecord defmacrop?
defdelegate defexception defguardp? defstruct exit raise throw after rescue catch else`)+end+`|do\b`, c.Keyword),
			rule(`(?:import|require|use|recur|quote|unquote|super|refer)`+end, c.KeywordNamespace),
			rule(`(?:and|not|or|when|xor|in)\b`, c.OperatorWord),
			rule(`%=|\*\*?=|\+=|-=|\^=|\|\|=|<=>|<(?![<=])|>(?![<=>])|<=|>=|===?|=~|!=|!~|&(?:&&?|(?!\d))|\|\||\^|\*|\+|-|/|\||<<|>>|=|\.|~~~`,
				c.Operator),
			rule(`:(?:`+name+`(?:[?!]|=(?![>=]))?|<>|===?|>=?|<=?|<=>|&&?|%\(\)|%\[\]|%\{\}|\+\+?|--?|\|\|?|!|//|[%&`+"`"+
				`/|]|\*\*?|=?~|<-)|`+name+`[?!]?:(?!:)`, c.LiteralStringSymbol),
			rule(`:"`, c.LiteralStringSymbol, c.Push("symbol")),
			rule(`(?:nil|true|false)`+end+`|[A-Z]\w*\b`, c.NameConstant),
			rule(`__(?:FILE|LINE|MODULE|MAIN|FUNCTION)__`+end, c.NameBuiltinPseudo),
			rule(`[a-zA-Z_!]\w*[!?]?`, c.Name),
			rule(`::|[%(){};,/|:\\\[\]]`, c.Punctuation),
			rule(`@`+name+`|&\d`, c.NameVariable),
			rule(`\d(?:_?\d)*(?:\.(?![^\d\s])(?:_?\d)+)(?:[eE][-+]?\d(?:_?\d)*)?\b`, c.LiteralNumberFloat),
			rule(`0x\h(?:_?\h)*\b`, c.LiteralNumberHex),
			rule(`0o[0-7](?:_?[0-7])*\b`, c.LiteralNumberOct),
			rule(`0b[01](?:_?[01])*\b`, c.LiteralNumberBin),
			rule(`\d(?:_?\d)*\b`, c.LiteralNumberInteger),
			rule(`(?:%[A-Ba-z])?"""(?s:.*?)"""|'''(?s:.*?)'''`, c.LiteralStringDoc),
			rule(`"`, c.LiteralStringDouble, c.Push("double")),
			rule(`'`, c.LiteralStringSingle, c.Push("single")),
			rule(`\?(?:\\(?:x\d{1,2}|\h{1,2}(?!\h)\b|0[0-7]{0,2}(?![0-7])\b[^x0MC])|(?:\\[MC]-)+\w|[^\s\\])`, c.LiteralStringOther),
		},
		"double": {
			c.Include("escapes"),
			c.Include("interpolation"),
			rule(`[^#"\\]+`, c.LiteralStringDouble),
			rule(`"`, c.LiteralStringDouble, c.Pop(1)),
			rule(`[#\\]`, c.LiteralStringDouble),
		},
		"single": {
			c.Include("escapes"),
			c.Include("interpolation"),
			rule(`[^#'\\]+`, c.LiteralStringSingle),
			rule(`'`, c.LiteralStringSingle, c.Pop(1)),
			rule(`[#\\]`, c.LiteralStringSingle),
		},
		"symbol": {
			rule(`"`, c.LiteralStringSymbol, c.Pop(1)),
			c.Include("interpolation"),
			rule(`[^#"]+`, c.LiteralStringSymbol),
		},
		"escapes": {rule(`\\(?:x\h{2}|u\{?\d+\}?|[\\abdefnrstv0"'])`, c.LiteralStringEscape)},
		"interpolation": {
			rule(`#\{`, c.LiteralStringInterpol, c.Push("interpolated")),
		},
		"interpolated": {
			rule(`\}`, c.LiteralStringInterpol, c.Pop(1)),
			c.Include("root"),
		},
		"regex flags": {rule(`[fgimrsux]*`, c.LiteralStringRegex, c.Pop(1))},
		"list flags":  {rule(`[csa]?`, c.LiteralStringOther, c.Pop(1))},
	}
	// Sigils: what their letter and their delimiter say. Those of capital
	// letters are the ones that rouge interpolates.
	for _, kind := range []struct {
		letters, flags string
		interpolated   bool
		class          c.TokenType
	}{
		{`R`, "regex flags", true, c.LiteralStringRegex},
		{`r`, "regex flags", false, c.LiteralStringRegex},
		{`W`, "list flags", true, c.LiteralStringOther},
		{`w`, "list flags", false, c.LiteralStringOther},
		{`[SC]`, "", true, c.LiteralStringOther},
		{`[A-Za-z]?`, "", false, c.LiteralStringOther},
	} {
		for _, pair := range strings.Fields(`\{\} \[\] \(\) <> \|\| // '' ""`) {
			open, close := pair[:len(pair)/2], pair[len(pair)/2:]
			state := kind.letters + pair
			push := c.Push(state)
			if kind.flags != "" {
				push = c.Push(kind.flags, state)
			}
			rules["root"] = append(rules["root"], rule(`~`+kind.letters+open, kind.class, push))
			inside := []c.Rule{rule(close, kind.class, c.Pop(1))}
			if kind.interpolated {
				inside = append(inside, c.Include("interpolation"), rule(`#`, kind.class))
			} else {
				inside = append(inside, rule(`[\\#]`, kind.class))
			}
			rules[state] = append(inside, rule(`[^#\\`+pair+`]+`, kind.class))
		}
	}
	return rules
}
