package lexers

import (
	"regexp"

	c "github.com/alecthomas/chroma/v2"
)

const (
	rubyKeywords = `BEGIN END alias begin break case defined\? do else elsif end ensure for if in next redo rescue raise retry
return super then undef unless until when while yield`
	rubyPseudo = `loop include extend raise alias_method attr catch throw private module_function public protected true false
nil __FILE__ __LINE__`
	rubyBuiltins = `attr_reader attr_writer attr_accessor __id__ __send__ abort ancestors at_exit autoload binding callcc caller
catch chomp chop class_eval class_variables clone const_defined\? const_get const_missing const_set constants display dup
eval exec exit extend fail fork format freeze getc gets global_variables gsub hash id included_modules inspect instance_eval
instance_method instance_methods instance_variable_get instance_variable_set instance_variables lambda load local_variables
loop method method_missing methods module_eval name object_id open p print printf private_class_method
private_instance_methods private_methods proc protected_instance_methods protected_methods public_class_method
public_instance_methods public_methods putc puts raise rand readline readlines require require_relative scan select self
send set_trace_func singleton_methods sleep split sprintf srand sub syscall system taint test throw to_a to_s trace_var trap
untaint untrace_var warn`
	rubyQuestions = `autoload block_given const_defined eql equal frozen include instance_of is_a iterator kind_of
method_defined nil private_method_defined protected_method_defined public_method_defined respond_to tainted`
	rubyBangs = "chomp chop exit gsub sub"
)

// rubyRules classify Ruby. "code" is what is between expressions and
// "expression" where one may start, so that a / there begins a regular
// expression. After a name, "call" finds out whether arguments follow.
func rubyRules() c.Rules {
	heredoc := c.ByGroups(c.Operator, c.NameConstant, c.NameConstant, c.NameConstant)
	rules := c.Rules{
		"root": {c.Default(c.Push("code", "expression"))},
		"blanks": {
			rule(`[ \t\r]+`, c.Text),
		},
		"space": {
			c.Include("blanks"),
			rule(`\n\s*`, c.Text, c.Push("expression")),
			rule(`#.*$`, c.CommentSingle),
			rule(`=begin\b(?s:.*?)\n=end\b`, c.CommentMultiline),
		},
		"code": {
			c.Include("space"),
			rule(`__END__`, c.CommentPreproc, c.Push("data")),
			rule(`0_?[0-7]+(?:_[0-7]+)*`, c.LiteralNumberOct),
			rule(`0x\h+(?:_\h+)*`, c.LiteralNumberHex),
			rule(`0b[01]+(?:_[01]+)*`, c.LiteralNumberBin),
			rule(`\d+(?:_\d+)*(?:\.\d+(?:_\d+)*(?:[eE][+-]?\d+)?|[eE][+-]?\d+)`, c.LiteralNumberFloat),
			rule(`\d+(?:_\d+)*`, c.LiteralNumberInteger),
			rule(`@@[a-zA-Z_]\w*`, c.NameVariableClass),
			rule(`@[a-zA-Z_]\w*`, c.NameVariableInstance),
			rule("\\$(?:\\w+|[!@&`'+~=/\\\\,;.<>_*$?:\"]|-[0adFiIlpvw])", c.NameVariableGlobal),
			rule(`::`, c.Operator),
			// Symbols, and keys of hashes.
			rule(`:@{0,2}[a-zA-Z_]\w*[!?]?`, c.LiteralStringSymbol),
			rule(":(?:\\*\\*|[-+]@|[/%&|^`~]|\\[\\]=?|<<|>>|<=?>|<=?|===?)", c.LiteralStringSymbol),
			rule(`:(?:`+quoted(`'`)+`)`, c.LiteralStringSymbol),
			rule(`:"`, c.LiteralStringSymbol, c.Push("symbol")),
			rule(`[a-z_]\w*?[?!]?:\s+`, c.LiteralStringSymbol, c.Push("expression")),
			rule(quoted(`'`), c.LiteralStringSingle),
			rule(`"`, c.LiteralStringDouble, c.Push("string")),
			rule("`", c.LiteralStringBacktick, c.Push("backtick")),
			// Words.
			rule(anyOf(rubyKeywords)+`(?=\W|$)`, c.Keyword, c.Push("expression")),
			rule(anyOf(rubyPseudo)+`\b`, c.KeywordPseudo, c.Push("expression")),
			rule(`(module)(\s+)([a-zA-Z_]\w*(?:::[a-zA-Z_]\w*)*)`, c.ByGroups(c.Keyword, c.Text, c.NameNamespace)),
			rule(`(def\b)(\s*)`, c.ByGroups(c.Keyword, c.Text), c.Push("function")),
			rule(`(class\b)(\s*)`, c.ByGroups(c.Keyword, c.Text), c.Push("class")),
			rule(anyOf(rubyQuestions)+`\?|`+anyOf(rubyBangs)+`!`, c.NameBuiltin, c.Push("expression")),
			rule(anyOf(rubyBuiltins)+`\b`, c.NameBuiltin, c.Push("call")),
			c.Include("heredocs"),
			rule(`\.{2,3}`, c.Operator, c.Push("expression")),
			rule(`[A-Z]\w*`, c.NameConstant, c.Push("call")),
			rule("(\\.|::)(\\s*)([a-z_]\\w*[!?]?|[*%&^`~+-/\\[<>=])", c.ByGroups(c.Punctuation, c.Text, c.NameFunction), c.Push("call")),
			rule(`[a-zA-Z_]\w*[?!]`, c.Name, c.Push("expression")),
			rule(`[a-zA-Z_]\w*`, c.Name, c.Push("call")),
			rule(`\*\*|<<?|>>?|>=|<=|<=>|=~|={3}|!~|&&?|\|\||\.|[-+/*%=<>&!^|~]=?`, c.Operator, c.Push("expression")),
			rule(`\?`, c.Punctuation, c.Push("ternary", "expression")),
			rule(`[\[({,:\\;/]`, c.Punctuation, c.Push("expression")),
			rule(`[\])}]`, c.Punctuation),
		},
		"data":     {rule(`(?s:.+)`, c.CommentPreproc, c.Pop(1))},
		"heredocs": rubyHeredocs(),
		"rest":     {c.Include("code")},
		"open-line": {
			rule(`\n`, c.LiteralStringHeredoc, c.Pop(1), c.Push("heredoc")),
			rule(rubyHeredoc, heredoc),
			c.Include("code"),
		},
		"heredoc": {
			c.Include("escapes"),
			rule(`[^#\\]+|[#\\]`, c.LiteralStringHeredoc),
		},
		"function": {
			rule(`\s+`, c.Text),
			rule(`\(`, c.Punctuation, c.Push("parameters")),
			rule("(?:([a-zA-Z_]\\w*)(\\.))?([a-zA-Z_]\\w*[!?]?|\\*\\*?|[-+]@?|[/%&|^`~]|\\[\\]=?|<<?|>>?|<=>?|>=|===?)",
				c.ByGroups(c.NameClass, c.Operator, c.NameFunction), c.Pop(1)),
			c.Default(c.Pop(1)),
		},
		"class": {
			rule(`\s+`, c.Text),
			rule(`\w+(?:::\w+)+`, c.NameClass),
			rule(`\(`, c.Punctuation, c.Push("parameters", "expression")),
			rule(`<<`, c.Operator, c.Pop(1), c.Push("expression")),
			rule(`[A-Z_]\w*`, c.NameClass, c.Pop(1)),
			c.Default(c.Pop(1)),
		},
		"parameters": {
			rule(`(\))(\.|::)?`, c.ByGroups(c.Punctuation, c.Operator), c.Pop(1)),
			rule(`\(`, c.Punctuation, c.Push("parameters", "expression")),
			c.Include("code"),
		},
		"ternary": {
			rule(`(:)(\s+)`, c.ByGroups(c.Punctuation, c.Text), c.Pop(1), c.Push("expression")),
			rule(`:(?![^#\n]*?[:\\])`, c.Punctuation, c.Pop(1), c.Push("expression")),
			c.Include("code"),
		},
		"interpolation": {
			rule(`\}`, c.LiteralStringInterpol, c.Pop(1)),
			c.Include("code"),
		},
		"interpolations": {
			rule(`#\{`, c.LiteralStringInterpol, c.Push("interpolation")),
			rule(`#(?:@@?|\$)[a-zA-Z_]\w*`, c.LiteralStringInterpol),
		},
		"escapes": {
			c.Include("interpolations"),
			rule(`\\(?:x[a-fA-F0-9]{1,2}|[0-7]{1,3}|.)`, c.LiteralStringEscape),
		},
		"call": {
			rule(`[/%]`, c.Operator, c.Pop(1), c.Push("expression")),
			rule(`(?=\n)`, nil, c.Pop(1)),
			c.Default(c.Pop(1), c.Push("arguments")),
		},
		"arguments": {
			c.Include("space"),
			rule(`[%/]=`, c.Operator, c.Pop(1), c.Push("expression")),
			rule(`/(?=\S|\s*/)`, c.LiteralStringRegex, c.Pop(1), c.Push("regex")),
			c.Include("percents"),
			rule(`(?=\s*/)`, nil, c.Pop(1)),
			rule(`\s+`, c.Text, c.Pop(1), c.Push("expression")),
			c.Default(c.Pop(1)),
		},
		"expression": {
			c.Include("blanks"),
			rule(`/`, c.LiteralStringRegex, c.Pop(1), c.Push("regex")),
			rule(`\?(?:\\[MC]-)*(?:\\(?:[\\abefnrstv#"']|x[a-fA-F0-9]{1,2}|[0-7]{1,3})|\S)(?!\w)`, c.LiteralStringChar, c.Pop(1)),
			rule(`(\s*)(%[rqswQWxiI]? \S* )`, c.ByGroups(c.Text, c.LiteralStringOther), c.Pop(1)),
			c.Include("percents"),
			c.Default(c.Pop(1)),
		},
		"regex": {
			c.Include("interpolations"),
			rule(`\\[\\/]|[\\#]|[^\\/#]+`, c.LiteralStringRegex),
			rule(`/`, c.LiteralStringRegex, c.Pop(1), c.Push("flags")),
		},
		"flags": {rule(`[mixounse]*`, c.LiteralStringRegex, c.Pop(1))},
	}
	for _, s := range []struct {
		state, mark string
		kind        c.TokenType
	}{{"string", `"`, c.LiteralStringDouble}, {"symbol", `"`, c.LiteralStringSymbol}, {"backtick", "`", c.LiteralStringBacktick}} {
		rules[s.state] = []c.Rule{
			c.Include("escapes"),
			rule(`[^\\#`+s.mark+`]+|[\\#]`, s.kind),
			rule(s.mark, s.kind, c.Pop(1)),
		}
	}
	rubyPercents(rules)
	return rules
}

// rubyHeredoc is what begins a document: its operator and its name, which may
// be quoted.
const rubyHeredoc = `(<<[-~]?)` + rubyName + `(\2)`

const rubyName = "([\"'`]?)([a-zA-Z_]\\w*)"

// rubyHeredocs are the rules for documents within code. The names that begin
// a line's documents, at most two, are the lines that end them; the rest of
// that line comes before.
func rubyHeredocs() []c.Rule {
	const rest, next = `((?>[^\n]*))`, "((?>(?:[^\\n<]+|<(?!<[-~]?[\"'`]?[a-zA-Z_]))*))"
	const body = `((?:\n(?>[^\n]*))*?\n)`
	mark := map[bool]string{true: `(<<[-~])`, false: `(<<)(?![-~])`}
	end := func(indented bool, group string) string {
		if indented {
			return `([ \t]*\` + group + `[ \t]*)(?=\n|\z)`
		}
		return `(\` + group + `[ \t]*)(?=\n|\z)`
	}
	var two, one []c.Rule
	for _, a := range []bool{true, false} {
		first := mark[a] + rubyName + `(\2)`
		for _, b := range []bool{true, false} {
			two = append(two, rule(first+next+mark[b]+rubyName+`(\7)`+rest+body+end(a, "3")+body+end(b, "8"),
				c.ByGroups(c.Operator, c.NameConstant, c.NameConstant, c.NameConstant, c.UsingSelf("rest"),
					c.Operator, c.NameConstant, c.NameConstant, c.NameConstant, c.UsingSelf("rest"),
					c.UsingSelf("heredoc"), c.NameConstant, c.UsingSelf("heredoc"), c.NameConstant)))
		}
		one = append(one, rule(first+rest+body+end(a, "3"), c.ByGroups(c.Operator, c.NameConstant, c.NameConstant, c.NameConstant,
			c.UsingSelf("rest"), c.UsingSelf("heredoc"), c.NameConstant)))
	}
	// A document that never ends.
	return append(append(two, one...), rule(rubyHeredoc, c.ByGroups(c.Operator, c.NameConstant, c.NameConstant, c.NameConstant), c.Push("open-line")))
}

// rubyPercents adds the states of strings that begin with a percent sign:
// with pairs of brackets, which nest, and with any other sign.
func rubyPercents(rules c.Rules) {
	kinds := []struct {
		state, letters string
		kind           c.TokenType
		inside         c.Rule
	}{
		{"regex", `r`, c.LiteralStringRegex, c.Include("escapes")},
		{"open", `[QWxI]`, c.LiteralStringOther, c.Include("escapes")},
		{"plain", `[qswi]?`, c.LiteralStringOther, rule(`\\`, c.LiteralStringOther)},
	}
	for _, k := range kinds {
		for _, pair := range []string{"()", "[]", "{}", "<>"} {
			open, end := regexp.QuoteMeta(pair[:1]), regexp.QuoteMeta(pair[1:])
			both := `\` + pair[:1] + `\` + pair[1:]
			state := "percent-" + k.state + pair
			push := c.Push(state)
			if k.state == "regex" {
				push = c.Push("flags", state)
			}
			rules["percents"] = append(rules["percents"], rule(`%`+k.letters+open, k.kind, push))
			rules[state] = []c.Rule{
				rule(`\\[#`+both+`\\]`, c.LiteralStringEscape),
				rule(open, k.kind, c.Push()),
				rule(end, k.kind, c.Pop(1)),
				k.inside,
				rule(`[^#`+both+`\\]+|#`, k.kind),
			}
		}
	}
	for _, k := range kinds {
		state := "percent-" + k.state
		hole := `|#\{[^}]*\}`
		if k.state == "plain" {
			hole = ""
		}
		pattern := `(%` + k.letters + `)([^\w\s])((?:\\(?s:.)` + hole + `|(?!\2)[^\\])*)(\2)`
		emit := c.ByGroups(k.kind, k.kind, c.UsingSelf(state), k.kind)
		if k.state == "regex" {
			rules["percents"] = append(rules["percents"], rule(pattern, emit, c.Push("flags")))
		} else {
			rules["percents"] = append(rules["percents"], rule(pattern, emit))
		}
		rules["percents"] = append(rules["percents"], rule(`%`+k.letters+`[^\w\s]`, k.kind, c.Push(state)))
		rules[state] = []c.Rule{k.inside, rule(`[^#\\]+|#`, k.kind)}
	}
	rules["percent-plain"] = append([]c.Rule{rule(`\\[^\w\s]`, c.LiteralStringEscape)}, rules["percent-plain"]...)
}
