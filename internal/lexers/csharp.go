package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	csharpKeywords = `abstract as base break case catch checked const continue default delegate do else enum event explicit
extern false finally fixed for foreach goto if implicit in interface internal is lock new null operator out override params
private protected public readonly ref return sealed sizeof stackalloc static switch this throw true try typeof unchecked
unsafe virtual void volatile while add alias async await get global partial remove set value where yield nameof ascending by
descending equals from group into join let on orderby select`
	csharpTypes = `bool byte char decimal double dynamic float int long object sbyte short string uint ulong ushort var`
)

// csharpRules classify C#.
func csharpRules() c.Rules {
	const name = `@?[_a-zA-Z]\w*`
	return c.Rules{
		"space": {
			rule(`\s+`, c.Text),
			rule(`//.*?$`, c.CommentSingle),
			rule(`/\*(?s:.*?)\*/`, c.CommentMultiline),
		},
		"root": {
			c.Include("space"),
			rule(`\$\s*"`, c.LiteralString, c.Push("interpolated")),
			rule(`\$@\s*"`, c.LiteralString, c.Push("verbatim")),
			rule(`<\[\s*(?:`+name+`:)?|\]>`, c.Keyword),
			rule(`[~!%^&*()+=|\[\]{}:;,.<>/?-]`, c.Punctuation),
			rule(`@"(?:""|[^"])*"`, c.LiteralString),
			rule(`"(?:\\.|[^\\"\n]|\\(?=\n))*["\n]`, c.LiteralString),
			rule(`'(?:\\.|.)'`, c.LiteralStringChar),
			rule(`0[xX][0-9a-fA-F]+[lLuU]?`, c.LiteralNumber),
			rule(`(?i:[0-9](?:\.[0-9]*)?(?:e[+-][0-9]+)?[fldu]?)`, c.LiteralNumber),
			rule(`(?:class|struct|interface)\b`, c.Keyword, c.Push("class")),
			rule(`(?:namespace|using)\b`, c.Keyword, c.Push("namespace")),
			rule(`^#[ \t]*`+anyOf("if endif else elif define undef line error warning region endregion pragma")+`\b.*?\n`, c.CommentPreproc),
			rule(anyOf(csharpKeywords)+`\b`, c.Keyword),
			rule(anyOf(csharpTypes)+`\b`, c.KeywordType),
			rule(name+`(?=\s*\()`, c.NameFunction),
			rule(name, c.Name),
		},
		"class": {
			c.Include("space"),
			rule(name, c.NameClass, c.Pop(1)),
		},
		"namespace": {
			c.Include("space"),
			rule(`(?=\()`, nil, c.Pop(1)),
			rule(`(?:`+name+`|\.)+`, c.NameNamespace, c.Pop(1)),
		},
		"interpolated": {
			rule(`\\.`, c.LiteralString),
			rule(`\{`, c.Punctuation, c.Push("hole")),
			rule(`"|\n`, c.LiteralString, c.Pop(1)),
			rule(`.`, c.LiteralString),
		},
		"verbatim": {
			rule(`""`, c.LiteralString),
			rule(`\{`, c.Punctuation, c.Push("hole")),
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(`.`, c.LiteralString),
		},
		"hole": {
			rule(`\{`, c.Punctuation, c.Push()),
			rule(`\}`, c.Punctuation, c.Pop(1)),
			c.Include("root"),
		},
	}
}
