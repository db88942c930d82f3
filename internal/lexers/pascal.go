package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	pascalKeywords = `absolute abstract all and and_then array as asm assembler attribute begin bindable case class const constructor
delay destructor div do downto else end except exit export exports external far file finalization finally for forward function
goto if implementation import in inc index inherited initialization inline interface interrupt is label library message mod
module near nil not object of on only operator or or_else otherwise out overload override packed pascal pow private procedure
program property protected public published qualified raise read record register repeat resident resourcestring restricted
safecall segment set shl shr stdcall stored string then threadvar to try type unit until uses value var view virtual while
with write writeln xor`
	pascalTypes = `ansichar ansistring bool boolean byte bytebool cardinal char comp currency double dword extended int64 integer
iunknown longbool longint longword pansichar pansistring pbool pboolean pbyte pbytearray pcardinal pchar pcomp pcurrency
pdate pdatetime pdouble pdword pextended phandle pint64 pinteger plongint plongword pointer ppointer pshortint pshortstring
psingle psmallint pstring pvariant pwidechar pwidestring pword pwordarray pwordbool real real48 shortint shortstring single
smallint string tclass tdate tdatetime textfile thandle tobject ttime variant widechar widestring word wordbool`
)

// pascalRules classify Pascal and Delphi.
func pascalRules() c.Rules {
	return c.Rules{
		"root": {
			rule(`\s+`, c.Text),
			rule(`(?://|--).*$\n?`, c.CommentSingle),
			rule(`\(\*(?s:.*?)\*\)|\{(?s:.*?)\}`, c.CommentMultiline),
			rule(`(?:0[xX]\h*|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?:L|l|UL|ul|u|U|F|f|ll|LL|ull|ULL)?`, c.LiteralNumber),
			rule(`\$\h+`, c.LiteralNumberHex),
			rule("[~!@#$%^&*()+`\\-={}\\[\\]:;<>?,./|\\\\]", c.Punctuation),
			rule(`'(?:[^']|'')*'`, c.LiteralString),
			rule(`(?i:true|false|nil)\b`, c.NameBuiltin),
			rule(`(?i:`+anyOf(pascalKeywords)+`)\b`, c.Keyword),
			rule(`(?i:`+anyOf(pascalTypes)+`)\b`, c.KeywordType),
			rule(`@?[_a-zA-Z]\w*`, c.Name),
		},
	}
}
