package liquid

import (
	"strconv"
	"strings"

	"galley/internal/ordered"
)

// expr is an expression that was read.
type expr interface {
	eval(c *Context) (any, error)
}

// literal is a value that stands in the template.
type literal struct{ value any }

func (l literal) eval(*Context) (any, error) { return l.value, nil }

// emptiness is the words empty and blank. As a side of a comparison empty is
// what is empty, and blank nothing, since only Rails defines it. Elsewhere Jekyll
// makes of each a thing that prints nothing and equals nothing else; once a
// variable or a filter had it, it is an empty text.
type emptiness struct{ blank, compares bool }

// IsEmptyWord says whether an argument is the word empty or blank.
func IsEmptyWord(v any) bool { _, ok := v.(emptiness); return ok }

// settled is a value as a variable holds it.
func settled(v any) any {
	if _, ok := v.(emptiness); ok {
		return ""
	}
	return v
}

func (e emptiness) eval(*Context) (any, error) { return e, nil }

// lookup is a name and the properties behind it.
type lookup struct {
	name  string
	first expr // instead of the name: [expression]
	steps []step
}

// step is one property.
type step struct {
	key     string
	expr    expr // instead of the key
	command bool // size, first and last
}

// rangeExpr is (first..last) with names in it.
type rangeExpr struct{ first, last expr }

// parseExpr reads an expression; what is none is a name that means nothing.
func parseExpr(s string) expr { return parseDeep(s, 0) }

func parseDeep(s string, depth int) expr {
	s = strings.Trim(s, blank+"\x00")
	if n := len(s); n > 0 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		if n == 1 {
			return literal{""}
		}
		return literal{s[1 : n-1]}
	}
	switch s {
	case "", "nil", "null":
		return literal{nil}
	case "true":
		return literal{true}
	case "false":
		return literal{false}
	case "blank", "empty":
		return literal{emptiness{blank: s == "blank"}}
	}
	if depth > maxBlocks {
		return literal{nil}
	}
	if c := s[0]; c == '-' || digit(c) {
		if v, ok := numeral(s); ok {
			return literal{v}
		}
	}
	if s[0] == '(' {
		if first, last, ok := cutRange(s); ok {
			a, b := parseDeep(first, depth+1), parseDeep(last, depth+1)
			x, isX := a.(literal)
			y, isY := b.(literal)
			if isX && isY {
				return literal{Range{toInt(x.value), toInt(y.value)}}
			}
			return &rangeExpr{a, b}
		}
	}
	return parseLookup(s, depth)
}

// numeral reads -?\d+ and -?\d[\d.]+, of which the part that is a number
// counts.
func numeral(s string) (any, bool) {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || !digit(digits[0]) {
		return nil, false
	}
	dots := 0
	for i := 0; i < len(digits); i++ {
		switch {
		case digits[i] == '.':
			dots++
		case !digit(digits[i]):
			return nil, false
		}
	}
	if dots == 0 {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n, true
		}
		return wholeNumber(s), true
	}
	return toFloat(s), true
}

// cutRange takes (first..last) apart. The dots are the last ones in the part
// before any space.
func cutRange(s string) (first, last string, ok bool) {
	if !strings.HasSuffix(s, ")") {
		return "", "", false
	}
	s = strings.TrimLeft(s[1:len(s)-1], blank)
	run := len(s)
	for i := 0; i < len(s); i++ {
		if space(s[i]) {
			run = i
			break
		}
	}
	behind := strings.TrimLeft(s[run:], blank)
	if run > 0 && strings.HasPrefix(behind, "..") {
		first, last = s[:run], behind[2:]
	} else if at := strings.LastIndex(s[:run], ".."); at > 0 {
		first, last = s[:at], s[at+2:]
	} else {
		return "", "", false
	}
	last = trim(last)
	return first, last, last != "" && !strings.ContainsAny(last, blank)
}

// parseLookup takes a name and its properties apart. What is neither is passed
// over.
func parseLookup(s string, depth int) expr {
	l := &lookup{}
	first := true
	open := false // whether no more brackets are closed
	for s != "" {
		n := 0
		if s[0] == '[' && !open {
			if end := strings.IndexByte(s, ']'); end < 0 {
				open = true
			} else if end > 1 {
				n = end + 1
			} else {
				// [^\]]+ wants one character at least.
				s = s[1:]
				continue
			}
		}
		if n == 0 {
			for n < len(s) && (word(s[n]) || s[n] == '-') {
				n++
			}
			if n > 0 && n < len(s) && s[n] == '?' {
				n++
			}
		}
		if n == 0 {
			s = s[1:]
			continue
		}
		part := s[:n]
		s = s[n:]
		var st step
		if part[0] == '[' {
			st.expr = parseDeep(part[1:n-1], depth+1)
			if lit, ok := st.expr.(literal); ok {
				if key, ok := lit.value.(string); ok {
					st = step{key: key}
				}
			}
		} else {
			st.key = part
			st.command = part == "size" || part == "first" || part == "last"
		}
		if first {
			l.name, l.first = st.key, st.expr
			first = false
			continue
		}
		l.steps = append(l.steps, st)
	}
	if first {
		l.first = literal{nil} // no name at all, which means nothing
	}
	return l
}

func (r *rangeExpr) eval(c *Context) (any, error) {
	first, err := rangeEnd(c, r.first)
	if err != nil {
		return nil, err
	}
	last, err := rangeEnd(c, r.last)
	return Range{first, last}, err
}

func rangeEnd(c *Context, e expr) (int64, error) {
	v, err := e.eval(c)
	if err != nil {
		return 0, err
	}
	switch v := v.(type) {
	case int64:
		return v, nil
	case nil, string:
		return toInt(v), nil
	}
	return integer(v)
}

func (l *lookup) eval(c *Context) (any, error) {
	var v any
	var ok bool
	name := l.name
	if l.first != nil {
		key, err := l.first.eval(c)
		if err != nil {
			return nil, err
		}
		name, ok = key.(string)
		if !ok {
			return l.missing(c, Text(key))
		}
	}
	v, ok = c.find(name)
	if !ok {
		if c.config.StrictVariables {
			return nil, Faultf("undefined variable %s", name)
		}
		return nil, nil
	}
	for i := range l.steps {
		st := &l.steps[i]
		if st.expr != nil {
			key, err := st.expr.eval(c)
			if err != nil {
				return nil, err
			}
			if s, isText := key.(string); isText {
				v, ok = property(v, s, false)
			} else {
				v, ok = propertyAt(v, key)
			}
			if !ok {
				return l.missing(c, Text(key))
			}
			continue
		}
		v, ok = property(v, st.key, st.command)
		if !ok {
			return l.missing(c, st.key)
		}
		if v == nil && !c.config.StrictVariables {
			return nil, nil
		}
	}
	return v, nil
}

func (l *lookup) missing(c *Context, name string) (any, error) {
	if c.config.StrictVariables {
		return nil, Faultf("undefined variable %s", name)
	}
	return nil, nil
}

// property is a value's property by name. The second result is false where it
// has none.
func property(v any, key string, command bool) (any, bool) {
	switch v := v.(type) {
	case *ordered.Map:
		if v, ok := v.Get(key); ok {
			return v, true
		}
	case Drop:
		if v, ok := v.Get(key); ok {
			return v, true
		}
	}
	if !command {
		return nil, false
	}
	switch v := v.(type) {
	case string:
		if key == "size" {
			return int64(runes(v)), true
		}
	case []any:
		switch {
		case key == "size":
			return int64(len(v)), true
		case len(v) == 0:
			return nil, true
		case key == "first":
			return v[0], true
		}
		return v[len(v)-1], true
	case *ordered.Map:
		switch key {
		case "size":
			return int64(v.Len()), true
		case "first":
			if v.Len() == 0 {
				return nil, true
			}
			return pair(v, 0), true
		}
	case Range:
		switch key {
		case "size":
			return v.Len(), true
		case "first":
			return v.First, true
		}
		return v.Last, true
	case int64:
		if key == "size" { // Ruby's: how many bytes an integer takes
			return int64(8), true
		}
	case Keyed:
		if key == "first" {
			if keys := v.Keys(); len(keys) > 0 {
				value, _ := v.Get(keys[0])
				return []any{keys[0], value}, true
			}
			return nil, true
		}
	}
	return nil, false
}

// propertyAt is v[key] with a key that is no text.
func propertyAt(v, key any) (any, bool) {
	switch v := v.(type) {
	case []any:
		if n, ok := key.(int64); ok {
			return element(v, n), true
		}
	case *ordered.Map:
		if v, ok := v.Get(key); ok {
			return v, true
		}
		_, ok := key.(int64)
		return nil, ok
	}
	return nil, false
}

// element is a list's element, counted from its end when n is below 0.
func element(list []any, n int64) any {
	if n < 0 {
		n += int64(len(list))
	}
	if n < 0 || n >= int64(len(list)) {
		return nil
	}
	return list[n]
}
