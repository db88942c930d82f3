package lexers

import (
	_ "embed"
	"strings"

	c "github.com/alecthomas/chroma/v2"
)

const phpKeywords = `old_function cfunction __class__ __dir__ __file__ __function__ __halt_compiler __line__ __method__
__namespace__ __trait__ abstract and array as break case catch clone continue declare default die do echo else elseif empty
enddeclare endfor endforeach endif endswitch endwhile eval exit extends final finally fn for foreach global goto if implements
include include_once instanceof insteadof isset list match new or parent print private protected public readonly require
require_once return self static switch throw try unset var while xor yield`

// phpBuiltins are the functions that PHP and its extensions come with, in
// order.
//
//go:embed php_builtins.txt
var phpBuiltins string

// phpRules classify PHP and the HTML around it. Text that begins with no <
// and has no <?php before its first variable is PHP.
func phpRules() c.Rules {
	const first, rest = `[\p{L}_]`, `[\p{L}\p{N}_]`
	const name, end = first + rest + `*`, `(?!` + rest + `|\\` + first + `)`
	const namespace = `(?:` + name + `\\)+`
	const full, call = `(?:` + namespace + `)?` + name, `(?=\s*\()`
	// PHP up to a ?> that is in no string, no document and no comment. What
	// does not end goes on to the text's end, so that nothing is tried twice.
	const island = "((?>[^'\"`#/?<]+|'(?:[^'\\\\]|\\\\(?s:.))*(?:'|\\z)|\"(?:[^\"\\\\]|\\\\(?s:.))*(?:\"|\\z)|`(?:[^`\\\\]|\\\\(?s:.))*(?:`|\\z)|" +
		`<<<["']?\w+["']?\n(?s:.*?)(?:\n\s*\w+[;,)\n]|\z)|#.*|//.*|/\*(?s:.*?)(?:\*/|\z)|(?!\?>)(?s:.))*)(\?>)?`
	digits := `\d[_\d]*`
	rules := c.Rules{
		"root": {
			rule(`\s*(?=<)`, c.Text, c.Push("html-root")),
			rule(`(?=[^$]+<\?(?:(?i:php)|=))`, nil, c.Push("html-root")),
			rule(island, c.ByGroups(c.UsingSelf("php"), c.CommentPreproc), c.Push("html-root")),
		},
		"php": {
			c.Include("space"),
			c.Include("variables"),
			c.Include("values"),
			rule(`((?i:namespace))(\s+)(`+full+`)`, c.ByGroups(c.KeywordNamespace, c.Text, c.NameNamespace)),
			rule(`((?i:class|interface|trait|extends|implements))(\s+)(`+full+`)`, c.ByGroups(c.KeywordDeclaration, c.Text, c.NameClass)),
			c.Include("names"),
			rule(`[;,(){}\[\]]`, c.Punctuation),
			c.Include("operators"),
			rule(`[=?]`, c.Operator),
		},
		"space": {
			rule(`\s+`, c.Text),
			rule(`(?:#|//).*?$`, c.CommentSingle),
			rule(`/\*\*(?!/)(?s:.*?)\*/`, docComment),
			rule(`/\*(?s:.*?)\*/`, c.CommentMultiline),
		},
		"variables": {
			rule(`\$\{\$+`+name+`\}|\$+`+name, c.NameVariable),
		},
		"values": {
			rule(`<<<(["']?)((?>`+name+`))\1\n(?s:.*?)\n\s*\2;?`, c.LiteralStringHeredoc),
			rule(`(?:`+digits+`)?\.(?:`+digits+`)?(?:[eE][+-]?`+digits+`)?`, c.LiteralNumberFloat),
			rule(`0[0-7][0-7_]*`, c.LiteralNumberOct),
			rule(`0[bB][01][01_]*`, c.LiteralNumberBin),
			rule(`0[xX]\h[\h_]*`, c.LiteralNumberHex),
			rule(digits, c.LiteralNumberInteger),
			rule(`'[^'\\]*(?:\\.[^'\\]*)*'`, c.LiteralStringSingle),
			rule("`[^`\\\\]*(?:\\\\.[^`\\\\]*)*`", c.LiteralStringBacktick),
			rule(`"`, c.LiteralStringDouble, c.Push("string")),
			rule(`(?i:function|fn)\b`, c.Keyword, c.Push("result", "arguments", "function")),
			rule(`(?i:true|false|null)\b`, c.KeywordConstant),
			rule(`(?i:new)\b`, c.Keyword, c.Push("new")),
		},
		"names": {
			rule(`(?i:`+anyOf(phpKeywords)+`)`+end+call, c.Keyword),
			rule(`(?i:`+oneOfMany(strings.Fields(phpBuiltins))+`)`+end+call, c.NameBuiltin),
			rule(full+call, c.NameFunction),
			rule(`(?i:use)`+end, c.KeywordNamespace, c.Push("use")),
			rule(`(?i:const)`+end, c.Keyword, c.Push("const")),
			rule(`(?i:catch)`+end, c.Keyword, c.Push("catch")),
			rule(`(?i:public|protected|private)`+end, c.Keyword, c.Push("member")),
			rule(`(?i:`+anyOf(phpKeywords)+`)`+end, c.Keyword),
			rule(`__`+rest+`*?__`+end, c.NameBuiltin),
			rule(`(?:E|PHP)(?:_\p{Lu}+)+`+end, c.KeywordConstant),
			rule(`(?:`+namespace+`)?\p{Lu}[\p{Lu}\p{Nd}_]+`+end, c.NameConstant),
			rule(`(?:`+namespace+`)?\p{Lu}[\p{L}\p{N}]*`+end, c.NameClass),
			rule(full, c.Name),
		},
		"operators": {rule(`[~!%^&*+|:.<>/@-]+`, c.Operator)},
		"leave":     {c.Default(c.Pop(1))},
		"string": {
			rule(`"`, c.LiteralStringDouble, c.Pop(1)),
			rule(`[^\\{$"]+`, c.LiteralStringDouble),
			rule(`\\u\{\h+\}|\\(?:[efrntv"$\\]|[0-7]{1,3}|[xX]\h{1,2})`, c.LiteralStringEscape),
			rule(`\$`+name+`(?:\[\S+\]|->`+name+`)?`, c.NameVariable),
			rule(`\{\$\{`, c.LiteralStringInterpol, c.Push("two braces")),
			rule(`\{(?=\$)`, c.LiteralStringInterpol, c.Push("brace")),
			rule(`(\{)(\S+)(\})`, c.ByGroups(c.LiteralStringInterpol, c.NameVariable, c.LiteralStringInterpol)),
			rule(`[${\\]+`, c.LiteralStringDouble),
		},
		"two braces": {
			rule(`\}\}`, c.LiteralStringInterpol, c.Pop(1)),
			c.Include("php"),
		},
		"brace": {
			rule(`\}`, c.LiteralStringInterpol, c.Pop(1)),
			c.Include("php"),
		},
		"assignment": {
			rule(`,`, c.Punctuation, c.Pop(1)),
			c.Include("assigned"),
		},
		"assigned": {
			rule(`[\[\]]`, c.Punctuation),
			rule(`\(`, c.Punctuation, c.Push("call")),
			c.Include("space"),
			c.Include("values"),
			c.Include("variables"),
			c.Include("names"),
			c.Include("operators"),
			c.Include("leave"),
		},
		"call": {
			rule(`\)`, c.Punctuation, c.Pop(1)),
			rule(`,`, c.Punctuation),
			c.Include("assigned"),
		},
		"catch": {
			rule(`\(`, c.Punctuation),
			rule(`\|`, c.Operator),
			rule(name, c.NameClass),
			c.Include("space"),
			c.Include("leave"),
		},
		"const": {
			rule(name, c.NameConstant),
			rule(`=`, c.Operator, c.Push("assignment")),
			c.Include("space"),
			c.Include("leave"),
		},
		"function": {
			rule(`&`, c.Operator),
			rule(name, c.Name),
			rule(`\(`, c.Punctuation, c.Pop(1)),
			c.Include("space"),
			c.Include("leave"),
		},
		"arguments": {
			rule(`\)`, c.Punctuation, c.Pop(1)),
			rule(`,|\.{3}`, c.Punctuation),
			rule(`=`, c.Operator, c.Push("assignment")),
			rule(`(?i:public|protected|private|readonly)\b`, c.Keyword),
			rule(`\??`+name, c.KeywordType, c.Push("assignment")),
			c.Include("space"),
			c.Include("variables"),
			c.Include("leave"),
		},
		"result": {
			rule(`:`, c.Punctuation),
			rule(`(?i:use)\b`, c.Keyword, c.Push("closure")),
			rule(`\??`+name, c.KeywordType, c.Push("assignment")),
			rule(`\{`, c.Punctuation, c.Pop(1), c.Push("body")),
			c.Include("space"),
			c.Include("leave"),
		},
		"closure": {
			rule(`[,(]`, c.Punctuation),
			rule(`&`, c.Operator),
			rule(`\)`, c.Punctuation, c.Pop(1)),
			c.Include("space"),
			c.Include("variables"),
			c.Include("leave"),
		},
		"body": {
			rule(`\{`, c.Punctuation, c.Push()),
			rule(`\}`, c.Punctuation, c.Pop(1)),
			c.Include("php"),
		},
		"new": {
			rule(`(?i:class)\b`, c.KeywordDeclaration, c.Pop(1), c.Push("anonymous class")),
			rule(full, c.NameClass, c.Pop(1)),
			c.Include("space"),
			c.Include("leave"),
		},
		"anonymous class": {
			rule(`\}`, c.Punctuation, c.Pop(1)),
			rule(`\{`, c.Punctuation),
			c.Include("php"),
		},
		"use": {
			rule(`[,}]`, c.Punctuation),
			rule(`(?i:function|const)\b`, c.Keyword),
			rule(`(`+namespace+`)(\{)`, c.ByGroups(c.NameNamespace, c.Punctuation)),
			rule(full+`(?:_`+name+`)+`, c.NameFunction),
			c.Include("space"),
			c.Include("names"),
			c.Include("leave"),
		},
		"member": {
			rule(`(?i:readonly|static)\b`, c.Keyword),
			rule(`(?i:(?=(?:abstract|const|function)\b))`, nil, c.Pop(1)),
			rule(`\??`+name, c.KeywordType, c.Pop(1)),
			c.Include("space"),
			c.Include("leave"),
		},
	}
	// What is between two islands is HTML, whatever island that begins in it.
	embed(rules, "html-", cut(htmlRules(), `<\?`),
		rule(`(?=<\?)(?<=\A(?!\s*<)[^$]*)<\?(?s:.*?)\?>(?=[^$]*<\?(?:(?i:php)|=))`, c.CommentPreproc),
		rule(`(<\?(?i:php|=)?)`+island, c.ByGroups(c.CommentPreproc, c.UsingSelf("php"), c.CommentPreproc)))
	return rules
}

// oneOfMany is a pattern of one of many words, which are in order, by what
// they begin with: an alternative for each would be tried one by one.
func oneOfMany(words []string) string {
	var b strings.Builder
	for i := 0; i < len(words); {
		n := i + 1
		for words[i] != "" && n < len(words) && words[n][0] == words[i][0] {
			n++
		}
		if i > 0 {
			b.WriteByte('|')
		}
		common, last := 0, words[n-1]
		for common < min(len(words[i]), len(last)) && words[i][common] == last[common] {
			common++
		}
		b.WriteString(words[i][:common])
		if n > i+1 {
			rest := make([]string, 0, n-i)
			for _, w := range words[i:n] {
				rest = append(rest, w[common:])
			}
			b.WriteString(oneOfMany(rest))
		}
		i = n
	}
	return "(?:" + b.String() + ")"
}
