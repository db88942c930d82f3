package liquid

import (
	"math"
	"strconv"
	"strings"

	"galley/internal/bigint"
)

// wholeNumber reads decimal digits: an int64, or a bigint.Int where none holds
// the number.
func wholeNumber(s string) any {
	if n, ok := bigint.Parse(s, 10); ok {
		return n
	}
	return int64(0)
}

// A decimal is an exact number, as Ruby reckons where a fraction is in it:
// 0.1 and 0.2 are 0.3. It is digits * 10**exp; no digits are 0.
type decimal struct {
	neg    bool
	digits []byte // values, not characters; the highest first, never 0
	exp    int
	// odd is what is no number: NaN and the infinities.
	odd float64
}

// divisionDigits is how far a division goes on.
const divisionDigits = 40

// maxDigits ends numbers that grow without end.
const maxDigits = 4000

func decimalOf(f float64) decimal {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return decimal{odd: f}
	}
	return parseDecimal(strconv.FormatFloat(f, 'e', -1, 64))
}

// parseDecimal reads digits with a point and an exponent.
func parseDecimal(s string) decimal {
	var d decimal
	if strings.HasPrefix(s, "-") {
		d.neg, s = true, s[1:]
	}
	s, exponent, _ := strings.Cut(s, "e")
	d.exp, _ = strconv.Atoi(exponent)
	whole, fraction, _ := strings.Cut(s, ".")
	d.exp -= len(fraction)
	for _, c := range []byte(whole + fraction) {
		d.digits = append(d.digits, c-'0')
	}
	return d.clean()
}

// toDecimal makes one of a number.
func toDecimal(v any) decimal {
	switch v := v.(type) {
	case decimal:
		return v
	case int64:
		return parseDecimal(strconv.FormatInt(v, 10))
	case bigint.Int:
		return parseDecimal(v.String())
	}
	return decimal{}
}

// clean drops leading and trailing zeros.
func (d decimal) clean() decimal {
	for len(d.digits) > 0 && d.digits[0] == 0 {
		d.digits = d.digits[1:]
	}
	for n := len(d.digits); n > 0 && d.digits[n-1] == 0; n-- {
		d.digits = d.digits[:n-1]
		d.exp++
	}
	if len(d.digits) == 0 {
		d.exp = 0
	}
	return d
}

func (d decimal) zero() bool { return len(d.digits) == 0 && d.odd == 0 }

// text is the number's digits, for strconv.
func (d decimal) text() string {
	b := make([]byte, 0, len(d.digits)+8)
	if d.neg {
		b = append(b, '-')
	}
	if len(d.digits) == 0 {
		b = append(b, '0')
	}
	for _, c := range d.digits {
		b = append(b, c+'0')
	}
	b = append(b, 'e')
	return string(strconv.AppendInt(b, int64(d.exp), 10))
}

func (d decimal) float() float64 {
	if d.odd != 0 {
		return d.odd
	}
	f, _ := strconv.ParseFloat(d.text(), 64)
	return f
}

// whole is a number without a fraction, as an int64 or a bigint.Int.
func (d decimal) whole() any {
	if len(d.digits)+d.exp > maxDigits {
		return int64(0)
	}
	b := make([]byte, 0, len(d.digits)+max(0, d.exp)+1)
	if d.neg {
		b = append(b, '-')
	}
	for i := range max(0, len(d.digits)+d.exp) {
		if i < len(d.digits) {
			b = append(b, d.digits[i]+'0')
		} else {
			b = append(b, '0')
		}
	}
	return wholeNumber(string(b))
}

// scaled are the digits with a lower exponent.
func (d decimal) scaled(exp int) []byte {
	out := append([]byte(nil), d.digits...)
	if len(out) == 0 {
		return out
	}
	return append(out, make([]byte, d.exp-exp)...)
}

// far says whether two numbers are so far apart that their sum would have too
// many digits.
func far(a, b decimal) bool {
	top := max(a.exp+len(a.digits), b.exp+len(b.digits))
	return top-min(a.exp, b.exp) > maxDigits
}

func compareDigits(a, b []byte) int {
	if len(a) != len(b) {
		if len(a) < len(b) {
			return -1
		}
		return 1
	}
	for i := range a {
		if a[i] != b[i] {
			if a[i] < b[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

func trimZeros(a []byte) []byte {
	for len(a) > 0 && a[0] == 0 {
		a = a[1:]
	}
	return a
}

func addDigits(a, b []byte) []byte {
	n := max(len(a), len(b)) + 1
	out := make([]byte, n)
	carry := byte(0)
	for i := 1; i <= n; i++ {
		sum := carry
		if i <= len(a) {
			sum += a[len(a)-i]
		}
		if i <= len(b) {
			sum += b[len(b)-i]
		}
		out[n-i], carry = sum%10, sum/10
	}
	return trimZeros(out)
}

// subtractDigits is a-b, where a is not below b.
func subtractDigits(a, b []byte) []byte {
	out := append([]byte(nil), a...)
	for i := 1; i <= len(out); i++ {
		take := byte(0)
		if i <= len(b) {
			take = b[len(b)-i]
		}
		at := len(out) - i
		if out[at] < take {
			out[at] += 10
			for j := at - 1; j >= 0; j-- {
				if out[j] > 0 {
					out[j]--
					break
				}
				out[j] = 9
			}
		}
		out[at] -= take
	}
	return trimZeros(out)
}

func (d decimal) add(e decimal) decimal {
	if d.odd != 0 || e.odd != 0 || far(d, e) {
		return decimalOf(d.float() + e.float())
	}
	exp := min(d.exp, e.exp)
	if d.zero() {
		exp = e.exp
	} else if e.zero() {
		exp = d.exp
	}
	a, b := d.scaled(exp), e.scaled(exp)
	out := decimal{exp: exp}
	switch {
	case d.neg == e.neg:
		out.neg, out.digits = d.neg, addDigits(a, b)
	case compareDigits(a, b) >= 0:
		out.neg, out.digits = d.neg, subtractDigits(a, b)
	default:
		out.neg, out.digits = e.neg, subtractDigits(b, a)
	}
	if len(out.digits) == 0 {
		out.neg = false
	}
	return out.clean()
}

func (d decimal) negate() decimal {
	d.neg, d.odd = !d.neg, -d.odd
	return d
}

func (d decimal) times(e decimal) decimal {
	if d.odd != 0 || e.odd != 0 || len(d.digits)+len(e.digits) > maxDigits {
		return decimalOf(d.float() * e.float())
	}
	sums := make([]int, len(d.digits)+len(e.digits))
	for i := len(d.digits) - 1; i >= 0; i-- {
		for j := len(e.digits) - 1; j >= 0; j-- {
			at := i + j + 1
			sums[at] += int(d.digits[i]) * int(e.digits[j])
			sums[at-1] += sums[at] / 10
			sums[at] %= 10
		}
	}
	out := decimal{neg: d.neg != e.neg, exp: d.exp + e.exp, digits: make([]byte, len(sums))}
	for i, n := range sums {
		out.digits[i] = byte(n)
	}
	return out.clean()
}

// divideDigits is long division: the quotient and what is left.
func divideDigits(a, b []byte) (quotient, rest []byte) {
	for _, c := range a {
		if rest = append(rest, c); len(rest) == 1 && c == 0 {
			rest = rest[:0]
		}
		q := byte(0)
		for compareDigits(rest, b) >= 0 {
			rest = subtractDigits(rest, b)
			q++
		}
		quotient = append(quotient, q)
	}
	return trimZeros(quotient), rest
}

// over is d/e.
func (d decimal) over(e decimal) decimal {
	if e.zero() {
		return decimalOf(d.float() / math.Abs(e.float()))
	}
	if d.odd != 0 || e.odd != 0 {
		return decimalOf(d.float() / e.float())
	}
	more := divisionDigits + len(e.digits)
	q, _ := divideDigits(append(append([]byte(nil), d.digits...), make([]byte, more)...), e.digits)
	return decimal{neg: d.neg != e.neg, digits: q, exp: d.exp - e.exp - more}.clean()
}

// floor is the whole number at or below.
func (d decimal) floor() decimal {
	if d.exp >= 0 || d.zero() {
		return d
	}
	cut := max(0, len(d.digits)+d.exp)
	out := decimal{neg: d.neg, digits: append([]byte(nil), d.digits[:cut]...)}
	if d.neg {
		out.digits = addDigits(out.digits, []byte{1})
	}
	if len(out.digits) == 0 {
		out.neg = false
	}
	return out.clean()
}

// truncate drops the fraction.
func (d decimal) truncate() decimal {
	if d.neg {
		return d.ceil()
	}
	return d.floor()
}

func (d decimal) ceil() decimal { return d.negate().floor().negate() }

// round goes to n places behind the point, a half away from 0.
func (d decimal) round(n int64) decimal {
	if d.odd != 0 || d.zero() || int64(d.exp) >= -n {
		return d
	}
	places := int64(len(d.digits)+d.exp) + n
	if places < 0 {
		return decimal{}
	}
	out := decimal{neg: d.neg, exp: int(-n), digits: append([]byte(nil), d.digits[:places]...)}
	if d.digits[places] >= 5 {
		out.digits = addDigits(out.digits, []byte{1})
	}
	return out.clean()
}

// modulo goes by the sign of e, which is not 0.
func (d decimal) modulo(e decimal) decimal {
	if d.odd != 0 || e.odd != 0 || far(d, e) {
		return decimalOf(math.Mod(d.float(), e.float()))
	}
	exp := min(d.exp, e.exp)
	_, rest := divideDigits(d.scaled(exp), e.scaled(exp))
	out := decimal{neg: d.neg, digits: rest, exp: exp}.clean()
	if len(out.digits) == 0 {
		return decimal{}
	}
	if d.neg != e.neg {
		out = out.add(e)
	}
	return out
}

func (d decimal) compare(e decimal) int {
	if d.odd != 0 || e.odd != 0 || far(d, e) {
		x, y := d.float(), e.float()
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	}
	diff := d.add(e.negate())
	switch {
	case len(diff.digits) == 0:
		return 0
	case diff.neg:
		return -1
	}
	return 1
}
