package lexers

import c "github.com/alecthomas/chroma/v2"

// visualBasicRules classify Visual Basic. Its words are known as they are
// usually written, with capitals.
func visualBasicRules() c.Rules {
	const name, end = `[a-zA-Z_]\w*`, `(?!\w)`
	after := func(pattern string, kind c.TokenType, more ...c.Rule) []c.Rule {
		return append([]c.Rule{c.Include("space"), rule(pattern, kind, c.Pop(1))}, more...)
	}
	return c.Rules{
		"space": {
			rule(`\s+`, c.Text),
			rule(`(?i:rem)\b.*?$`, c.CommentSingle),
			rule(`%\{(?s:.*?)%\}`, c.CommentMultiline),
			rule(`'.*$`, c.CommentSingle),
		},
		"root": {
			c.Include("space"),
			rule(`#(?:If\b.*?\bThen|ElseIf\b.*?\bThen|End\s+If|Const|ExternalSource.*?\n|End\s+ExternalSource|Region.*?\n|End\s+Region|ExternalChecksum)`,
				c.CommentPreproc),
			rule(`\.`, c.Punctuation, c.Push("member")),
			rule(`[(){}!#,:]`, c.Punctuation),
			rule(`Option\s+(?:Strict|Explicit|Compare)\s+(?:On|Off|Binary|Text)`, c.KeywordDeclaration),
			rule(`End\b`, c.Keyword, c.Push("end")),
			rule(`(?:Dim|Const)\b`, c.Keyword, c.Push("variable")),
			rule(`(?:Function|Sub|Property)\b`, c.Keyword, c.Push("function")),
			rule(`(?:Class|Structure|Enum)\b`, c.Keyword, c.Push("class")),
			rule(`(?:Module|Namespace|Imports)\b`, c.Keyword, c.Push("namespace")),
			rule(anyOf(`AddHandler Alias ByRef ByVal CBool CByte CChar CDate CDbl CDec CInt CLng CObj CSByte CShort CSng CStr CType
CUInt CULng CUShort Call Case Catch Class Const Continue Declare Default Delegate Dim DirectCast Do Each Else ElseIf End EndIf
Enum Erase Error Event Exit False Finally For Friend Function Get Global GoSub GoTo Handles If Implements Imports Inherits
Interface Let Lib Loop Me Module MustInherit MustOverride MyBase MyClass Namespace Narrowing New Next Not NotInheritable
NotOverridable Nothing Of On Operator Option Optional Overloads Overridable Overrides ParamArray Partial Private Property
Protected Public RaiseEvent ReDim ReadOnly RemoveHandler Resume Return Select Set Shadows Shared Single Static Step Stop
Structure Sub SyncLock Then Throw To True Try TryCast Using Wend When While Widening With WithEvents WriteOnly`)+end, c.Keyword),
			rule(anyOf("Boolean Byte Char Date Decimal Double Integer Long Object SByte Short Single String Variant UInteger ULong UShort")+end,
				c.KeywordType),
			rule(anyOf("AddressOf And AndAlso As GetType In Is IsNot Like Mod Or OrElse TypeOf Xor")+end, c.OperatorWord),
			rule(`(?:Console|ConsoleColor)`+end, c.NameBuiltin),
			rule(`[A-Z]\w*`, c.Name),
			rule(`&=|[*]=|/=|\\=|\^=|\+=|-=|<<=|>>=|<<|>>|:=|<=|>=|<>|[-&*/\\^+=<>.]`, c.Operator),
			rule(`"`, c.LiteralString, c.Push("string")),
			rule(name+`[%&@!#$]?`, c.Name),
			rule(`(?:\d+\.\d*|\d*\.\d+)(?:[fF][+-]?\d+)?`, c.LiteralNumberFloat),
			rule(`\d+(?:[SILDFR]|US|UI|UL)?`, c.LiteralNumberInteger),
			rule(`_\n`, c.Keyword),
		},
		"string": {
			rule(`""`, c.LiteralStringEscape),
			rule(`"C?`, c.LiteralString, c.Pop(1)),
			rule(`[^"]+`, c.LiteralString),
		},
		"member":    after(name, c.Name),
		"variable":  after(name, c.NameVariable, c.Default(c.Pop(1))),
		"function":  after(name, c.NameFunction),
		"class":     after(name, c.NameClass),
		"namespace": after(name+`(?:\.`+name+`)*`, c.NameNamespace),
		"end":       after(anyOf("Function Sub Property Class Structure Enum Module Namespace")+`\b`, c.Keyword, c.Default(c.Pop(1))),
	}
}
