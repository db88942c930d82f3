package lexers

import c "github.com/alecthomas/chroma/v2"

// sassName is a name of Sass's.
const sassName = `[\w-]+`

// sassRules classify Sass's indented syntax. A comment goes on in the lines
// that are indented further than its first.
func sassRules() c.Rules {
	const further = `((?:\n[ \t]*$|\n\1[ \t]+\S.*$)*)`
	rules := sassStates()
	rules["root"] = []c.Rule{
		rule(`[ \t]*\n`, c.Text),
		rule(`^([ \t]*)(//.*?$)`+further, c.ByGroups(c.Text, c.CommentSingle, c.UsingSelf("comment"))),
		rule(`^([ \t]*)(/\*.*\n)((?:[ \t]*\n|\1[ \t]+\S.*\n)*)`, c.ByGroups(c.Text, c.CommentMultiline, c.UsingSelf("comments"))),
		rule(`[ \t]*`, c.Text, c.Push("content")),
	}
	rules["comment"] = []c.Rule{
		rule(`\n[ \t]*`, c.Text),
		rule(`.+`, c.CommentSingle),
	}
	rules["comments"] = []c.Rule{
		rule(`[ \t]*\n|^[ \t]+`, c.Text),
		rule(`.+\n`, c.CommentMultiline),
	}
	rules["content"] = []c.Rule{
		rule(`//.*?$`, c.CommentSingle, c.Pop(1)),
		rule(`/\*.*?\n`, c.CommentMultiline, c.Pop(1)),
		rule(`@import\b`, c.Keyword, c.Push("import")),
		c.Include("statements"),
		rule(`=`+sassName, c.NameFunction, c.Push("value")),
		rule(`\+`+sassName, c.NameDecorator, c.Push("value")),
		rule(`:`, c.NameAttribute, c.Push("old-property")),
		rule(`(?=[^\[\n]+?:(?:[^a-z]|$))`, nil, c.Push("property")),
		c.Default(c.Push("selector")),
	}
	rules["import"] = []c.Rule{
		rule(`[ \t]+`, c.Text),
		rule(`\S+`, c.LiteralString),
		rule(`\n`, c.Text, c.Pop(1)),
	}
	rules["old-property"] = []c.Rule{
		c.Include("property-name"),
		c.Default(c.Pop(1), c.Push("value")),
	}
	rules["end"] = []c.Rule{rule(`\n`, c.Text, c.Push("root"))}
	return rules
}

// sassStates are the states that both of Sass's syntaxes have. What ends a
// statement is in "end", which each has of its own, as it has "root".
func sassStates() c.Rules {
	// A piece of a selector goes on through interpolations.
	piece := func(kind c.TokenType) []c.Rule {
		return []c.Rule{
			rule(sassName, kind),
			c.Include("interpolations"),
			c.Default(c.Pop(1)),
		}
	}
	const end = `(?![\w-])`
	return c.Rules{
		"statements": {
			rule(`@for\b`, c.Keyword, c.Push("for")),
			rule(`@(?:debug|warn|if|each|while|else|return|media)`, c.Keyword, c.Push("value")),
			rule(`(@(?:mixin|function))(\s+)(`+sassName+`)`, c.ByGroups(c.Keyword, c.Text, c.NameFunction), c.Push("value")),
			rule(`@extend\b`, c.Keyword, c.Push("selector")),
			rule(`(@include)(\s+)(`+sassName+`)`, c.ByGroups(c.Keyword, c.Text, c.NameDecorator), c.Push("value")),
			rule(`@`+sassName+`|&`, c.Keyword, c.Push("selector")),
			rule(`(\$`+sassName+`)([ \t]*)(:)`, c.ByGroups(c.NameVariable, c.Text, c.Punctuation), c.Push("value")),
		},
		"value": {
			c.Include("end"),
			rule(`[ \t]+`, c.Text),
			rule(`\$`+sassName, c.NameVariable),
			rule(`url\(`, c.LiteralStringOther, c.Push("url")),
			rule(sassName+`(?=\s*\()`, c.NameFunction),
			rule(`%`+sassName, c.NameDecorator),
			rule(`(?:true|false)\b`, c.NameBuiltinPseudo),
			rule(`(?:and|or|not)\b`, c.OperatorWord),
			rule(`#[a-zA-Z0-9]{1,6}`, c.LiteralNumberHex),
			rule(`-?\d+(?:%|[a-z]+)?`, c.LiteralNumber),
			rule(`-?\d*\.\d+(?:%|[a-z]+)?`, c.LiteralNumberInteger),
			c.Include("strings"),
			c.Include("interpolations"),
			rule(`[~^*!&%<>|+=@:,./?-]+`, c.Operator),
			rule(`[\[\]()]+`, c.Punctuation),
			rule(`/\*`, c.CommentMultiline, c.Push("inline-comment")),
			rule(`//[^\n]*`, c.CommentSingle),
			rule(anyOf(cssValues)+end, c.NameBuiltin),
			rule(anyOf(cssColours)+end, c.NameConstant),
			rule(sassName, c.Name),
		},
		"interpolations": {rule(`#\{`, c.LiteralStringInterpol, c.Push("interpolation"))},
		"interpolation": {
			rule(`\}`, c.LiteralStringInterpol, c.Pop(1)),
			c.Include("value"),
		},
		"strings": {
			rule(`"`, c.LiteralStringDouble, c.Push("double")),
			rule(`'`, c.LiteralStringSingle, c.Push("single")),
		},
		"double": {
			rule(`"`, c.LiteralStringDouble, c.Pop(1)),
			c.Include("interpolations"),
			rule(`(?:\\.|#(?!\{)|[^\n"#])+`, c.LiteralStringDouble),
		},
		"single": {
			rule(`'`, c.LiteralStringSingle, c.Pop(1)),
			c.Include("interpolations"),
			rule(`(?:\\.|#(?!\{)|[^\n'#])+`, c.LiteralStringSingle),
		},
		"url": {
			rule(`\)`, c.LiteralStringOther, c.Pop(1)),
			rule(`(?:\\.|#(?!\{)|[^\n)#])+`, c.LiteralStringOther),
			c.Include("interpolations"),
		},
		"selector": {
			c.Include("end"),
			c.Include("strings"),
			c.Include("interpolations"),
			rule(`[ \t]+`, c.Text),
			rule(`:`, c.NameDecorator, c.Push("pseudo-class")),
			rule(`\.`, c.NameClass, c.Push("class")),
			rule(`#`, c.NameNamespace, c.Push("id")),
			rule(`%`, c.NameVariable, c.Push("placeholder")),
			rule(sassName, c.NameTag),
			rule(`&`, c.Keyword),
			rule(`[~^*!&\[\]()<>|+=@:;,./?-]`, c.Operator),
		},
		"pseudo-class": piece(c.NameDecorator),
		"class":        piece(c.NameClass),
		"id":           piece(c.NameNamespace),
		"placeholder":  piece(c.NameVariable),
		"for": {
			rule(`from|to|through`, c.OperatorWord),
			c.Include("value"),
		},
		"property-name": {
			c.Include("interpolations"),
			rule(anyOf(cssProperties)+end, c.NameLabel),
			rule(sassName, c.NameAttribute),
		},
		"property": {
			c.Include("property-name"),
			rule(`([ \t]*)(:)`, c.ByGroups(c.Text, c.Punctuation), c.Push("value")),
		},
		"inline-comment": {
			rule(`(?:\\#|#(?=[^\n{])|\*(?=[^\n/])|[^\n#*])+`, c.CommentMultiline),
			c.Include("interpolations"),
			rule(`\*/`, c.CommentMultiline, c.Pop(1)),
		},
	}
}
