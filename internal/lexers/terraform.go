package lexers

import c "github.com/alecthomas/chroma/v2"

// terraformRules classify Terraform: HCL with keywords, and with expressions
// in its strings.
func terraformRules() c.Rules {
	keywords := anyOf("terraform module provider variable resource data provisioner output")
	const declarations, end = `(?:var|local)`, `(?![\w-])`
	rules := hclFamily(keywords, declarations)
	marks := []c.Rule{rule(`[.,()*]`, c.Punctuation)}
	rules["object"] = append(marks, rules["object"]...)
	rules["list"] = append(marks, rules["list"]...)
	rules["interpolated"] = []c.Rule{
		rule(`\\.`, c.LiteralStringEscape),
		rule(`\$\{`, c.Keyword, c.Push("expression")),
	}
	rules["double"] = []c.Rule{
		rule(`[^\\"$]+`, c.LiteralStringDouble),
		c.Include("interpolated"),
		rule(`"`, c.LiteralStringDouble, c.Pop(1)),
	}
	rules["single"] = []c.Rule{
		rule(`[^\\'$]+`, c.LiteralStringSingle),
		c.Include("interpolated"),
		rule(`'`, c.LiteralStringSingle, c.Pop(1)),
	}
	rules["expression"] = []c.Rule{
		rule(`\}`, c.Keyword, c.Pop(1)),
		rule(`"/`, c.LiteralStringDelimiter, c.Pop(1), c.Push("regex")),
		c.Include("literals"),
		rule(`\s+`, c.Text),
		rule(`\+\+|--|~|&&|\|\||\\(?=\n)|<<|>>>?|==|!=|[-<>+*%&|^/!=?:]=?`, c.Operator),
		rule(`[(\[,)\].]`, c.Punctuation),
		rule(keywords+end, c.Keyword),
		rule(declarations+end, c.KeywordDeclaration),
		rule(`(?:true|false|null)`+end, c.KeywordConstant),
		rule(`[$a-zA-Z_-][\w-]*`, c.NameOther),
	}
	rules["regex"] = []c.Rule{
		rule(`[^"/\\]+|\\.`, c.LiteralStringRegex),
		rule(`/"`, c.LiteralStringDelimiter, c.Pop(1)),
		rule(`["/]`, c.LiteralStringRegex),
	}
	return rules
}
