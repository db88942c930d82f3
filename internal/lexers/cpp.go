package lexers

import c "github.com/alecthomas/chroma/v2"

// cppRules classify C++: C with more words, numbers and strings, and names
// of classes.
func cppRules() c.Rules { return cppFamily(`[^\w\W]`) }

// cppFamily are the rules of C++ with names that are built in.
func cppFamily(builtins string) c.Rules {
	const digits = `\d(?:'?\d)*`
	rules := cFamily(cKeywords+` asm auto catch char8_t concept consteval constexpr constinit const_cast co_await co_return
co_yield delete dynamic_cast explicit export friend mutable namespace new operator private protected public reinterpret_cast
requires restrict size_of static_cast this throw throws typeid typename using virtual final override alignas alignof decltype
noexcept static_assert thread_local try`, cTypes+" bool", cReserved+
		" __virtual_inheritance __uuidof __super __single_inheritance __multiple_inheritance __interface __event", builtins)
	rules["file"] = append([]c.Rule{rule(`(?:__offload|__blockingoffload|__outer)\b`, c.KeywordPseudo)}, rules["file"]...)
	rules["statements"] = append([]c.Rule{
		rule(`(?:class|struct)\b`, c.Keyword, c.Push("class")),
		rule(`template\b`, c.Keyword, c.Push("template")),
		rule(digits+`(?:\.`+digits+`)?(?:y|d|h|min|s|ms|us|ns|i|if|il)\b`, numberOther),
		rule(`(?i:(?:`+digits+`\.(?:`+digits+`)?|\.`+digits+`)(?:e[+-]?`+digits+`[lu]*)?)`, c.LiteralNumberFloat),
		rule(`(?i:`+digits+`e[+-]?`+digits+`[lu]*)`, c.LiteralNumberFloat),
		rule(`(?i:0x\h(?:'?\h)*[lu]*)`, c.LiteralNumberHex),
		rule(`0b[01]+(?:'[01]+)*`, c.LiteralNumberBin),
		rule(`(?i:0[0-7](?:'?[0-7])*[lu]*)`, c.LiteralNumberOct),
		rule(`(?i:`+digits+`[lu]*)`, c.LiteralNumberInteger),
		rule(`nullptr\b`, c.NameBuiltin),
		rule(`(?:u8|u|U|L)?R"([\w{}\[\]#<>%:;.?*+\-/^&|~!=,"']{0,16})\((?s:.*?)\)\1"`, c.LiteralString),
		rule(`::|<=>`, c.Operator),
		rule(`[{}]`, c.Punctuation),
	}, rules["statements"]...)
	rules["class"] = []c.Rule{
		rule(cName, c.NameClass, c.Pop(1)),
		c.Include("space"),
		rule(`\.{3}`, c.Operator),
		rule(`,`, c.Punctuation, c.Pop(1)),
		c.Default(c.Pop(1)),
	}
	rules["template"] = []c.Rule{
		rule(`[>;]`, c.Punctuation, c.Pop(1)),
		rule(`typename\b`, c.Keyword, c.Push("class")),
		c.Include("statements"),
	}
	rules["case"] = []c.Rule{
		rule(`:(?!:)`, c.Punctuation, c.Pop(1)),
		c.Include("statements"),
	}
	return rules
}
