package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	swiftKeywords = `await break case continue default do else fallthrough if in for return switch where while try catch throw
guard defer repeat as dynamicType is new super self Self Type __COLUMN__ __FILE__ __FUNCTION__ __LINE__ associativity async
didSet get infix inout isolated mutating none nonmutating operator override postfix precedence prefix set unowned weak willSet
throws rethrows precedencegroup`
	swiftDeclarations = `actor class deinit enum convenience extension final func import init internal lazy let nonisolated
optional private protocol public required static struct subscript typealias var dynamic indirect associatedtype open
fileprivate some`
)

// swiftRules classify Swift. A line that begins with a hash is a directive.
func swiftRules() c.Rules {
	const rest = `(?:[\p{L}\p{Nl}\p{M}\p{Nd}_]|[^\x00-\uFFFF])`
	const name, end = `(?:[\p{L}\p{Nl}_]|[^\x00-\uFFFF])` + rest + `*`, `(?!` + rest + `)`
	quoted := rule("(`)("+name+")(`)", c.ByGroups(c.Punctuation, c.NameVariable, c.Punctuation))
	return c.Rules{
		"root": {c.Default(c.Push("code", "line"))},
		"line": {
			rule(`#.*`, c.CommentPreproc),
			c.Include("space"),
			c.Default(c.Pop(1)),
		},
		"space": {
			rule(`\s+`, c.Text),
			c.Include("comments"),
		},
		"comments": {rule(`/\*`, c.CommentMultiline, c.Push("comment"))},
		"comment": {
			c.Include("comments"),
			rule(`\*/`, c.CommentMultiline, c.Pop(1)),
			rule(`[^*/]+|.`, c.CommentMultiline),
		},
		"code": {
			rule(`\n+`, c.Text, c.Push("line")),
			rule(`//.*?$`, c.CommentSingle, c.Push("line")),
			c.Include("space"),
			rule(`\$(?:[1-9]\d*)?\d`, c.NameVariable),
			rule(`[()\[\]{}:;,?\\]`, c.Punctuation),
			rule(`[-/=+*%<>!&|^.~]+`, c.Operator),
			rule(`@?"`, c.LiteralString, c.Push("string")),
			rule(`'(?:\\.|.)'`, c.LiteralStringChar),
			rule(`(?i:(?:\d+(?:_\d+)*\*|(?:\d+(?:_\d+)*)?\.\d+(?:_\d)*)(?:e[+-]?\d+(?:_\d)*)?|\d+e[+-]?\d+)`, c.LiteralNumberFloat),
			rule(`0o?[0-7]+(?:_[0-7]+)*`, c.LiteralNumberOct),
			rule(`0x\h+(?:_\h+)*(?:(?:\.[0-9A-F]+(?:_[0-9A-F]+)*)?p[+-]?\d+)?`, c.LiteralNumberHex),
			rule(`0b[01]+(?:_[01]+)*`, c.LiteralNumberBin),
			rule(`\d+(?:_\d+)*`, c.LiteralNumberInteger),
			rule(`@`+name, c.KeywordDeclaration),
			rule(`(?:private|internal)\([ ]*set[ ]*\)|unowned\([ ]*(?:un)?safe[ ]*\)`, c.KeywordDeclaration),
			rule(`((?:private|internal|unowned)\([ ]*)(\w+)([ ]*\))`, c.ByGroups(c.KeywordDeclaration, c.Error, c.KeywordDeclaration)),
			rule(`#available\([^)]+\)`, c.KeywordDeclaration),
			rule(`(#(?:selector|keyPath)\()([^)]+?(?:\(.*?\))?)(\))`, c.ByGroups(c.KeywordDeclaration, c.NameFunction, c.KeywordDeclaration)),
			rule(`#(?:line|file|column|function|dsohandle)`, c.KeywordDeclaration),
			rule(`(let|var)\b(\s*)(`+name+`)`, c.ByGroups(c.Keyword, c.Text, c.NameVariable)),
			rule(`(let|var)\b(\s*)(\()`, c.ByGroups(c.Keyword, c.Text, c.Punctuation), c.Push("names")),
			rule(`(?!`+anyOf("if while for private internal unowned switch case")+`\b)(?=\p{Lu})`+name+`(?=[?!]?\s*\()`, c.KeywordType),
			rule(`(?!`+anyOf("if while for private internal unowned switch case")+`\b)`+name+`(?=[?!]?\s*\()`, c.NameFunction),
			rule(`(?:as[?!]?|try!?)(?=\s)`, c.Keyword),
			rule(`(#?(?!default)(?!\p{Lu})`+name+`)(\s*)(:)`, c.ByGroups(c.NameVariable, c.Text, c.Punctuation)),
			rule(anyOf(swiftKeywords)+end, c.Keyword),
			rule(anyOf(swiftDeclarations)+end, c.KeywordDeclaration),
			rule(`(?:true|false|nil)`+end, c.KeywordConstant),
			rule(`(?=\p{Lu})`+name, c.KeywordType),
			rule(name, c.Name),
			quoted,
		},
		"names": {
			rule(name, c.NameVariable),
			quoted,
			rule(`,`, c.Punctuation),
			rule(`\(`, c.Punctuation, c.Push()),
			rule(`\)`, c.Punctuation, c.Pop(1)),
			c.Include("space"),
		},
		"string": {
			rule(`\\[\\0tnr'"]`, c.LiteralStringEscape),
			rule(`\\\(`, c.LiteralStringEscape, c.Push("interpolation")),
			rule(`\\u\{\h{1,8}\}`, c.LiteralStringEscape),
			rule(`[^\\"]+`, c.LiteralString),
			rule(`"""|"`, c.LiteralString, c.Pop(1)),
		},
		"interpolation": {
			rule(`\(`, c.Punctuation, c.Push("parentheses")),
			rule(`\)`, c.LiteralStringEscape, c.Pop(1)),
			c.Include("code"),
		},
		"parentheses": {
			rule(`\(`, c.Punctuation, c.Push()),
			rule(`\)`, c.Punctuation, c.Pop(1)),
			c.Include("code"),
		},
	}
}
