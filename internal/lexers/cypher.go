package lexers

import c "github.com/alecthomas/chroma/v2"

const cypherKeywords = `AS ASC ASCENDING ASSERT BY CASE COMMIT CONSTRAINT CREATE CSV CYPHER DELETE DESC DESCENDING DETACH DISTINCT
DROP ELSE END ENDS EXPLAIN FALSE FIELDTERMINATOR FOREACH FROM HEADERS IN INDEX IS JOIN LIMIT LOAD MATCH MERGE NULL ON OPTIONAL
ORDER PERIODIC PROFILE REMOVE RETURN SCAN SET SKIP START STARTS THEN TRUE UNION UNIQUE UNWIND USING WHEN WHERE WITH CALL YIELD`

// cypherRules classify Cypher.
func cypherRules() c.Rules {
	const end = `(?![.\w$])`
	return c.Rules{
		"root": {
			rule(`\s+`, c.Text),
			rule(`//.*?$`, c.CommentSingle),
			rule(`/\*`, c.CommentMultiline, c.Push("comment")),
			rule(`[*+\-<>=&|~%^]`, c.Operator),
			rule(`[{}),;\[\]]`, c.LiteralStringSymbol),
			rule(`(\w+)(:)(\s*)(-?[._\d]+)`, c.ByGroups(c.NameLabel, c.LiteralStringDelimiter, c.TextWhitespace, c.LiteralNumber)),
			rule(`((?i:`+anyOf(`ABS ACOS ALLSHORTESTPATHS ASIN ATAN ATAN2 AVG CEIL COALESCE COLLECT COS COT COUNT DATE DEGREES E ENDNODE
EXP EXTRACT FILTER FLOOR HAVERSIN HEAD ID KEYS LABELS LAST LEFT LENGTH LOG LOG10 LOWER LTRIM MAX MIN NODE NODES PERCENTILECONT
PERCENTILEDISC PI RADIANS RAND RANGE REDUCE REL RELATIONSHIP RELATIONSHIPS REPLACE REVERSE RIGHT ROUND RTRIM SHORTESTPATH SIGN
SIN SIZE SPLIT SQRT STARTNODE STDEV STDEVP STR SUBSTRING SUM TAIL TAN TIMESTAMP TOFLOAT TOINT TOINTEGER TOSTRING TRIM TYPE
UPPER`)+`))(\s*)(\()`, c.ByGroups(c.NameFunction, c.TextWhitespace, c.LiteralStringSymbol)),
			rule(`((?i:`+anyOf(cypherKeywords)+`))(\s*)(\()`, c.ByGroups(c.Keyword, c.TextWhitespace, c.LiteralStringSymbol)),
			rule(`(\w+)(\s*)(\()`, c.ByGroups(c.Name, c.TextWhitespace, c.LiteralStringSymbol)),
			rule(`:\w+`, c.NameClass),
			rule(`(-?\d+)(\.\.)(-?\d+)`, c.ByGroups(c.LiteralNumber, c.Operator, c.LiteralNumber)),
			rule(`(?:\d+\.\d*|\d*\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+`, c.LiteralNumberFloat),
			rule(`0[0-7]+`, c.LiteralNumberOct),
			rule(`0[xX]\h+`, c.LiteralNumberHex),
			rule(`\d+`, c.LiteralNumberInteger),
			rule(`[.\w]+:`, c.NameProperty),
			rule(`\(`, c.LiteralStringSymbol),
			rule(`(?i:ALL|AND|ANY|CONTAINS|EXISTS|HAS|IN|NONE|NOT|OR|SINGLE|XOR)`+end, c.OperatorWord),
			rule(`(?i:`+anyOf(cypherKeywords)+`)`+end, c.Keyword),
			rule(`[.\w$]+`, c.Name),
			rule(`"(?>(?:[^"\\]+|\\["\\]?){0,2000})"`, c.LiteralStringDouble),
			rule(`'(?>(?:[^'\\]+|\\['\\]?){0,2000})'`, c.LiteralStringSingle),
			rule("`(?>(?:[^`\\\\]+|\\\\[`\\\\]?){0,2000})`", c.LiteralStringBacktick),
		},
		"comment": {
			rule(`/\*`, c.CommentMultiline, c.Push()),
			rule(`\*/`, c.CommentMultiline, c.Pop(1)),
			rule(`[^/*]+|[/*]`, c.CommentMultiline),
		},
	}
}
