package lexers

import c "github.com/alecthomas/chroma/v2"

// vhdlRules classify VHDL.
func vhdlRules() c.Rules {
	const end = `(?!\w)`
	return c.Rules{
		"root": {
			rule(`\s+`, c.Text),
			rule(`--.*$`, c.CommentSingle),
			rule(`-?\d+`, c.LiteralNumberInteger),
			rule(`(?i:[box]?)"[^"]*"`, c.LiteralStringSingle),
			rule(`'[^']?'`, c.LiteralStringChar),
			rule(`'[a-zA-Z]\w*`, c.NameAttribute),
			rule(`[(),:;]`, c.Punctuation),
			rule(`(?i:true|false|null)\b`, c.NameBuiltin),
			rule(`(?i:`+anyOf(`access after alias all architecture array assert assume assume_guarantee attribute begin block body buffer
bus case component configuration constant context cover default disconnect downto else elsif end entity exit fairness file for
force function generate generic group guarded if impure in inertial inout is label library linkage literal loop map new next
null of on open others out package parameter port postponed procedure process property protected pure range record register
reject release report return select sequence severity shared signal strong subtype then to transport type unaffected units
until use variable vmode vprop vunit wait when while with`)+`)`+end, c.Keyword),
			rule(`(?i:`+anyOf(`bit bit_vector boolean boolean_vector character integer integer_vector natural positive real real_vector
severity_level signed std_logic std_logic_vector std_ulogic std_ulogic_vector string unsigned time time_vector`)+`)`+end, c.KeywordType),
			rule(`(?i:`+anyOf("abs and mod nand nor not or rem rol ror sla sll sra srl xnor xor")+`)`+end, c.OperatorWord),
			rule(`[a-zA-Z]\w*`, c.Name),
			rule(`=>|\*\*|:=|/=|>=|<=|<>|\?\?|\?/?=|\?[<>]=?|<<|>>|[#&'*+\-./:<=>?@^]`, c.Operator),
		},
	}
}
