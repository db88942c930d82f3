package lexers

import c "github.com/alecthomas/chroma/v2"

const objectiveCBuiltins = "YES NO nil"

// objectiveCRules classify Objective-C.
func objectiveCRules() c.Rules {
	return withMessages(cFamily(cKeywords, cTypes, cReserved, objectiveCBuiltins))
}

// objectiveCppRules classify Objective-C++.
func objectiveCppRules() c.Rules {
	rules := withMessages(cppFamily(objectiveCBuiltins))
	rules["statements"] = append([]c.Rule{
		rule(`(\.)(class)`, c.ByGroups(c.Operator, c.NameBuiltinPseudo)),
		rule(`(@selector)(\()(class)(\))`, c.ByGroups(c.Keyword, c.Punctuation, c.NameBuiltinPseudo, c.Punctuation)),
	}, rules["statements"]...)
	return rules
}

// withMessages adds to the rules of C's family what Objective-C has: words
// and literals with an at sign, messages in brackets, and methods.
func withMessages(rules c.Rules) c.Rules {
	const name = `[a-zA-Z$_][\w$]*`
	const argument = `(` + name + `)(\s*)(:)`
	method := c.ByGroups(c.NameFunction, c.Text, c.Punctuation)
	rules["statements"] = append([]c.Rule{
		rule(`@"`, c.LiteralString, c.Push("string")),
		rule(`@'(?:\\[0-7]{1,3}|\\x[a-fA-F0-9]{1,2}|\\.|[^\\'\n]')`, c.LiteralStringChar),
		rule(`(?i:@(?:\d+\.\d*|\.\d+|\d+)e[+-]?\d+l?|@(?:\d+\.\d*|\.\d+|\d+f)f?)`, c.LiteralNumberFloat),
		rule(`@0x\h+[lL]?`, c.LiteralNumberHex),
		rule(`@0[0-7]+[lL]?`, c.LiteralNumberOct),
		rule(`@\d+l?`, c.LiteralNumberInteger),
		rule(`in\b`, c.Keyword),
		rule(`@(?:interface|implementation)\b`, c.Keyword, c.Push("objc class")),
		rule(`@(?:class|protocol)\b`, c.Keyword, c.Push("objc classes")),
		rule(`@`+anyOf(`selector private protected public encode synchronized try throw catch finally end property synthesize
dynamic optional interface implementation import autoreleasepool`)+`(?![\p{L}\p{N}])`, c.Keyword),
		rule(`@(?:true|false|YES|NO)(?![\p{L}\p{N}])`, c.NameBuiltin),
		rule(`@[\p{L}\p{N}]+`, c.Error),
		rule(`\?`, c.Punctuation, c.Push("ternary")),
		rule(`\[`, c.Punctuation, c.Push("message")),
		rule(`@\[`, c.Punctuation, c.Push("objc array")),
		rule(`@\{`, c.Punctuation, c.Push("objc dictionary")),
	}, rules["statements"]...)
	rules["file"] = append([]c.Rule{
		rule(`([-+])(\s*)(\(.*?\))?(\s*)(?=`+name+`)`, c.ByGroups(c.Keyword, c.Text, c.UsingSelf("root"), c.Text), c.Push("method")),
	}, rules["file"]...)
	rules["ternary"] = []c.Rule{
		rule(`:`, c.Punctuation, c.Pop(1)),
		c.Include("statements"),
	}
	rules["message end"] = []c.Rule{
		rule(`[\]{]`, c.Punctuation, c.Pop(1)),
		rule(`;`, c.Error),
		c.Include("statements"),
	}
	rules["message"] = []c.Rule{
		rule(argument, method, c.Pop(1), c.Push("message arguments")),
		rule(`(`+name+`)(\s*)(\])`, method, c.Pop(1)),
		c.Include("message end"),
	}
	rules["message arguments"] = []c.Rule{
		rule(`\{`, c.Punctuation, c.Push("function")),
		rule(argument, method, c.Pop(1)),
		c.Include("message end"),
	}
	rules["objc array"] = []c.Rule{
		rule(`\]`, c.Punctuation, c.Pop(1)),
		rule(`,`, c.Punctuation),
		c.Include("statements"),
	}
	rules["objc dictionary"] = []c.Rule{
		rule(`\}`, c.Punctuation, c.Pop(1)),
		rule(`,`, c.Punctuation),
		c.Include("statements"),
	}
	rules["objc class"] = []c.Rule{
		c.Include("space"),
		rule(`(`+name+`)(\s*)(:)(\s*)(`+name+`)`, c.ByGroups(c.NameClass, c.Text, c.Punctuation, c.Text, c.NameClass), c.Pop(1)),
		rule(`(`+name+`)(\s*)(\()(\s*)(`+name+`)(\s*)(\))`, c.ByGroups(c.NameClass, c.Text, c.Punctuation, c.Text, c.NameLabel,
			c.Text, c.Punctuation), c.Pop(1)),
		rule(name, c.NameClass, c.Pop(1)),
	}
	rules["objc classes"] = []c.Rule{
		c.Include("space"),
		rule(`(`+name+`)(\s*)(,)(\s*)`, c.ByGroups(c.NameClass, c.Text, c.Punctuation, c.Text), c.Push()),
		rule(`(`+name+`)(\s*)(;?)`, c.ByGroups(c.NameClass, c.Text, c.Punctuation), c.Pop(1)),
	}
	rules["method"] = []c.Rule{
		rule(`,|\.\.\.`, c.Punctuation),
		rule(`(\(.*?\))(`+name+`)`, c.ByGroups(c.UsingSelf("root"), c.NameVariable)),
		rule(argument, method),
		rule(`;`, c.Punctuation, c.Pop(1)),
		rule(`\{`, c.Punctuation, c.Pop(1), c.Push("function")),
		c.Include("blank"),
		rule(`//.*?\n`, c.CommentSingle),
		rule(`\s+`, c.Text),
		c.Default(c.Pop(1)),
	}
	return rules
}
