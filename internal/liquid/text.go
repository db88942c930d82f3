package liquid

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"galley/internal/bigint"
	"galley/internal/ordered"
	"galley/internal/rubytime"
)

// maxWalk bounds how many elements one value is looked through for: lists that
// hold each other can be far longer than what they take of memory.
const maxWalk = 1 << 20

// Text is a value as a template prints it: lists without anything between
// their elements, nothing for nil.
func Text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	left := maxWalk
	return string(appendText(nil, v, &left))
}

// String is a value as Ruby's to_s makes it, and as filters of texts take it:
// as [Text], but lists are shown with brackets.
func String(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		return Inspect(v)
	}
	return Text(v)
}

// appendText adds a value's text.
func appendText(b []byte, v any, left *int) []byte {
	if *left--; *left < 0 {
		return b
	}
	switch v := v.(type) {
	case nil:
		return b
	case string:
		*left -= len(v) >> 6
		return append(b, v...)
	case []any:
		for _, e := range v {
			b = appendText(b, e, left)
		}
		return b
	}
	return appendPlain(b, v, left)
}

// appendPlain adds what is no text and no list.
func appendPlain(b []byte, v any, left *int) []byte {
	switch v := v.(type) {
	case int64:
		return strconv.AppendInt(b, v, 10)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case bool:
		return strconv.AppendBool(b, v)
	case float64:
		return appendFloat(b, v)
	case bigint.Int:
		return append(b, v...)
	case *ordered.Map:
		return appendInspect(b, v, left)
	case Range:
		b = strconv.AppendInt(b, v.First, 10)
		b = append(b, ".."...)
		return strconv.AppendInt(b, v.Last, 10)
	case rubytime.Date:
		return v.AppendFormat(b, "2006-01-02")
	case emptiness:
		return b
	case Texter:
		text := v.LiquidText()
		*left -= len(text) >> 6
		return append(b, text...)
	}
	if t, ok := timeOf(v); ok {
		if isUTC(t) {
			return t.AppendFormat(b, "2006-01-02 15:04:05 UTC")
		}
		return t.AppendFormat(b, "2006-01-02 15:04:05 -0700")
	}
	if v, ok := v.(Drop); ok {
		return fmt.Appendf(b, "%T", v)
	}
	return fmt.Append(b, v)
}

// appendFloat adds a number as Ruby prints it: always with a point, and with
// an exponent from 1e15 on.
func appendFloat(b []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(b, "NaN"...)
	case math.IsInf(f, 1):
		return append(b, "Infinity"...)
	case math.IsInf(f, -1):
		return append(b, "-Infinity"...)
	}
	if a := math.Abs(f); a == 0 || 1e-4 <= a && a < 1e15 {
		from := len(b)
		b = strconv.AppendFloat(b, f, 'f', -1, 64)
		for _, c := range b[from:] {
			if c == '.' {
				return b
			}
		}
		return append(b, ".0"...)
	}
	s := strconv.FormatFloat(f, 'e', -1, 64)
	mantissa, exponent, _ := strings.Cut(s, "e")
	b = append(b, mantissa...)
	if !strings.Contains(mantissa, ".") {
		b = append(b, ".0"...)
	}
	b = append(b, 'e')
	return append(b, exponent...)
}

// Inspect is a value as Ruby's inspect shows it: {"a"=>1}.
func Inspect(v any) string {
	left := maxWalk
	return string(appendInspect(nil, v, &left))
}

func appendInspect(b []byte, v any, left *int) []byte {
	if *left--; *left < 0 {
		return b
	}
	switch v := v.(type) {
	case nil:
		return append(b, "nil"...)
	case string:
		*left -= len(v) >> 6
		return appendQuoted(b, v)
	case []any:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = appendInspect(b, e, left)
		}
		return append(b, ']')
	case *ordered.Map:
		b = append(b, '{')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ", "...)
			}
			key, value := v.At(i)
			b = appendInspect(b, key, left)
			b = append(b, "=>"...)
			b = appendInspect(b, value, left)
		}
		return append(b, '}')
	case rubytime.Date:
		return fmt.Appendf(b, "#<Date: %s ((%dj,0s,0n),+0s,2299161j)>", v.Format("2006-01-02"), julianDay(v))
	}
	if t, ok := timeOf(v); ok {
		return append(b, timeInspect(t)...)
	}
	return appendPlain(b, v, left)
}

// appendQuoted adds a text between quotes as Ruby's String#inspect does.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '#' && i+1 < len(s) && strings.IndexByte("{$@", s[i+1]) >= 0:
			b = append(b, '\\', '#')
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\f':
			b = append(b, `\f`...)
		case r == '\v':
			b = append(b, `\v`...)
		case r == '\b':
			b = append(b, `\b`...)
		case r == '\a':
			b = append(b, `\a`...)
		case r == 0x1b:
			b = append(b, `\e`...)
		case r == utf8.RuneError && n == 1:
			b = fmt.Appendf(b, `\x%02X`, s[i])
		case r == 0x7f:
			b = append(b, `\x7F`...)
		case !unicode.IsPrint(r) && !unicode.Is(unicode.Zs, r):
			if r > 0xffff {
				b = fmt.Appendf(b, `\u{%X}`, r)
			} else {
				b = fmt.Appendf(b, `\u%04X`, r)
			}
		default:
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return append(b, '"')
}

// runes counts characters.
func runes(s string) int { return utf8.RuneCountInString(s) }
