package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	cKeywords = `auto break case const continue default do else enum extern for goto if register restricted return sizeof
static struct switch typedef union volatile virtual while _Alignas _Alignof _Atomic _Generic _Imaginary _Noreturn
_Static_assert _Thread_local`
	cTypes = `int long float short double char unsigned signed void jmp_buf FILE DIR div_t ldiv_t mbstate_t sig_atomic_t
fpos_t clock_t time_t va_list size_t ssize_t off_t wchar_t ptrdiff_t wctrans_t wint_t wctype_t _Bool _Complex int8_t int16_t
int32_t int64_t uint8_t uint16_t uint32_t uint64_t int_least8_t int_least16_t int_least32_t int_least64_t uint_least8_t
uint_least16_t uint_least32_t uint_least64_t int_fast8_t int_fast16_t int_fast32_t int_fast64_t uint_fast8_t uint_fast16_t
uint_fast32_t uint_fast64_t intptr_t uintptr_t intmax_t uintmax_t char16_t char32_t`
	cReserved = `__asm __int8 __based __except __int16 __stdcall __cdecl __fastcall __int32 __declspec __finally __int61 __try
__leave inline _inline __inline naked _naked __naked restrict _restrict __restrict thread _thread __thread typename
_typename __typename`
)

const cName = `[a-zA-Z_]\w*`

// cRules classify C.
func cRules() c.Rules { return cFamily(cKeywords, cTypes, cReserved, `[^\w\W]`) }

// cFamily are the rules of C and what is made of it. At a line's beginning
// there may be a label or a directive. Outside of functions, a name between
// other words and a parenthesis is a function's when a brace or a semicolon
// ends its signature.
func cFamily(keywords, types, reserved, builtins string) c.Rules {
	const gap = `(?>(?:\s+|//.*\n|/\*(?:[^*\n]|\*(?!/))*\*/)*)`
	// What stands before a parenthesis is looked at before all else, or every
	// word would be tried as the name.
	const signature = `(?=(?>[\w*\s]{3,2000})(?<=[\s*]` + cName + `\s*)\()([\w*\s]+[\s*])(` + cName + `)(\s*\([^;]{0,2000}?\))(` + gap + `)(?=[{;])`
	return c.Rules{
		"root": {c.Default(c.Push("file", "line"))},
		"file": {
			rule(`\n+`, c.Text, c.Push("directive")),
			c.Include("space"),
			rule(signature, c.ByGroups(c.UsingSelf("root"), c.NameFunction, c.UsingSelf("root"), c.UsingSelf("root")), c.Push("signed")),
			rule(`\{`, c.Punctuation, c.Push("function")),
			c.Include("statements"),
		},
		"signed": {
			rule(`\{`, c.Punctuation, c.Pop(1), c.Push("function")),
			rule(`;`, c.Punctuation, c.Pop(1)),
		},
		"function": {
			c.Include("space"),
			c.Include("statements"),
			rule(`;`, c.Punctuation),
			rule(`\{`, c.Punctuation, c.Push()),
			rule(`\}`, c.Punctuation, c.Pop(1)),
		},
		"line": {
			rule(cName+`:(?!:)`, c.NameLabel),
			c.Include("directive"),
		},
		"directive": {
			c.Include("blank"),
			rule(`#if\s0`, c.Comment, c.Push("left out")),
			rule(`#`, c.CommentPreproc, c.Push("macro")),
			c.Default(c.Pop(1)),
		},
		"blank": {
			rule(`[ \t\r]+|\\\n`, c.Text),
			rule(`/(?:\\\n)?\*(?s:.*?)\*(?:\\\n)?/`, c.CommentMultiline),
		},
		"space": {
			rule(`\n+`, c.Text, c.Push("line")),
			rule(`//.*?$`, c.CommentSingle, c.Push("line")),
			c.Include("blank"),
		},
		"statements": {
			c.Include("space"),
			rule(`(?:u8|u|U|L)?"`, c.LiteralString, c.Push("string")),
			rule(`(?i:u8|u|U|L)?'(?:\\.|\\[0-7]{1,3}|\\[xX][a-fA-F0-9]{1,2}|[^\\'\n])'`, c.LiteralStringChar),
			rule(`(?i:(?:\d+\.\d*|\.?\d+)e[+-]?\d+[lu]*)`, c.LiteralNumberFloat),
			rule(`(?i:0x[0-9a-f]+[lu]*)`, c.LiteralNumberHex),
			rule(`(?i:0[0-7]+[lu]*)`, c.LiteralNumberOct),
			rule(`(?i:\d+[lu]*)`, c.LiteralNumberInteger),
			rule(`\*/`, c.Error),
			rule(`[~!%^&*+=|?:<>/-]`, c.Operator),
			rule(`[()\[\],.;]`, c.Punctuation),
			rule(`case\b`, c.Keyword, c.Push("case")),
			rule(`(?:true|false|NULL)\b`, c.NameBuiltin),
			rule(anyOf(keywords)+`(?!\w)`, c.Keyword),
			rule(anyOf(types)+`(?!\w)`, c.KeywordType),
			rule(anyOf(reserved)+`(?!\w)`, c.KeywordReserved),
			rule(anyOf(builtins)+`(?!\w)`, c.NameBuiltin),
			rule(cName, c.Name),
		},
		"case": {
			rule(`:`, c.Punctuation, c.Pop(1)),
			c.Include("statements"),
		},
		"string": {
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(`\\(?:[\\abfnrtv"']|x[a-fA-F0-9]{2,4}|[0-7]{1,3})`, c.LiteralStringEscape),
			rule(`[^\\"\n]+|\\\n?`, c.LiteralString),
		},
		"macro": {
			rule(`(include)(\s*)(<[^>]+>|"[^"]+")([^\n]*)`, c.ByGroups(c.CommentPreproc, c.Text, c.CommentPreprocFile, c.CommentSingle)),
			rule(`[^/\n\\]+`, c.CommentPreproc),
			rule(`\\(?s:.)`, c.CommentPreproc),
			c.Include("blank"),
			rule(`/`, c.CommentPreproc),
			rule(`\n`, c.CommentPreproc, c.Pop(1)),
		},
		"left out": {
			rule(`^\s*#if`, c.Comment, c.Push()),
			rule(`^\s*#\s*el(?:se|if)`, c.Comment, c.Pop(1)),
			rule(`^\s*#\s*endif\b(?s:.*?)(?<!\\)\n`, c.Comment, c.Pop(1)),
			rule(`.*?\n`, c.Comment),
		},
	}
}
