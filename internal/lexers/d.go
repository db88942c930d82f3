package lexers

import c "github.com/alecthomas/chroma/v2"

// dRules classify D.
func dRules() c.Rules {
	rules := c.Rules{
		"root": {
			rule(`\s+`, c.Text),
			rule(`//.*`, c.CommentSingle),
			rule(`/(?:\\\n)?\*(?s:.*?)\*(?:\\\n)?/`, c.CommentMultiline),
			rule(`/\+`, c.CommentMultiline, c.Push("comment")),
			rule(anyOf(`abstract alias align asm assert auto body break case cast catch class const continue debug default delegate
delete deprecated do else enum export extern finally final foreach_reverse foreach for function goto if immutable import
interface invariant inout in is lazy mixin module new nothrow out override package pragma private protected public pure ref
return scope shared static struct super switch synchronized template this throw try typedef typeid typeof union unittest
version volatile while with __gshared __traits __vector __parameters`)+`\b`, c.Keyword),
			rule(anyOf(`bool byte cdouble cent cfloat char creal dchar double float idouble ifloat int ireal long real short ubyte
ucent uint ulong ushort void wchar`)+`\b`, c.KeywordType),
			rule(`(?:false|true|null)\b`, c.KeywordConstant),
			rule(anyOf(`__FILE__ __FILE_FULL_PATH__ __MODULE__ __LINE__ __FUNCTION__ __PRETTY_FUNCTION__ __DATE__ __EOF__ __TIME__
__TIMESTAMP__ __VENDOR__ __VERSION__`)+`\b`, c.KeywordPseudo),
			rule(`macro\b`, c.KeywordReserved),
			rule(`(?:string|wstring|dstring|size_t|ptrdiff_t)\b`, c.NameBuiltin),
			rule(`0[xX](?:[\h_]*\.[\h_]+|[\h_]+)[pP][+-]?[0-9_]+[fFL]?i?`, c.LiteralNumberFloat),
			rule(`[0-9_]+(?:\.[0-9_]+[eE][+-]?[0-9_]+|\.[0-9_]*|[eE][+-]?[0-9_]+)[fFL]?i?`, c.LiteralNumberFloat),
			rule(`\.(?:0|[1-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?[fFL]?i?`, c.LiteralNumberFloat),
			rule(`0[Bb][01_]+`, c.LiteralNumberBin),
			rule(`0[0-7_]+`, c.LiteralNumberOct),
			rule(`0[xX][\h_]+`, c.LiteralNumberHex),
			rule(`(?:0|[1-9][0-9_]*)(?:[LUu]|Lu|LU|uL|UL)?`, c.LiteralNumberInteger),
			rule(`'(?:\\['"?\\abfnrtv]|\\x\h{2}|\\[0-7]{1,3}|\\u\h{4}|\\U\h{8}|\\&\w+;|.)'`, c.LiteralStringChar),
			rule("r\"[^\"]*\"[cwd]?|`[^`]*`[cwd]?", c.LiteralString),
			rule(`"(?>(?:[^"\\]+|\\["\\]?){0,2000})"[cwd]?`, c.LiteralString),
			rule(`\\(?:['"?\\abfnrtv]|x\h{2}|[0-7]{1,3}|u\h{4}|U\h{8}|&\w+;)`, c.LiteralString),
			rule(`x"[\h_\s]*"[cwd]?`, c.LiteralString),
			rule(`q"([a-zA-Z_]\w*)\n.*?\n\1"`, c.LiteralString),
			rule(`q"([^\[(<{\n]).*?\1"`, c.LiteralString),
			rule(`q\{`, c.LiteralString, c.Push("tokens")),
			rule(`@(?:[a-zA-Z_]\w*)?`, c.NameDecorator),
			rule(`[/.&|\-+<>!()\[\]{}?,;:$=*%^~]`, c.Punctuation),
			rule(`[a-zA-Z_]\w*`, c.Name),
			rule(`#line\s.*\n`, c.CommentSpecial),
		},
		"comment": {
			rule(`[^+/]+`, c.CommentMultiline),
			rule(`/\+`, c.CommentMultiline, c.Push()),
			rule(`\+/`, c.CommentMultiline, c.Pop(1)),
			rule(`[+/]`, c.CommentMultiline),
		},
		"tokens": {
			rule(`\{`, c.Punctuation, c.Push("inner tokens")),
			rule(`\}`, c.LiteralString, c.Pop(1)),
			c.Include("root"),
		},
		"inner tokens": {
			rule(`\{`, c.Punctuation, c.Push()),
			rule(`\}`, c.Punctuation, c.Pop(1)),
			c.Include("root"),
		},
	}
	var opening []c.Rule
	for _, pair := range []string{`\[\]`, `\(\)`, `\<\>`, `\{\}`} {
		open, close := pair[:2], pair[2:]
		text := rule(`[^`+pair+`]+`, c.LiteralString)
		opening = append(opening, rule(`q"`+open, c.LiteralString, c.Push(pair)))
		rules[pair] = []c.Rule{
			text,
			rule(open, c.LiteralString, c.Push("in "+pair)),
			rule(close+`"`, c.LiteralString, c.Pop(1)),
		}
		rules["in "+pair] = []c.Rule{
			text,
			rule(open, c.LiteralString, c.Push()),
			rule(close, c.LiteralString, c.Pop(1)),
		}
	}
	rules["root"] = append(opening, rules["root"]...)
	return rules
}
