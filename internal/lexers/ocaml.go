package lexers

import c "github.com/alecthomas/chroma/v2"

// ocamlRules classify OCaml.
func ocamlRules() c.Rules {
	const name = `[a-zA-Z_][\w']*`
	return mlRules(mlLanguage{
		name: name,
		keywords: `as assert begin class constraint do done downto else end exception external false for fun function functor if in
include inherit initializer lazy let module mutable new nonrec object of open rec sig struct then to true try type val virtual
when while with match raise`,
		tags:      []c.Rule{rule("`"+name, c.NameTag)},
		operators: []c.Rule{rule(`[(){}\[\];]+`, c.Punctuation), rule(`[;,_!$%&*+./:<=>?@^|~#-]+`, c.Operator)},
		opens:     `[({\[]`,
	})
}

// fsharpRules classify F#.
func fsharpRules() c.Rules {
	const sign = "[\\[\\];,{}_()!$%&*+./:<=>?@^|~#-]"
	return mlRules(mlLanguage{
		name: "(?:[a-zA-Z][\\w']*|``[^`\\n\\r\\t]+``)",
		keywords: `abstract and as assert base begin class default delegate do done downcast downto elif else end exception extern
false finally for fun function global if in inherit inline interface internal lazy let match member module mutable namespace
new not null of open or override private public rec return select static struct then to true try type upcast use val void
when while with yield sig atomic break checked component const constraint constructor continue eager event external fixed
functor include method mixin object parallel process protected pure sealed tailcall trait virtual volatile`,
		comments: []c.Rule{rule(`//.*?$`, c.CommentSingle)},
		operators: []c.Rule{
			rule(anyWord(`!= # & && ( ) * \+ , - -. -> . .. : :: := :> ; ;; < <- = > >] >} ? ?? [ [< [> [| ] _ { {< | |] } ~ |> <| <>`)+
				`(?!`+sign+`)`, c.Punctuation),
			rule(sign+`+`, c.Operator),
		},
		opens: `\[`,
	})
}

// mlLanguage is what a language of ML's family has of its own.
type mlLanguage struct {
	name, keywords            string
	comments, tags, operators []c.Rule
	opens                     string // brackets that end a path of modules
}

func mlRules(l mlLanguage) c.Rules {
	const upper, end = `[A-Z][\w']*`, `(?![\w'])`
	root := []c.Rule{
		rule(`\s+`, c.Text),
		rule(`false|true|\(\)|\[\]`, c.NameBuiltinPseudo),
		rule(upper+`(?=\s*\.)`, c.NameNamespace, c.Push("path")),
	}
	root = append(append(root, l.tags...),
		rule(upper, c.NameClass),
		rule(`\(\*(?!\))`, c.Comment, c.Push("comment")))
	root = append(append(root, l.comments...),
		rule(anyOf(l.keywords)+end, c.Keyword),
		rule(anyOf("and asr land lor lsl lxor mod or")+end, c.OperatorWord),
		rule(anyOf("unit int float bool string char list array")+end, c.KeywordType),
		rule(l.name, c.Name))
	root = append(append(root, l.operators...),
		rule(`-?\d[\d_]*(?:.[\d_]*)?[eE][+-]?\d[\d_]*`, c.LiteralNumberFloat),
		rule(`0[xX]\h[\h_]*`, c.LiteralNumberHex),
		rule(`0[oO][0-7][0-7_]*`, c.LiteralNumberOct),
		rule(`0[bB][01][01_]*`, c.LiteralNumberBin),
		rule(`\d[\d_]*`, c.LiteralNumberInteger),
		rule(`'(?:\\[\\"'ntbr ]|\\[0-9]{3}|\\x\h{2}|\.)'`, c.LiteralStringChar),
		rule(`'`, c.Keyword),
		rule(`"`, c.LiteralStringDouble, c.Push("string")),
		rule(`[~?]`+l.name, c.NameVariable))
	return c.Rules{
		"root": root,
		"comment": {
			rule(`[^(*)]+`, c.Comment),
			rule(`\(\*`, c.Comment, c.Push()),
			rule(`\*\)`, c.Comment, c.Pop(1)),
			rule(`[(*)]`, c.Comment),
		},
		"string": {
			rule(`[^\\"]+`, c.LiteralStringDouble),
			rule(`\\(?:[\\"'ntbr]|\d{3}|x\h{2})`, c.LiteralStringEscape),
			rule(`\\\n`, c.LiteralStringDouble),
			rule(`"`, c.LiteralStringDouble, c.Pop(1)),
		},
		"path": {
			rule(`\s+`, c.Text),
			rule(`\.`, c.Punctuation),
			rule(upper+`(?=\s*\.)`, c.NameNamespace),
			rule(upper, c.NameClass, c.Pop(1)),
			rule(l.name, c.Name, c.Pop(1)),
			rule(l.opens, c.Punctuation, c.Pop(1)),
		},
	}
}
