package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	schemeKeywords = `lambda define if else cond and or case let let* letrec begin do delay set! => quote quasiquote unquote
unquote-splicing define-syntax let-syntax letrec-syntax syntax-rules`
	schemeBuiltins = `* + - / < <= = > >= abs acos angle append apply asin assoc assq assv atan boolean? caaaar caaadr caaar caadar caaddr
caadr caar cadaar cadadr cadar caddar cadddr caddr cadr call-with-current-continuation call-with-input-file
call-with-output-file call-with-values call/cc car cdaaar cdaadr cdaar cdadar cdaddr cdadr cdar cddaar cddadr cddar
cdddar cddddr cdddr cddr cdr ceiling char->integer char-alphabetic? char-ci<=? char-ci<? char-ci=? char-ci>=?
char-ci>? char-downcase char-lower-case? char-numeric? char-ready? char-upcase char-upper-case? char-whitespace?
char<=? char<? char=? char>=? char>? char? close-input-port close-output-port complex? cons cos current-input-port
current-output-port denominator display dynamic-wind eof-object? eq? equal? eqv? eval even? exact->inexact exact? exp
expt floor for-each force gcd imag-part inexact->exact inexact? input-port? integer->char integer?
interaction-environment lcm length list list->string list->vector list-ref list-tail list? load log magnitude
make-polar make-rectangular make-string make-vector map max member memq memv min modulo negative? newline not
null-environment null? number->string number? numerator odd? open-input-file open-output-file output-port? pair?
peek-char port? positive? procedure? quotient rational? rationalize read read-char real-part real? remainder reverse
round scheme-report-environment set-car! set-cdr! sin sqrt string string->list string->number string->symbol
string-append string-ci<=? string-ci<? string-ci=? string-ci>=? string-ci>? string-copy string-fill! string-length
string-ref string-set! string<=? string<? string=? string>=? string>? string? substring symbol->string symbol? tan
transcript-off transcript-on truncate values vector vector->list vector-fill! vector-length vector-ref vector-set!
vector? with-input-from-file with-output-to-file write write-char zero?`
)

// schemeRules classify Scheme. What a list begins with is a function.
func schemeRules() c.Rules {
	const sign = `[a-zA-Z0-9!$%&*+,/:<=>?@^_~|-]`
	const name, end = sign + `+`, `(?!` + sign + `)`
	return c.Rules{
		"root": {
			rule(`;.*$`, c.CommentSingle),
			rule(`\s+`, c.Text),
			rule(`-?\d+\.\d+`, c.LiteralNumberFloat),
			rule(`-?\d+`, c.LiteralNumberInteger),
			rule(`[+-]inf\.[f0]`, c.LiteralNumber),
			rule(`#b[01]+`, c.LiteralNumberBin),
			rule(`#o[0-7]+`, c.LiteralNumberOct),
			rule(`#d[0-9]+`, c.LiteralNumberInteger),
			rule(`#[xX]\h+`, c.LiteralNumberHex),
			rule(`#[ei][\d.]+`, numberOther),
			rule(quoted(`"`), c.LiteralString),
			rule(`'`+name, c.LiteralStringSymbol),
			rule(`#\\(?:[()/'"._!$%& ?=+-]|[a-zA-Z0-9]+)`, c.LiteralStringChar),
			rule(`#[tf]`, c.NameConstant),
			rule("['#`]|,@|,|\\.", c.Operator),
			rule(`[(\[]`, c.Punctuation, c.Push("head")),
			rule(`[)\]]`, c.Punctuation),
			rule(name, c.NameVariable),
		},
		"head": {
			rule(anyWord(schemeKeywords)+end, c.Keyword, c.Pop(1)),
			rule(anyWord(schemeBuiltins)+end, c.NameBuiltin, c.Pop(1)),
			rule(name, c.NameFunction, c.Pop(1)),
			c.Default(c.Pop(1)),
		},
	}
}
