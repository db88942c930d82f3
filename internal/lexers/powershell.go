package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	powershellKeywords = `assembly exit process base filter public begin finally return break for sequence catch foreach static
class from switch command function throw configuration hidden trap continue if try data in type define inlinescript until do
interface using dynamicparam module var else namespace while elseif parallel workflow end param enum private`
	powershellOperators = `split isplit csplit join is isnot as eq ieq ceq ne ine cne gt igt cgt ge ige cge lt ilt clt le ile cle
like ilike clike notlike inotlike cnotlike match imatch cmatch notmatch inotmatch cnotmatch contains icontains ccontains
notcontains inotcontains cnotcontains replace ireplace creplace shl shr band bor bxor and or xor not`
	// A name that begins with one of these is cut behind it.
	powershellVariables = `\$ \? \^ _ args ConsoleFileName Error Event EventArgs EventSubscriber ExecutionContext false foreach
HOME Host input IsCoreCLR IsLinux IsMacOS IsWindows LastExitCode Matches MyInvocation NestedPromptLevel null PID PROFILE
PSBoundParameters PSCmdlet PSCommandPath PSCulture PSDebugContext PSHOME PSItem PSScriptRoot PSSenderInfo PSUICulture
PSVersionTable PWD REPORTERRORSHOWEXCEPTIONCLASS REPORTERRORSHOWINNEREXCEPTION REPORTERRORSHOWSOURCE
REPORTERRORSHOWSTACKTRACE SENDER ShellId StackTrace switch this true`
	powershellHelp = `synopsis description parameter example inputs outputs notes link component role functionality
forwardhelptargetname forwardhelpcategory remotehelprunspace externalhelp`
)

// powershellRules classify PowerShell. Words behind a command are its
// parameters, up to the line's end.
func powershellRules() c.Rules {
	return c.Rules{
		"space": {
			rule(`\s+`, c.TextWhitespace),
			rule(`#.*`, c.Comment),
			rule(`<#`, c.CommentMultiline, c.Push("comment")),
		},
		"root": {
			c.Include("space"),
			rule(`\.\.(?=\.?\d)`, c.Operator),
			rule(`(?i:-`+anyOf(powershellOperators)+`|[-+*/%]=)\b`, c.Operator),
			rule(`((?i:class))(\s+)(\w+)`, c.ByGroups(c.KeywordReserved, c.TextWhitespace, c.NameClass), c.Push("class")),
			rule(`((?i:function))(\s+)(?:(\w+)(:))?(\w[-\w]+)`, c.ByGroups(c.KeywordReserved, c.TextWhitespace, c.NameNamespace,
				c.Punctuation, c.NameFunction)),
			rule(`(?i:`+anyOf(powershellKeywords)+`)\b(?![-.])`, c.KeywordReserved),
			rule(`-{1,2}\w+`, c.NameTag),
			rule(`(\.)?([-\w]+)(\[)`, c.ByGroups(c.Operator, c.Name, c.Punctuation), c.Push("bracket")),
			rule(`([/\\~a-zA-Z][-.:/\\~\w]*)(\n)?`, c.ByGroups(c.Name, c.TextWhitespace), c.Push("parameters")),
			rule(`(\.)([-\w]+)(\()`, c.ByGroups(c.Operator, c.NameFunction, c.Punctuation), c.Push("parameters")),
			rule(`(\.)([-\w]+)(\n)?`, c.ByGroups(c.Operator, c.NameFunction, c.TextWhitespace)),
			rule(`\?`, c.NameFunction, c.Push("parameters")),
			c.Include("expression"),
			c.Include("variable"),
			rule(`[-+*/%=!.&|]`, c.Operator),
			rule(`[{}(),:;]`, c.Punctuation),
		},
		"expression": {
			c.Include("space"),
			rule(`"`, c.LiteralStringDouble, c.Push("double")),
			rule(`'`, c.LiteralStringSingle, c.Push("single")),
			rule(`@"`, c.LiteralStringHeredoc, c.Push("here")),
			rule(`@'(?s:.*?)'@`, c.LiteralStringHeredoc),
			rule(`\d*\.\d+`, c.LiteralNumberFloat),
			rule(`\d+`, c.LiteralNumberInteger),
			rule(`@\{`, c.Punctuation, c.Push("table")),
			rule(`@\(`, c.Punctuation, c.Push("array")),
			rule(`\{`, c.Punctuation, c.Push("braces")),
			rule(`\[`, c.Punctuation, c.Push("bracket")),
		},
		"variable": {
			rule(`\$`+anyOf(powershellVariables), c.NameBuiltinPseudo),
			rule("(\\$)(?:(\\w+)(:))?(\\w+|\\{(?:[^`]|`.)(?>(?:[^`}]+|`.)*)\\})", c.ByGroups(c.NameVariable, c.NameNamespace, c.Punctuation, c.NameVariable)),
		},
		"parameters": {
			rule("`(?s:.)", c.LiteralStringEscape),
			rule(`\s*?\n`, c.TextWhitespace, c.Pop(1)),
			rule(`[;(){}\]]`, c.Punctuation, c.Pop(1)),
			rule(`[|=]`, c.Operator, c.Pop(1)),
			rule(`[/\\~\w][-.:/\\~\w]*`, c.NameOther),
			c.Include("root"),
		},
		"class": {
			rule(`\{`, c.Punctuation, c.Pop(1)),
			rule(`\s+`, c.TextWhitespace),
			rule(`\w+`, c.NameClass),
			rule(`[:,]`, c.Punctuation),
		},
		"table": {
			rule(`\}`, c.Punctuation, c.Pop(1)),
			rule(`=`, c.Operator),
			rule(`[,;]`, c.Punctuation),
			c.Include("expression"),
			rule(`\w+`, c.NameOther),
			c.Include("variable"),
		},
		"array": {
			rule(`\)`, c.Punctuation, c.Pop(1)),
			rule(`[,;]`, c.Punctuation),
			c.Include("expression"),
			c.Include("variable"),
		},
		"braces": {
			rule(`\}`, c.Punctuation, c.Pop(1)),
			c.Include("root"),
		},
		"bracket": {
			rule(`\]`, c.Punctuation, c.Pop(1)),
			rule(`[A-Za-z]\w+\.`, c.Name),
			rule(anyOf("ConfirmImpact DefaultParameterSetName HelpURI PositionalBinding SupportsPaging SupportsShouldProcess")+`(?!\w)`,
				c.NameBuiltinPseudo),
			rule(`[A-Za-z]\w+`, c.Name),
			c.Include("root"),
		},
		"double": {
			rule(`(?:\$#?)?"`, c.LiteralStringDouble, c.Pop(1)),
			c.Include("interpolated"),
			rule("[^\"`$]+", c.LiteralStringDouble),
			c.Include("variable"),
		},
		"here": {
			rule(`(?:\$#?)?"@`, c.LiteralStringHeredoc, c.Pop(1)),
			c.Include("interpolated"),
			rule("[^\"`$]+|\"+", c.LiteralStringHeredoc),
			c.Include("variable"),
		},
		"interpolated": {
			rule(`\$\(`, c.LiteralStringInterpol, c.Push("parentheses")),
			rule("`$|`.", c.LiteralStringEscape),
		},
		"parentheses": {
			rule(`\)`, c.LiteralStringInterpol, c.Pop(1)),
			c.Include("root"),
		},
		"single": {
			rule(`'`, c.LiteralStringSingle, c.Pop(1)),
			rule(`[^']+`, c.LiteralStringSingle),
		},
		"comment": {
			rule(`\.(?i:`+anyOf(powershellHelp)+`)`, c.CommentSpecial),
			rule(`#>`, c.CommentMultiline, c.Pop(1)),
			rule(`[^#.]+|[#.]+`, c.CommentMultiline),
		},
	}
}
