package lexers

import c "github.com/alecthomas/chroma/v2"

// solidityRules classify Solidity.
func solidityRules() c.Rules {
	const end = `(?![\w$])`
	text := rule(`\\(?:u\h{4}|x..|[^x])`, c.LiteralStringEscape)
	return c.Rules{
		"root": {c.Default(c.Push("file", "line"))},
		"file": {
			c.Include("space"),
			c.Default(c.Push("statement")),
		},
		"line": {
			c.Include("blank"),
			c.Default(c.Pop(1)),
		},
		"blank": {
			rule(`[ \t\r]+|\\\n`, c.Text),
			rule(`/\*`, c.CommentMultiline, c.Push("comment")),
		},
		"space": {
			rule(`\n+`, c.Text, c.Push("line")),
			rule(`//.*\n`, c.CommentSingle, c.Push("line")),
			c.Include("blank"),
		},
		"statement": {
			rule(`;`, c.Punctuation, c.Pop(1)),
			c.Include("space"),
			rule(`(?:hex)?"`, c.LiteralString, c.Push("double")),
			rule(`(?:hex)?'`, c.LiteralString, c.Push("single")),
			rule(`\d+\.\d+(?:[eE]\d+)?`, c.LiteralNumberFloat),
			rule(`0[xX]\h+`, c.LiteralNumberHex),
			rule(`\d+(?:[eE]\d+)?`, c.LiteralNumberInteger),
			rule(`\*/`, c.Error),
			rule(`[~!%^&*+=|?:<>/-]`, c.Operator),
			rule(`[()\[\],.]`, c.Punctuation),
			rule(`u?fixed\d+x\d+`, c.KeywordReserved),
			rule(`bytes\d+|u?int\d+`, c.KeywordType),
			rule(anyOf(`abstract anonymous as assembly break catch calldata constant constructor continue contract do delete else emit
enum event external fallback for function hex if indexed interface internal import is library mapping memory modifier new
override payable public pure pragma private receive return returns storage struct throw try type using var view virtual
while`)+end, c.Keyword),
			rule(anyOf(`now false true balance selector super this blockhash gasleft assert require revert selfdestruct suicide call
callcode delegatecall send transfer addmod ecrecover keccak256 mulmod sha256 sha3 ripemd160`)+end, c.NameBuiltin),
			rule(anyOf("wei finney szabo ether seconds minutes hours days weeks years")+end, c.KeywordConstant),
			rule(anyOf("address bool byte bytes int string uint")+end, c.KeywordType),
			rule(anyOf(`alias after apply auto case copyof default define final fixed immutable implements in inline let macro match
mutable null of partial promise reference relocatable sealed sizeof static supports switch typedef typeof ufixed
unchecked`)+end, c.KeywordReserved),
			rule(`[a-zA-Z$_][\w$]*`, c.Name),
			rule(`[{}]`, c.Punctuation),
		},
		"double": {
			text,
			rule(`[^\\"'\n]+|\\\n?|'`, c.LiteralString),
			rule(`"`, c.LiteralString, c.Pop(1)),
		},
		"single": {
			text,
			rule(`[^\\"'\n]+|\\\n?|"`, c.LiteralString),
			rule(`'`, c.LiteralString, c.Pop(1)),
		},
		"comment": {
			rule(`\*/`, c.CommentMultiline, c.Pop(1)),
			rule(`[^*/]+|[*/]`, c.CommentMultiline),
		},
	}
}
