package lexers

import c "github.com/alecthomas/chroma/v2"

// What names are made of, as Unicode has it: what they begin with is each
// language's own.
const (
	wordRunes = `\p{L}\p{M}\p{Nd}\p{Pc}`
	nameRunes = wordRunes + `\p{Cf}`
)

// xmlRules classify XML. What is no markup is text.
func xmlRules() c.Rules {
	const name = `[\p{L}:_][` + nameRunes + `:.·-]*`
	return c.Rules{
		"root": {
			rule(`[^<&]+`, c.Text),
			rule(`&\S*?;`, c.NameEntity),
			rule(`<!\[CDATA\[.*?\]\]>`, c.CommentPreproc),
			rule(`<!--`, c.Comment, c.Push("comment")),
			rule(`<\?.*?\?>|<![^>]*>`, c.CommentPreproc),
			rule(`<\s*`+name, c.NameTag, c.Push("tag")),
			rule(`<\s*/\s*`+name+`\s*>`, c.NameTag),
		},
		"comment": {
			rule(`-->`, c.Comment, c.Pop(1)),
			rule(`[^-]+|-`, c.Comment),
		},
		"tag": {
			rule(`\s+`, c.Text),
			rule(`(?>`+name+`)\s*=`, c.NameAttribute, c.Push("value")),
			rule(`/?\s*>`, c.NameTag, c.Pop(1)),
		},
		"value": {
			rule(`\s+`, c.Text),
			rule(`"[^"]*"|'[^']*'|[^\s>]+`, c.LiteralString, c.Pop(1)),
		},
	}
}
