package lexers

import c "github.com/alecthomas/chroma/v2"

// confRules classify configuration of whatever kind.
func confRules() c.Rules {
	return c.Rules{
		"root": {
			rule(`#.*?\n`, c.Comment),
			rule(`".*?"`, c.LiteralStringDouble),
			rule(`'.*?'`, c.LiteralStringSingle),
			rule(`[a-zA-Z]\w*`, c.Name),
			rule(`\d+`, c.LiteralNumber),
			rule(`[^\w#"']+`, c.Text),
		},
	}
}
