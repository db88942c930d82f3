package liquid

import (
	"math"

	"strconv"
	"strings"

	"galley/internal/bigint"
)

// toInt is Ruby's to_i: the number at the beginning of a text, 0 for what has
// none.
func toInt(v any) int64 {
	switch v := v.(type) {
	case int64:
		return v
	case int:
		return int64(v)
	case float64:
		return floatInt(v)
	case string:
		if n, ok := leadingInt(v).(int64); ok {
			return n
		}
		return math.MaxInt64
	case bigint.Int:
		return math.MaxInt64
	}
	if t, ok := timeOf(v); ok {
		return t.Unix()
	}
	return 0
}

func floatInt(f float64) int64 {
	switch {
	case f >= math.MaxInt64:
		return math.MaxInt64
	case f <= math.MinInt64 || math.IsNaN(f):
		return math.MinInt64
	}
	return int64(f)
}

// leadingInt is the whole number at the beginning of a text, an int64 or a
// bigint.Int. One underscore may stand between digits.
func leadingInt(s string) any {
	s = strings.TrimLeft(s, blank)
	var b []byte
	i := 0
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		if s[i] == '-' {
			b = append(b, '-')
		}
		i++
	}
	from := i
	for ; i < len(s); i++ {
		if s[i] == '_' && i > from && i+1 < len(s) && digit(s[i+1]) && s[i-1] != '_' {
			continue
		}
		if !digit(s[i]) {
			break
		}
		b = append(b, s[i])
	}
	if i == from {
		return int64(0)
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return wholeNumber(string(b))
	}
	return n
}

// toFloat is Ruby's to_f of a text.
func toFloat(s string) float64 {
	s = strings.TrimLeft(s, blank)
	i := 0
	digits := func() bool {
		from := i
		for i < len(s) && (digit(s[i]) || s[i] == '_' && i > from && i+1 < len(s) && digit(s[i+1]) && s[i-1] != '_') {
			i++
		}
		return i > from
	}
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		i++
	}
	if !digits() {
		return 0
	}
	if end := i; i < len(s) && s[i] == '.' {
		i++
		if !digits() {
			i = end
		}
	}
	if end := i; i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '-' || s[i] == '+') {
			i++
		}
		if !digits() {
			i = end
		}
	}
	f, _ := strconv.ParseFloat(strings.ReplaceAll(s[:i], "_", ""), 64)
	return f
}

// integer is a value as a whole number where one is asked for; anything else
// is an error.
func integer(v any) (int64, error) {
	if n, ok := v.(int64); ok {
		return n, nil
	}
	s := trim(String(v))
	if n, ok := strictInt(s); ok {
		return n, nil
	}
	return 0, Faultf("invalid integer: %s is no whole number", Shown(v))
}

// ToInteger is a value as Ruby's to_i makes it a whole number: what a text
// begins with, 0 for what is none. It is an int64 or a bigint.Int.
func ToInteger(v any) any {
	switch v := v.(type) {
	case string:
		return leadingInt(v)
	case bigint.Int:
		return v
	case float64:
		if d := decimalOf(v); d.odd == 0 {
			return d.truncate().whole()
		}
	}
	return toInt(v)
}

// Integer is a value as a whole number, or an error.
func Integer(v any) (int64, error) { return integer(v) }

// strictInt reads what Ruby's Integer() reads: decimal, and with a prefix
// other bases.
func strictInt(s string) (int64, bool) {
	if s == "" || strings.Contains(s, "__") || strings.HasSuffix(s, "_") || strings.HasPrefix(s, "_") {
		return 0, false
	}
	sign, digits := "", s
	if s[0] == '-' || s[0] == '+' {
		sign, digits = s[:1], s[1:]
	}
	base := 10
	if len(digits) > 1 && digits[0] == '0' {
		switch digits[1] {
		case 'x', 'X':
			base, digits = 16, digits[2:]
		case 'b', 'B':
			base, digits = 2, digits[2:]
		case 'o', 'O':
			base, digits = 8, digits[2:]
		case 'd', 'D':
			digits = digits[2:]
		default:
			base, digits = 8, digits[1:]
		}
	}
	if digits == "" || digits[0] == '-' || digits[0] == '+' || digits[0] == '_' && base != 8 {
		return 0, false
	}
	n, err := strconv.ParseInt(sign+strings.ReplaceAll(digits, "_", ""), base, 64)
	if err != nil && err.(*strconv.NumError).Err == strconv.ErrRange {
		return n, true
	}
	return n, err == nil
}

// toNumber is a value to reckon with: an int64, a bigint.Int or a decimal.
func toNumber(v any) any {
	switch v := v.(type) {
	case int64, bigint.Int:
		return v
	case int:
		return int64(v)
	case float64:
		return decimalOf(v)
	case string:
		if s := strings.Trim(v, blank+"\x00"); isDecimal(s) {
			return parseDecimal(s)
		}
		return leadingInt(v)
	}
	return int64(0)
}

// isDecimal says whether a text is -?\d+\.\d+.
func isDecimal(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, ok := strings.Cut(s, ".")
	return ok && allDigits(whole) && allDigits(fraction)
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !digit(s[i]) {
			return false
		}
	}
	return s != ""
}
