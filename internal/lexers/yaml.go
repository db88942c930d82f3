package lexers

import c "github.com/alecthomas/chroma/v2"

// yamlRules classify YAML: keys are attributes, every sign is an indicator,
// plain scalars are strings.
func yamlRules() c.Rules {
	const start = "[^ \\t\\n\\r\\f\\v?:,\\[\\]{}#&*!|>'\"%@`]"
	return c.Rules{
		"root": {
			rule(`#.*$`, c.CommentSingle),
			rule(`\n+`, c.Text),
			rule(`[ ]+(?=#|$)`, c.Text),
			rule(`^%YAML\b`, c.NameTag, c.Push("version")),
			rule(`^%TAG\b`, c.NameTag, c.Push("handle")),
			rule(`^(?:---|\.\.\.)(?= |$)`, c.NameNamespace, c.Push("line")),
			rule(`[ ]*(?!\s|$)`, c.Text, c.Push("line", "indentation")),
		},
		"indentation": {
			rule(`\s*?\n`, c.Text, c.Pop(2)),
			rule(`[ ]+(?=[-:?](?:[ ]|$))`, c.Text),
			rule(`[?:-](?=[ ]|$)`, indicator),
			rule(`[ ]+`, c.Text, c.Pop(1)),
			c.Default(c.Pop(1)),
		},
		"line": {
			rule(`[ ]+(?=#|$)`, c.Text, c.Pop(1)),
			rule(`(?=#|$)`, nil, c.Pop(1)),
			rule(`[ ]+`, c.Text),
			c.Include("descriptors"),
			rule(`([^#,:?\[\]{}"'\n]+)(:)(?=\s|$)`, c.ByGroups(c.NameAttribute, indicator)),
			// A block scalar goes on while lines are indented like its first.
			rule(`([|>][+-]?)([^\n]*\n)((?:[ ]*\n)*)([ ]+)(?![ \n])([^\n]*(?:\n(?:[ ]*(?=\n)|\4[^\n]*))*)`, c.ByGroups(indicator,
				c.UsingSelf("ignored"), c.Text, c.Text, c.UsingSelf("block"))),
			rule(`[|>][+-]?`, indicator, c.Push("ignored")),
			c.Include("flow"),
			rule(`(?=`+start+`|[?:-][^ \t\n\r\f\v])`, nil, c.Push("plain")),
		},
		"descriptors": {
			rule(`!<[0-9A-Za-z;/?:@&=+$,_.!~*'()\[\]%-]+>`, c.KeywordType),
			rule(`(?:![\w-]+)?!(?:[\w;/?:@&=+$,.!~*'()\[\]%-]*)`, c.KeywordType),
			rule(`&[\p{L}\p{Nl}\p{Nd}_-]+`, c.NameLabel),
			rule(`\*[\p{L}\p{Nl}\p{Nd}_-]+`, c.NameVariable),
		},
		"flow": {
			rule(`\[`, indicator, c.Push("sequence")),
			rule(`\{`, indicator, c.Push("mapping")),
			rule(`'`, c.LiteralStringSingle, c.Push("single")),
			rule(`"`, c.LiteralStringDouble, c.Push("double")),
		},
		"collection": {
			rule(`\s+`, c.Text),
			rule(`#.*$`, c.CommentSingle),
			rule(`[?:,]`, indicator),
			c.Include("descriptors"),
			c.Include("flow"),
			rule(`(?=`+start+`)`, nil, c.Push("flowing")),
		},
		"sequence": {
			rule(`\]`, indicator, c.Pop(1)),
			c.Include("collection"),
		},
		"mapping": {
			rule(`\}`, indicator, c.Pop(1)),
			c.Include("collection"),
		},
		"block": {
			rule(`\n+`, c.Text),
			rule(`^[ ]+`, c.Text),
			rule(`[^\n]+`, c.LiteralString),
		},
		"ignored": {
			rule(`#.*$`, c.CommentSingle),
			rule(`[1-9][+-]?|[+-][1-9]?`, indicator),
			rule(`[ ]+`, c.Text),
			rule(`\n`, c.Text, c.Pop(1)),
		},
		"spaces": {
			rule(`^[ ]+`, c.Text),
			rule(`[ ]+$`, c.Text),
			rule(`\n+`, c.Text),
			rule(`[ ]+`, c.NameVariable),
		},
		"single": {
			c.Include("spaces"),
			rule(`\\'`, c.LiteralStringEscape),
			rule(`'`, c.LiteralString, c.Pop(1)),
			rule(`[^\s']+`, c.LiteralString),
		},
		"double": {
			rule(`"`, c.LiteralString, c.Pop(1)),
			c.Include("spaces"),
			rule(`\\[0abt\tn\nvfre "\\N_LP]`, c.LiteralStringEscape),
			rule(`\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})`, c.LiteralStringEscape),
			rule(`[^ \t\n\r\f\v"\\]+`, c.LiteralString),
		},
		"plain": {
			rule(`[ ]+(?=:[ \n]|:$)`, c.Text, c.Pop(1)),
			rule(`(?=:[ \n]|:$)`, nil, c.Pop(1)),
			rule(`[ ]*:\S+`, c.LiteralString),
			rule(`[ ]+(?=#)`, c.Text, c.Pop(1)),
			rule(`[ ]+$`, c.Text),
			// Lines further in than the one with the key belong to the scalar.
			rule(`(?<=^( *)(?:- +)*[^\s:#-][^\n]*)\n+(?=\1 +\S)(?!\1 +(?:- |[^#,:?\[\]{}"'\n]+:(?:\s|$)|#))`, c.Text, c.Push("more")),
			rule(`(?=\n)`, nil, c.Pop(1)),
			rule(`[ ]+`, c.LiteralString),
			rule(`true|false|null`, c.NameConstant),
			rule(`\d+(?:\.\d+)?(?=\r?\n| +#)`, c.LiteralNumber, c.Pop(1)),
			rule(`[^\s:]+`, c.LiteralString),
		},
		"more": {
			rule(`[ ]+`, c.Text, c.Pop(1)),
		},
		"flowing": {
			rule(`[ ]+(?=[,:?\[\]{}])`, c.Text, c.Pop(1)),
			rule(`(?=[,:?\[\]{}])`, nil, c.Pop(1)),
			rule(`[ ]+(?=#)`, c.Text, c.Pop(1)),
			rule(`^[ ]+`, c.Text),
			rule(`[ ]+$`, c.Text),
			rule(`\n+`, c.Text),
			rule(`[ ]+`, c.NameVariable),
			rule(`[^\s,:?\[\]{}]+`, c.NameVariable),
		},
		"version": {
			rule(`([ ]+)(\d+\.\d+)`, c.ByGroups(c.Text, c.LiteralNumber), c.Pop(1), c.Push("ignored")),
			c.Default(c.Pop(1)),
		},
		"handle": {
			rule(`([ ]+)(![\w-]*!?)([ ]+)(!?[\w;/?:@&=+$,.!~*'()\[\]%-]+)`, c.ByGroups(c.Text, c.KeywordType, c.Text, c.KeywordType),
				c.Pop(1), c.Push("ignored")),
			c.Default(c.Pop(1)),
		},
	}
}
