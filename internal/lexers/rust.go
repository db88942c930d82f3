package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	rustKeywords = `as async await break const continue crate dyn else enum extern false fn for if impl in let log loop match
mod move mut pub ref return self Self static struct super trait true type unsafe use where while abstract become box do final
macro override priv typeof unsized virtual yield try union`
	rustBuiltins = `Add BitAnd BitOr BitXor bool c_char c_double c_float char c_int clock_t c_long c_longlong Cons Const Copy
c_schar c_short c_uchar c_uint c_ulong c_ulonglong c_ushort c_void dev_t DIR dirent Div Either Eq Err f32 f64 Failure FILE
float fpos_t i16 i32 i64 i8 isize Index ino_t int intptr_t Left mode_t Modulo Mul Neg Nil None Num off_t Ok Option Ord Owned
pid_t Ptr ptrdiff_t Right Send Shl Shr size_t Some ssize_t str Sub Success time_t u16 u32 u64 u8 usize uint uintptr_t Box Vec
String Gc Rc Arc u128 i128 Result Sync Pin Unpin Sized Drop drop Fn FnMut FnOnce Clone PartialEq PartialOrd AsMut AsRef From
Into Default DoubleEndedIterator ExactSizeIterator Extend IntoIterator Iterator`
)

// rustRules classify Rust. Within a macro's parentheses everything goes, and
// a hash and a space at a line's beginning hide the line from documentation.
func rustRules() c.Rules {
	const first, rest = `\p{L}\p{Nl}_`, `[\p{L}\p{M}\p{N}\p{Pc}]`
	const name, end = `[` + first + `]` + rest + `*`, `(?!` + rest + `)`
	const escape = `\\(?:[nrt'"\\0]|x\h{2}|u\{(?:\h_*){1,6}\})`
	const fraction, exponent, float, size = `\.[0-9][0-9_]*`, `[eE][-+]?[0-9_]+`, `f(?:32|64)`, `(?:8|16|32|64|128|size)`
	rules := c.Rules{
		"root": {c.Default(c.Push("code", "line"))},
		"line": {
			c.Include("space"),
			rule(`#\s[^\n]*`, c.CommentSpecial),
			c.Default(c.Pop(1)),
		},
		"space": {
			rule(`\s+`, c.Text),
			rule(`////+[^\n]*`, c.CommentSingle),
			rule(`//[/!][^\n]*`, docComment),
			rule(`//[^\n]*`, c.CommentSingle),
			rule(`/\*\*\*?/`, c.CommentMultiline),
			rule(`/\*\*\*+`, c.CommentMultiline, c.Push("comment")),
			rule(`/\*[*!]`, docComment, c.Push("documentation")),
			rule(`/\*`, c.CommentMultiline, c.Push("comment")),
		},
		"comment": {
			rule(`\*/`, c.CommentMultiline, c.Pop(1)),
			rule(`/\*`, c.CommentMultiline, c.Push()),
			rule(`[^*/]+|[*/]`, c.CommentMultiline),
		},
		"documentation": {
			rule(`\*/`, docComment, c.Pop(1)),
			rule(`/\*`, docComment, c.Push()),
			rule(`[^*/]+|[*/]`, docComment),
		},
		"code": {
			rule(`\n`, c.Text, c.Push("line")),
			c.Include("space"),
			rule(`#!?\[`, c.NameDecorator, c.Push("attribute")),
			rule(anyOf(rustKeywords)+`\b`, c.Keyword),
			c.Include("literals"),
			rule(`[=-]>|<->`, c.Keyword),
			rule(`[()\[\]{}|,:;]`, c.Punctuation),
			rule(`[*/!@~&+%^<>=?-]|\.{2,3}`, c.Operator),
			rule(`(?:\.\s*)?`+name+`(?=\s*\()`, c.NameFunction),
			rule(`\.\s*await\b`, c.Keyword),
			rule(`\.\s*`+name, c.NameProperty),
			rule(`\.\s*\d+`, c.NameAttribute),
			rule(`(`+name+`)(::)`, c.ByGroups(c.NameNamespace, c.Punctuation)),
			rule(`macro_rules!`, c.NameDecorator, c.Push("macro_rules")),
			rule(name+`!`, c.NameDecorator, c.Push("macro")),
			rule(`'static\b`, c.Keyword),
			rule(`'`+name, c.NameVariable),
			rule(anyOf(rustBuiltins)+end, c.NameBuiltin),
			rule(name, c.Name),
		},
		"attribute": {
			c.Include("space"),
			c.Include("literals"),
			rule(`[(,)=:]`, c.NameDecorator),
			rule(`\]`, c.NameDecorator, c.Pop(1)),
			rule(name, c.NameDecorator),
		},
		"literals": {
			rule(`(?:true|false)\b`, c.KeywordConstant),
			rule(`b?'(?:`+escape+`|[^\\])'`, c.LiteralStringChar),
			rule(`b?"`, c.LiteralString, c.Push("string")),
			rule(`b?r(#*)"(?s:.*?)"\1`, c.LiteralString),
			rule(`[0-9][0-9_]*(?:`+fraction+`(?:`+exponent+`)?(?:`+float+`)?|`+exponent+`(?:`+float+`)?|`+
				float+`|\.(?![._`+first+`]))`, c.LiteralNumberFloat),
			rule(`(?:0b[10_]+|0x[\h_]+|0o[0-7_]+|[0-9][0-9_]*)(?:u`+size+`?|i`+size+`)?`, c.LiteralNumberInteger),
		},
		"string": {
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(escape, c.LiteralStringEscape),
			rule(`[^"\\]+`, c.LiteralString),
		},
		"in macro": {
			rule(name+`!`, c.NameDecorator),
			c.Include("code"),
			rule(`.`, c.Text),
		},
		"variables": {rule(`\$(?:`+name+`(?::`+name+`)?)?`, c.NameVariable)},
	}
	// A macro lasts until what it opens first is closed.
	for _, macro := range []string{"macro", "macro_rules"} {
		opened := macro + " opened"
		var variables []c.Rule
		if macro == "macro_rules" {
			variables = []c.Rule{c.Include("variables")}
		}
		rules[macro] = append(variables,
			c.Include("literals"),
			rule(`[\[{(]`, c.Punctuation, c.Pop(1), c.Push(opened)),
			rule(`[\]})]`, c.Punctuation),
			c.Include("in macro"))
		rules[opened] = append(variables,
			c.Include("literals"),
			rule(`[\[{(]`, c.Punctuation, c.Push()),
			rule(`[\]})]`, c.Punctuation, c.Pop(1)),
			c.Include("in macro"))
	}
	return rules
}
