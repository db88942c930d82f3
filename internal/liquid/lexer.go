package liquid

import (
	"strings"
	"unicode/utf8"
)

type lexKind uint8

const (
	lexEnd lexKind = iota
	lexComparison
	lexString
	lexNumber
	lexName
	lexDots
	lexOther // one of |.:,[]()?-
)

type lexeme struct {
	kind lexKind
	text string
}

// is says whether the lexeme is one of the single characters.
func (l lexeme) is(c string) bool { return l.kind == lexOther && l.text == c }

// lexer reads markup strictly.
type lexer struct {
	rest  string
	now   lexeme
	ahead lexeme
	depth int
	old   bool // Liquid 4 takes no [name] for an expression
}

func (cfg *Config) lexer(markup string) (*lexer, error) {
	l := &lexer{rest: markup, old: cfg.Liquid4}
	if err := l.shift(); err != nil {
		return nil, err
	}
	return l, l.shift()
}

// shift goes on to the next lexeme. A fault is noticed one early, as Ruby
// notices them all at the beginning; which of several is told may differ.
func (l *lexer) shift() error {
	l.now = l.ahead
	var err error
	l.ahead, err = l.scan()
	return err
}

func (l *lexer) scan() (lexeme, error) {
	l.rest = strings.TrimLeft(l.rest, blank)
	s := l.rest
	if s == "" {
		return lexeme{}, nil
	}
	take := func(kind lexKind, n int) (lexeme, error) {
		l.rest = s[n:]
		return lexeme{kind, s[:n]}, nil
	}
	c := s[0]
	switch c {
	case '=':
		if strings.HasPrefix(s, "==") {
			return take(lexComparison, 2)
		}
	case '!':
		if strings.HasPrefix(s, "!=") {
			return take(lexComparison, 2)
		}
	case '<':
		if strings.HasPrefix(s, "<>") || strings.HasPrefix(s, "<=") {
			return take(lexComparison, 2)
		}
		return take(lexComparison, 1)
	case '>':
		if strings.HasPrefix(s, ">=") {
			return take(lexComparison, 2)
		}
		return take(lexComparison, 1)
	case '"', '\'':
		if end := strings.IndexByte(s[1:], c); end >= 0 {
			return take(lexString, end+2)
		}
	case '.':
		if strings.HasPrefix(s, "..") {
			return take(lexDots, 2)
		}
		return take(lexOther, 1)
	case '|', ':', ',', '[', ']', '(', ')', '?':
		return take(lexOther, 1)
	}
	if n := numberLength(s); n > 0 {
		return take(lexNumber, n)
	}
	if c == '-' {
		return take(lexOther, 1)
	}
	if word(c) {
		n := 1
		for n < len(s) && (word(s[n]) || s[n] == '-') {
			n++
		}
		if strings.HasPrefix(s, "contains") && len(s) > 8 && space(s[8]) {
			return take(lexComparison, 8)
		}
		if n < len(s) && s[n] == '?' {
			n++
		}
		return take(lexName, n)
	}
	_, n := utf8.DecodeRuneInString(s)
	return lexeme{}, Faultf("Unexpected character %s", s[:n])
}

// numberLength is how long -?\d+(\.\d+)? is at the beginning of a text.
func numberLength(s string) int {
	n := 0
	if s[0] == '-' {
		n = 1
	}
	from := n
	for n < len(s) && digit(s[n]) {
		n++
	}
	if n == from {
		return 0
	}
	if n+1 < len(s) && s[n] == '.' && digit(s[n+1]) {
		for n++; n < len(s) && digit(s[n]); n++ {
		}
	}
	return n
}

// named takes a name, if it is this one.
func (l *lexer) named(name string) (bool, error) {
	if l.now.kind != lexName || l.now.text != name {
		return false, nil
	}
	return true, l.shift()
}

// take takes a character, if it is this one.
func (l *lexer) take(c string) (bool, error) {
	if !l.now.is(c) {
		return false, nil
	}
	return true, l.shift()
}

func (l *lexer) expect(kind lexKind, what string) (string, error) {
	if l.now.kind != kind || kind == lexOther && l.now.text != what {
		return "", l.unexpected(what)
	}
	text := l.now.text
	return text, l.shift()
}

func (l *lexer) end() error {
	if l.now.kind != lexEnd {
		return l.unexpected("end of string")
	}
	return nil
}

func (l *lexer) unexpected(wanted string) error {
	found := l.now.text
	if l.now.kind == lexEnd {
		found = "end of string"
	}
	return Faultf("Expected %s but found %s", wanted, found)
}

// expression reads an expression and gives it in the form that [parseExpr]
// reads: without space where it has no meaning.
func (l *lexer) expression() (string, error) {
	if l.depth++; l.depth > maxBlocks {
		return "", Faultf("Nesting too deep")
	}
	defer func() { l.depth-- }()
	token := l.now
	switch {
	case token.kind == lexName:
		if err := l.shift(); err != nil {
			return "", err
		}
		return l.lookups(token.text)
	case token.is("[") && !l.old:
		inner, err := l.bracket()
		if err != nil {
			return "", err
		}
		return l.lookups(inner)
	case token.kind == lexString || token.kind == lexNumber:
		return token.text, l.shift()
	case token.is("("):
		if err := l.shift(); err != nil {
			return "", err
		}
		first, err := l.expression()
		if err != nil {
			return "", err
		}
		if _, err := l.expect(lexDots, ".."); err != nil {
			return "", err
		}
		last, err := l.expression()
		if err != nil {
			return "", err
		}
		_, err = l.expect(lexOther, ")")
		return "(" + first + ".." + last + ")", err
	}
	if token.kind == lexEnd {
		return "", Faultf("an expression is missing")
	}
	return "", Faultf("%s is not a valid expression", token.text)
}

// bracket reads [expression].
func (l *lexer) bracket() (string, error) {
	if err := l.shift(); err != nil {
		return "", err
	}
	inner, err := l.expression()
	if err != nil {
		return "", err
	}
	_, err = l.expect(lexOther, "]")
	return "[" + inner + "]", err
}

// lookups reads .name and [expression] behind a name.
func (l *lexer) lookups(s string) (string, error) {
	var b strings.Builder // a name may have very many
	b.WriteString(s)
	for {
		switch {
		case l.now.is("["):
			inner, err := l.bracket()
			if err != nil {
				return "", err
			}
			b.WriteString(inner)
		case l.now.is("."):
			if err := l.shift(); err != nil {
				return "", err
			}
			name, err := l.expect(lexName, "a name")
			if err != nil {
				return "", err
			}
			b.WriteString("." + name)
		default:
			return b.String(), nil
		}
	}
}
