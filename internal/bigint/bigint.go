// Package bigint is whole numbers that no int64 holds, as far as YAML, data
// files and templates have them: they are read, written, compared and now and
// then reckoned with.
//
// math/big does more, and is a tenth of the browser's module's runtime: the
// template library looks methods up by name, so that the linker keeps them all.
package bigint

import (
	"strconv"
	"strings"
)

// Int is a whole number below or above what int64 holds: its decimal digits,
// with a "-" before them where it is negative. Two that are equal are the same
// text.
type Int string

// MaxDigits is how many digits a number may have. Reading and writing takes
// the square of their count; what is longer is no number here.
const MaxDigits = 4000

// Parse reads digits of a base from 2 to 36, in either case, behind a sign or
// none: an int64, or an Int where none holds the number. It is false for
// anything else, and for more than MaxDigits digits.
func Parse(text string, base int) (n any, ok bool) {
	if v, err := strconv.ParseInt(text, base, 64); err == nil && base != 0 {
		return v, true
	}
	digits, sign := strings.TrimPrefix(text, "+"), ""
	if digits == text {
		if digits = strings.TrimPrefix(text, "-"); digits != text {
			sign = "-"
		}
	}
	if digits == "" || len(digits) > MaxDigits || base < 2 || base > 36 {
		return nil, false
	}
	if base == 10 {
		for _, c := range []byte(digits) {
			if c < '0' || c > '9' {
				return nil, false
			}
		}
		if digits = strings.TrimLeft(digits, "0"); digits == "" {
			return int64(0), true
		}
		if v, err := strconv.ParseInt(sign+digits, 10, 64); err == nil {
			return v, true
		}
		return Int(sign + digits), true
	}
	var sum []byte // decimal digits, the lowest first
	for _, c := range []byte(digits) {
		d := int(c|0x20) - 'a' + 10
		if c <= '9' {
			d = int(c) - '0'
		}
		if d < 0 || d >= base {
			return nil, false
		}
		sum = times(sum, base, d)
	}
	return spelled(sign, sum), true
}

// Times multiplies n, an int64 or an Int, with a number of at most six digits,
// and takes it another of that kind further from 0: an int64, or an Int where
// none holds it.
func Times(n any, by, plus int) any {
	text := ""
	switch n := n.(type) {
	case int64:
		text = strconv.FormatInt(n, 10)
	case Int:
		text = string(n)
	}
	digits, negative := strings.CutPrefix(text, "-")
	sum := make([]byte, len(digits))
	for i := range sum {
		sum[i] = digits[len(digits)-1-i] - '0'
	}
	sign := ""
	if negative {
		sign = "-"
	}
	return spelled(sign, times(sum, by, plus))
}

// times multiplies digits, the lowest first, and adds to them.
func times(sum []byte, by, plus int) []byte {
	for i := range sum {
		plus += int(sum[i]) * by
		sum[i] = byte(plus % 10)
		plus /= 10
	}
	for ; plus > 0; plus /= 10 {
		sum = append(sum, byte(plus%10))
	}
	return sum
}

// spelled makes a number of digits, the lowest first.
func spelled(sign string, sum []byte) any {
	for len(sum) > 0 && sum[len(sum)-1] == 0 {
		sum = sum[:len(sum)-1]
	}
	b := make([]byte, 0, len(sum)+1)
	b = append(b, sign...)
	for i := len(sum) - 1; i >= 0; i-- {
		b = append(b, sum[i]+'0')
	}
	if len(sum) == 0 {
		return int64(0)
	}
	if v, err := strconv.ParseInt(string(b), 10, 64); err == nil {
		return v
	}
	return Int(b)
}

// Float is the nearest float64, infinite where there is none.
func (n Int) Float() float64 {
	f, _ := strconv.ParseFloat(string(n), 64) // too large is infinite
	return f
}

// String is the number's decimal digits.
func (n Int) String() string { return string(n) }
