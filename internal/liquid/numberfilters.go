package liquid

import (
	"math"
	"math/bits"
)

func numberFilters() map[string]Filter {
	return map[string]Filter{
		"abs":        onNumber(func(d decimal) decimal { d.neg = false; return d }),
		"ceil":       wholeOf(decimal.ceil),
		"floor":      wholeOf(decimal.floor),
		"round":      filter(0, 1, roundFilter),
		"plus":       arithmetic(addInts, decimal.add, false, false),
		"minus":      arithmetic(subtractInts, func(a, b decimal) decimal { return a.add(b.negate()) }, false, false),
		"times":      arithmetic(multiplyInts, decimal.times, false, false),
		"divided_by": arithmetic(divideInts, decimal.over, true, false),
		"modulo":     arithmetic(moduloInts, decimal.modulo, true, true),
		"at_least":   filter(1, 1, func(_ *Context, in any, args []any) (any, error) { return pick(in, args[0], 1), nil }),
		"at_most":    filter(1, 1, func(_ *Context, in any, args []any) (any, error) { return pick(in, args[0], -1), nil }),
	}
}

// result is a number as a value: whole when no fraction was reckoned with.
func result(d decimal, whole bool) any {
	if whole {
		return d.whole()
	}
	return d.float()
}

func isWhole(v any) bool { _, fraction := v.(decimal); return !fraction }

func onNumber(f func(decimal) decimal) Filter {
	return filter(0, 0, func(_ *Context, in any, _ []any) (any, error) {
		n := toNumber(in)
		return result(f(toDecimal(n)), isWhole(n)), nil
	})
}

func wholeOf(f func(decimal) decimal) Filter {
	return filter(0, 0, func(_ *Context, in any, _ []any) (any, error) {
		n := toNumber(in)
		d := toDecimal(n)
		if d.odd != 0 {
			return nil, Faultf("Computation results in '%s'", Text(d.odd))
		}
		if isWhole(n) {
			return numberValue(n), nil
		}
		return f(d).whole(), nil
	})
}

// numberValue takes a number of toNumber back.
func numberValue(n any) any {
	if d, ok := n.(decimal); ok {
		return d.float()
	}
	return n
}

func roundFilter(_ *Context, in any, args []any) (any, error) {
	n := toNumber(in)
	d := toDecimal(n)
	given := arg(args, 0, int64(0))
	places := toNumber(given)
	at, ok := toDecimal(places).truncated()
	if d.odd != 0 || !ok || at > maxDigits || at < -maxDigits {
		return nil, Faultf("%s cannot be rounded to %s places", Text(in), Text(given))
	}
	return result(d.round(at), isWhole(n) || at < 1), nil
}

// truncated is a decimal as a small whole number.
func (d decimal) truncated() (int64, bool) {
	f := d.float()
	return int64(f), math.Abs(f) < 1<<31
}

// arithmetic makes a filter of a way to reckon with whole numbers, which is
// false when the result is too large for it, and one for all others. What
// divides is an error for 0, unless it is a division with a fraction.
func arithmetic(ints func(a, b int64) (int64, bool), exact func(a, b decimal) decimal, divides, remainder bool) Filter {
	return filter(1, 1, func(_ *Context, in any, args []any) (any, error) {
		a, b := toNumber(in), toNumber(args[0])
		x, isX := a.(int64)
		y, isY := b.(int64)
		if divides && toDecimal(b).zero() && (remainder || isWhole(a) && isWhole(b)) {
			return nil, Faultf("divided by 0")
		}
		if isX && isY {
			if n, ok := ints(x, y); ok {
				return n, nil
			}
		}
		whole := isWhole(a) && isWhole(b)
		out := exact(toDecimal(a), toDecimal(b))
		if whole {
			out = out.floor()
		}
		return result(out, whole), nil
	})
}

func addInts(a, b int64) (int64, bool) {
	sum := a + b
	return sum, (sum > a) == (b > 0)
}

func subtractInts(a, b int64) (int64, bool) {
	diff := a - b
	return diff, (diff < a) == (b > 0)
}

func multiplyInts(a, b int64) (int64, bool) {
	if a == math.MinInt64 || b == math.MinInt64 {
		return 0, false
	}
	high, low := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	return a * b, high == 0 && low <= math.MaxInt64
}

func divideInts(a, b int64) (int64, bool) {
	if a == math.MinInt64 {
		return 0, false
	}
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q, true
}

func moduloInts(a, b int64) (int64, bool) {
	if a == math.MinInt64 {
		return 0, false
	}
	r := a % b
	if r != 0 && (r < 0) != (b < 0) {
		r += b
	}
	return r, true
}

// pick is the larger of two numbers for 1, the smaller one for -1.
func pick(in, other any, sign int) any {
	a, b := toNumber(in), toNumber(other)
	if toDecimal(b).compare(toDecimal(a))*sign > 0 {
		return numberValue(b)
	}
	return numberValue(a)
}
