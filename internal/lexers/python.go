package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	pythonKeywords = `assert break continue del elif else except exec finally for global if lambda pass print raise return
try while yield as with from import async await nonlocal`
	pythonBuiltins = `__import__ abs all any apply ascii basestring bin bool buffer bytearray bytes callable chr classmethod
cmp coerce compile complex delattr dict dir divmod enumerate eval execfile exit file filter float format frozenset getattr
globals hasattr hash hex id input int intern isinstance issubclass iter len list locals long map max memoryview min next
object oct open ord pow property range raw_input reduce reload repr reversed round set setattr slice sorted staticmethod
str sum super tuple type unichr unicode vars xrange zip`
	pythonExceptions = `ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError
BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
ConnectionResetError DeprecationWarning EOFError EnvironmentError Exception FileExistsError FileNotFoundError
FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError
InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError
NotADirectoryError NotImplemented NotImplementedError OSError OverflowError OverflowWarning PendingDeprecationWarning
ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StandardError
StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError
UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning
ValueError VMSError Warning WindowsError ZeroDivisionError`
)

// pythonRules classify Python.
func pythonRules() c.Rules {
	const name, dotted = `[\p{L}_][\p{L}\p{Nd}_]*`, `[\p{L}_.][\p{L}\p{Nd}_.]*`
	const digits, exponent = `[0-9](?:_?[0-9])*`, `[eE][+-]?[0-9](?:_?[0-9])*`
	word := func(words string) string { return anyOf(words) + `(?![\p{L}\p{Nd}_])` }
	rules := c.Rules{
		"root": {
			rule(`\n+`, c.Text),
			rule(`^(:)(\s*)([rRuU]{0,2}"""(?s:.*?)""")`, c.ByGroups(c.Punctuation, c.Text, c.LiteralStringDoc)),
			rule(`[^\S\n]+`, c.Text),
			rule(`#.*\n?`, c.CommentSingle),
			rule(`[\[\]{}:(),;.]`, c.Punctuation),
			rule(`\\\n?`, c.Text),
			rule(`(?:in|is|and|or|not)\b`, c.OperatorWord),
			rule(`(?:<<|>>|//|\*\*)=?`, c.Operator),
			rule(`[-~+/*%=<>&^|@]=?|!=`, c.Operator),
			rule(`(from)((?:\\\s|\s)+)(`+dotted+`)((?:\\\s|\s)+)(import)`, c.ByGroups(c.KeywordNamespace, c.Text, c.NameNamespace,
				c.Text, c.KeywordNamespace)),
			rule(`(import)(\s+)(`+dotted+`)`, c.ByGroups(c.KeywordNamespace, c.Text, c.NameNamespace)),
			rule(`(def)((?:\s|\\\s)+)`, c.ByGroups(c.Keyword, c.Text), c.Push("function")),
			rule(`(class)((?:\s|\\\s)+)`, c.ByGroups(c.Keyword, c.Text), c.Push("class")),
			rule("`.*?`", c.LiteralStringBacktick),
		},
		"function": {rule(name, c.NameFunction, c.Pop(1)), c.Default(c.Pop(1))},
		"class":    {rule(name, c.NameClass, c.Pop(1)), c.Default(c.Pop(1))},
		"interpolation": {
			rule(`[^{}!:]+`, c.UsingSelf("root")),
			rule(`![asr]|:`, c.LiteralStringInterpol),
			rule(`\{`, c.LiteralStringInterpol, c.Push()),
			rule(`\}`, c.LiteralStringInterpol, c.Pop(1)),
		},
	}
	// Strings: what their prefix allows inside, and what closes them.
	for _, prefix := range []struct{ state, pattern string }{
		{"rawf", `(?i:rf|fr)`}, {"raw", `(?i:r|rb|br|ru|ur)`}, {"f", `(?i:f|fb|bf)`}, {"plain", `(?i:[bu]{0,2})`},
	} {
		for _, quote := range []struct{ state, mark string }{
			{"-apostrophes", `'''`}, {"-marks", `"""`}, {"-apostrophe", `'`}, {"-mark", `"`},
		} {
			state := prefix.state + quote.state
			rules["root"] = append(rules["root"], rule(`(`+prefix.pattern+`)(`+quote.mark+`)`,
				c.ByGroups(c.LiteralStringAffix, c.LiteralString), c.Push(state)))
			escape := c.LiteralStringEscape
			if prefix.state == "raw" || prefix.state == "rawf" {
				escape = c.LiteralString
			}
			inside := []c.Rule{
				rule(`[^'"\\{]+|\{\{`, c.LiteralString),
				rule(quote.mark, c.LiteralString, c.Pop(1)),
				rule(`['"]`, c.LiteralString),
				rule(`\\(?:[\\abfnrtv"'\n]|newline|N\{[a-zA-Z][a-zA-Z ]+[a-zA-Z]\}|u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8}|x[a-fA-F0-9]{2}|[0-7]{1,3})`, escape),
				rule(`\\.`, c.LiteralString),
			}
			if prefix.state == "f" || prefix.state == "rawf" {
				inside = append(inside, rule(`\{`, c.LiteralStringInterpol, c.Push("interpolation")))
			} else {
				inside = append(inside, rule(`\{`, c.LiteralString))
			}
			rules[state] = inside
		}
	}
	rules["root"] = append(rules["root"],
		rule(`@`+dotted, c.NameDecorator),
		rule(word(pythonKeywords), c.Keyword),
		rule(word(pythonExceptions), c.NameBuiltin),
		rule(word(pythonBuiltins), c.NameBuiltin),
		rule(word("self None Ellipsis NotImplemented False True"), c.NameBuiltinPseudo),
		rule(name, c.Name),
		rule(`(?:(?:`+digits+`)?\.`+digits+`|`+digits+`\.)(?:`+exponent+`)?[jJ]?`, c.LiteralNumberFloat),
		rule(digits+exponent+`[jJ]?`, c.LiteralNumberFloat),
		rule(digits+`[jJ]`, c.LiteralNumberFloat),
		rule(`0[bB](?:_?[01])+`, c.LiteralNumberBin),
		rule(`0[oO](?:_?[0-7])+`, c.LiteralNumberOct),
		rule(`0[xX](?:_?[a-fA-F0-9])+`, c.LiteralNumberHex),
		rule(`\d+L`, c.LiteralNumberIntegerLong),
		rule(`[1-9](?:_?[0-9])*|0(?:_?0)*`, c.LiteralNumberInteger),
	)
	return rules
}
