package lexers

import c "github.com/alecthomas/chroma/v2"

// goRules classify Go: types and predeclared functions apart from keywords,
// every other identifier a plain name.
func goRules() c.Rules {
	const decimals, exponent = `[0-9]+`, `[eE][+-]?[0-9]+`
	const float = `(?:` + decimals + `\.[0-9]*(?:` + exponent + `)?|` + decimals + exponent + `|\.` + decimals + `(?:` + exponent + `)?)`
	return c.Rules{
		"root": {
			rule(`//[^\n]*|/\*(?s:.*?)\*/`, c.Comment),
			rule(anyOf("break default func interface select case defer go map struct chan else goto package switch "+
				"const fallthrough if range type continue for import return var")+`\b`, c.Keyword),
			rule(anyOf("bool byte complex64 complex128 error float32 float64 int8 int16 int32 int64 int rune string "+
				"uint8 uint16 uint32 uint64 uintptr uint")+`\b`, c.KeywordType),
			rule(anyOf("append cap close complex copy delete imag len make new panic print println real recover")+`\b`, c.NameBuiltin),
			rule(`(?:true|false|iota|nil)\b`, c.NameConstant),
			rule(`(?:`+decimals+`|`+float+`)i`, c.LiteralNumber),
			rule(float, c.LiteralNumber),
			rule(`0[xX][0-9A-Fa-f]+|[0-9]+`, c.LiteralNumber),
			rule(`'(?:[^\n]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\[abfnrtv\\'"]|\\[0-7]{3}|\\x[0-9A-Fa-f]{2})'`, c.LiteralStringChar),
			rule(`[+*|^%!=:-]=?|\+\+|--|&\^?=?|&&|\|\||<<?=?|<-|>>?=?|/|\.\.\.|\.`, c.Operator),
			rule(`[()\[\]{},;]`, c.Punctuation),
			rule(`[\p{L}_][\p{L}\p{Nd}_]*`, c.Name),
			rule(`\s+`, c.Text),
			rule("`", c.LiteralString, c.Push("raw")),
			rule(`"`, c.LiteralString, c.Push("text")),
		},
		"text": {
			rule(`\\[abfnrtv\\'"]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\x[0-9A-Fa-f]{2}`, c.LiteralStringEscape),
			rule(`\\.`, c.Error),
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(`[^"\\]+`, c.LiteralString),
		},
		"raw": {
			rule("`", c.LiteralString, c.Pop(1)),
			rule("[^`]+", c.LiteralString),
		},
	}
}
