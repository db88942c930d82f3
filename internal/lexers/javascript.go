package lexers

import c "github.com/alecthomas/chroma/v2"

// javascriptWords are what rouge tells apart of names, the first list that has
// one first.
type javascriptWords struct{ keywords, declarations, reserved, builtins string }

const (
	javascriptName = `[\p{L}\p{Nl}$_][\p{L}\p{N}\p{M}\p{Pc}]*`
	javascriptEnd  = `(?![\p{L}\p{N}\p{M}\p{Pc}])`
)

// javascriptRules classify JavaScript.
func javascriptRules() c.Rules { return javascriptFamily(javascriptWords{}) }

// javascriptFamily are the rules of JavaScript and what is made of it, with
// more words. Where an expression may start, a / is a regular expression and
// a { an object.
func javascriptFamily(more javascriptWords) c.Rules {
	const name, end = javascriptName, javascriptEnd
	return c.Rules{
		"root": {c.Include("code")},
		"space": {
			rule(`\s+`, c.Text),
			rule(`<!--`, c.Comment),
			rule(`//.*?$`, c.CommentSingle),
			rule(`/\*`, c.CommentMultiline, c.Push("comment")),
		},
		"comment": {
			rule(`\*/`, c.CommentMultiline, c.Pop(1)),
			rule(`[^*/]+|[*/]`, c.CommentMultiline),
		},
		"expression": {
			c.Include("space"),
			rule(`/`, c.LiteralStringRegex, c.Pop(1), c.Push("regex")),
			rule(`\{`, c.Punctuation, c.Pop(1), c.Push("object")),
			c.Default(c.Pop(1)),
		},
		"regex": {
			rule(`/`, c.LiteralStringRegex, c.Pop(1), c.Push("flags")),
			rule(`[^/]?\n`, c.Error, c.Pop(1)),
			rule(`\[\^?`, c.LiteralStringEscape, c.Push("class")),
			rule(`\\.|\(\?[:=<!]|\{[\d,]+\}|[()?]`, c.LiteralStringEscape),
			rule(`.`, c.LiteralStringRegex),
		},
		"flags": {
			rule(`[gimuy]+`, c.LiteralStringRegex, c.Pop(1)),
			c.Default(c.Pop(1)),
		},
		"class": {
			rule(`/`, c.LiteralStringEscape),
			rule(`[^/]\n`, c.Error, c.Pop(2)),
			rule(`\]`, c.LiteralStringEscape, c.Pop(1)),
			rule(`\\.`, c.LiteralStringEscape),
			rule(`.`, c.LiteralStringRegex),
		},
		"code": {
			rule(`\s*#!.*\n`, c.CommentPreproc, c.Push("statement")),
			c.Include("space"),
			rule(`\+\+|--|~|\?\?=?|&&|\|\||\\(?=\n)|<<|>>>?|===|!==`, c.Operator, c.Push("expression")),
			rule(`[-<>+*%&|^/!=]=?`, c.Operator, c.Push("expression")),
			rule(`[(\[,]`, c.Punctuation, c.Push("expression")),
			rule(`;`, c.Punctuation, c.Push("statement")),
			rule(`[)\].]`, c.Punctuation),
			rule("`", c.LiteralStringDouble, c.Push("template")),
			rule(`\?\.`, c.Punctuation),
			rule(`\?`, c.Punctuation, c.Push("ternary", "expression")),
			rule(`(@)(\w+)?`, c.ByGroups(c.Punctuation, c.NameDecorator), c.Push("expression")),
			rule(`[{}]`, c.Punctuation, c.Push("statement")),
			rule(anyOf(`as async await break case catch continue debugger default delete do else export finally from for if
import in instanceof new of return super switch this throw try typeof void while yield `+more.keywords)+end, c.Keyword, c.Push("expression")),
			rule(anyOf("var let const with function class extends constructor get set static "+more.declarations)+end, c.KeywordDeclaration,
				c.Push("expression")),
			rule(anyOf("enum implements interface package private protected public "+more.reserved)+end, c.KeywordReserved),
			rule(anyOf("true false null NaN Infinity undefined")+end, c.KeywordConstant),
			rule(anyOf(`Array Boolean Date Error Function Math netscape Number Object Packages RegExp String sun decodeURI
decodeURIComponent encodeURI encodeURIComponent eval isFinite isNaN parseFloat parseInt document window navigator self
global Promise Set Map WeakSet WeakMap Symbol Proxy Reflect Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array
Uint16ClampedArray Int32Array Uint32Array Uint32ClampedArray Float32Array Float64Array DataView ArrayBuffer `+more.builtins)+end, c.NameBuiltin),
			rule(name, c.NameOther),
			rule(`[0-9]+\.[0-9]+(?:[eE][0-9]+)?[fd]?`, c.LiteralNumberFloat),
			rule(`0[xX][0-9a-fA-F]+`, c.LiteralNumberHex),
			rule(`0[oO][0-7][0-7_]*`, c.LiteralNumberOct),
			rule(`0[bB][01][01_]*`, c.LiteralNumberBin),
			rule(`[0-9]+`, c.LiteralNumberInteger),
			rule(`"`, c.LiteralStringDelimiter, c.Push("double")),
			rule(`'`, c.LiteralStringDelimiter, c.Push("single")),
			rule(`:`, c.Punctuation),
		},
		"double": {
			rule(`\\[\\nrt"]?`, c.LiteralStringEscape),
			rule(`[^\\"]+`, c.LiteralStringDouble),
			rule(`"`, c.LiteralStringDelimiter, c.Pop(1)),
		},
		"single": {
			rule(`\\[\\nrt']?`, c.LiteralStringEscape),
			rule(`[^\\']+`, c.LiteralStringSingle),
			rule(`'`, c.LiteralStringDelimiter, c.Pop(1)),
		},
		"statement": {
			rule(`case\b`, c.Keyword, c.Pop(1), c.Push("expression")),
			rule(`(`+name+`)(\s*)(:)`, c.ByGroups(c.NameLabel, c.Text, c.Punctuation)),
			c.Include("expression"),
		},
		"object": {
			c.Include("space"),
			rule(`\{`, c.Punctuation, c.Push()),
			rule(`\}`, c.Punctuation, c.Pop(1), c.Push("statement")),
			rule(`(`+name+`)(\s*)(:)`, c.ByGroups(c.NameAttribute, c.Text, c.Punctuation), c.Push("expression")),
			rule(`:`, c.Punctuation),
			c.Include("code"),
		},
		"ternary": {
			rule(`:`, c.Punctuation, c.Pop(1), c.Push("expression")),
			c.Include("code"),
		},
		"template": {
			rule(`\$\{`, c.Punctuation, c.Push("hole")),
			rule("`", c.LiteralStringDouble, c.Pop(1)),
			rule("\\\\[$`]", c.LiteralStringEscape),
			rule("[^$`\\\\]+|[\\\\$]", c.LiteralStringDouble),
		},
		"hole": {
			rule(`\}`, c.Punctuation, c.Pop(1)),
			c.Include("code"),
		},
	}
}
