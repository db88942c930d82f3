package liquid

import (
	"slices"
	"strings"

	"galley/internal/ordered"
)

// A Condition is comparisons joined by and and or, which go from the right:
// "a or b and c" is a or (b and c), and so is "a and b or c" a and (b or c).
type Condition []comparison

type comparison struct {
	left, right expr
	operator    string // "" for the left side alone
	joined      join   // to the next
}

type join uint8

const (
	last join = iota
	and
	or
)

// operand reads one side of a comparison, where empty and blank have a meaning
// of their own.
func operand(s string) expr {
	switch s {
	case "empty":
		return literal{emptiness{compares: true}}
	case "blank":
		return literal{emptiness{blank: true, compares: true}}
	}
	return parseExpr(s)
}

func (p *Parser) condition(markup string) (cond Condition, err error) {
	err = p.lenient(markup, false,
		func() error { cond, err = p.config.strictCondition(markup, operand); return err },
		func() error { cond, err = laxConditions(markup); return err })
	return cond, err
}

func (cfg *Config) strictCondition(markup string, read func(string) expr) (Condition, error) {
	l, err := cfg.lexer(markup)
	if err != nil {
		return nil, err
	}
	var out Condition
	for {
		left, err := l.expression()
		if err != nil {
			return nil, err
		}
		cmp := comparison{left: read(left)}
		if l.now.kind == lexComparison {
			cmp.operator = l.now.text
			if err := l.shift(); err != nil {
				return nil, err
			}
			right, err := l.expression()
			if err != nil {
				return nil, err
			}
			cmp.right = read(right)
		}
		isAnd, err := l.named("and")
		if err != nil {
			return nil, err
		}
		isOr := false
		if !isAnd {
			if isOr, err = l.named("or"); err != nil {
				return nil, err
			}
		}
		switch {
		case isAnd:
			cmp.joined = and
		case isOr:
			cmp.joined = or
		default:
			return append(out, cmp), l.end()
		}
		out = append(out, cmp)
	}
}

func laxConditions(markup string) (Condition, error) {
	wrong := Faultf("Syntax Error in tag 'if' - Valid syntax: if [expression]")
	parts := cutConditions(markup)
	var out Condition
	for i := 0; ; i += 2 {
		// From the end, since what is left over is at the beginning.
		at := len(parts) - 1 - i
		if at < 0 {
			return nil, wrong
		}
		m := laxCondition().FindStringSubmatch(parts[at])
		if m == nil {
			return nil, wrong
		}
		cmp := comparison{left: operand(m[1]), operator: m[2]}
		if m[2] != "" {
			cmp.right = operand(m[3])
		}
		if i > 0 {
			switch trim(parts[at+1]) {
			case "and":
				cmp.joined = and
			case "or":
				cmp.joined = or
			default:
				return nil, wrong
			}
		}
		out = append(out, cmp)
		if at == 0 {
			slices.Reverse(out)
			return out, nil
		}
	}
}

// Eval says whether a condition holds.
func (cond Condition) Eval(c *Context) (bool, error) {
	result := false
	for i := range cond {
		cmp := &cond[i]
		var err error
		if result, err = cmp.holds(c); err != nil {
			return false, err
		}
		if cmp.joined == last || cmp.joined == or && result || cmp.joined == and && !result {
			break
		}
	}
	return result, nil
}

func (cmp *comparison) holds(c *Context) (bool, error) {
	left, err := cmp.left.eval(c)
	if err != nil || cmp.operator == "" {
		return truthy(left), err
	}
	var right any
	if cmp.right != nil {
		if right, err = cmp.right.eval(c); err != nil {
			return false, err
		}
	}
	return compareBy(c, cmp.operator, left, right)
}

func compareBy(c *Context, operator string, left, right any) (bool, error) {
	switch operator {
	case "==":
		return c.same(left, right)
	case "!=", "<>":
		same, err := c.same(left, right)
		return !same, err
	case "contains":
		return contains(c, left, right)
	case "<", ">", "<=", ">=":
	default:
		return false, Faultf("Unknown operator %s", operator)
	}
	if !hasOrder(left) || !hasOrder(right) {
		return false, nil
	}
	n, ok := Compare(left, right)
	if !ok {
		if isNaN(left) || isNaN(right) {
			return false, nil
		}
		return false, Incomparable(left, right)
	}
	switch operator {
	case "<":
		return n < 0, nil
	case ">":
		return n > 0, nil
	case "<=":
		return n <= 0, nil
	}
	return n >= 0, nil
}

func isNaN(v any) bool {
	f, ok := v.(float64)
	return ok && f != f
}

// same is == of conditions, which knows what is empty.
func (c *Context) same(left, right any) (bool, error) {
	if e, ok := left.(emptiness); ok && e.compares {
		return e.is(right), nil
	}
	if e, ok := right.(emptiness); ok && e.compares {
		return e.is(left), nil
	}
	steps := maxWalk
	same := equal(left, right, &steps)
	return same, c.walked(steps)
}

func (e emptiness) is(v any) bool {
	if e.blank {
		return false
	}
	switch v := v.(type) {
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case *ordered.Map:
		return v.Len() == 0
	}
	return false
}

func contains(c *Context, left, right any) (bool, error) {
	if !truthy(left) || !truthy(right) {
		return false, nil
	}
	switch left := left.(type) {
	case string:
		return strings.Contains(left, String(right)), c.Spend(len(left) >> 8)
	case []any:
		steps := maxWalk
		for _, e := range left {
			if equal(e, right, &steps) {
				return true, c.walked(steps)
			}
		}
		return false, c.walked(steps)
	case *ordered.Map:
		_, ok := left.Get(right)
		return ok, nil
	case Range:
		switch n := right.(type) {
		case int64:
			return left.First <= n && n <= left.Last, nil
		case float64:
			return float64(left.First) <= n && n <= float64(left.Last), nil
		}
	}
	return false, nil
}
