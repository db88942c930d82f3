package lexers

import c "github.com/alecthomas/chroma/v2"

const rPrimitives = `abs acos acosh all any anyNA Arg as.call as.character as.complex as.double as.environment as.integer
as.logical as.null.default as.numeric as.raw asin asinh atan atanh attr attributes baseenv browser c call ceiling class Conj
cos cosh cospi cummax cummin cumprod cumsum digamma dim dimnames emptyenv exp expression floor forceAndCall gamma gc.time
globalenv Im interactive invisible is.array is.atomic is.call is.character is.complex is.double is.environment is.expression
is.finite is.function is.infinite is.integer is.language is.list is.logical is.matrix is.na is.name is.nan is.null is.numeric
is.object is.pairlist is.raw is.recursive is.single is.symbol lazyLoadDBfetch length lgamma list log max min missing Mod names
nargs nzchar oldClass on.exit pos.to.env proc.time prod quote range Re rep retracemem return round seq_along seq_len seq.int
sign signif sin sinh sinpi sqrt standardGeneric substitute sum switch tan tanh tanpi tracemem trigamma trunc unclass
untracemem UseMethod xtfrm`

// rRules classify R.
func rRules() c.Rules {
	const rest = `[._\p{L}\p{M}\p{N}]`
	const end = `(?!` + rest + `)`
	return c.Rules{
		"root": {
			rule(`#'.*?$`, docComment),
			rule(`#.*?$`, c.CommentSingle),
			rule(`\s+`, c.TextWhitespace),
			rule("`[^`]+?`", c.Name),
			rule(`'(?:\\(?s:.)|[^\\'])*'`, c.LiteralStringSingle),
			rule(`"(?:\\(?s:.)|[^\\"])*"`, c.LiteralStringDouble),
			rule(`%[^%]*?%`, c.Operator),
			rule(`0[xX]\h+(?:[pP][0-9]+)?[Li]?`, c.LiteralNumberHex),
			rule(`[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?[Li]?`, c.LiteralNumber),
			rule(anyOf(rPrimitives)+`(?=\()`, c.NameFunction),
			rule(anyOf("if else for while repeat in next break function")+end, c.Keyword),
			rule(anyOf("NULL Inf TRUE FALSE NaN NA NA_integer_ NA_real_ NA_complex_ NA_character_")+end, c.KeywordConstant),
			rule(`(?:LETTERS|letters|month\.abb|month\.name|pi|T|F)`+end, c.NameBuiltin),
			rule(`(?:[\p{L}\p{Nl}]|\.[._\p{L}\p{Nl}])`+rest+`*|\.`, c.Name),
			rule(`[\[\]{}();,]`, c.Punctuation),
			rule(`[-<>?*+^/!=:%~$@&|]`, c.Operator),
		},
	}
}
