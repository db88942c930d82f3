package yaml

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"galley/internal/bigint"
)

// maxDigits is how long a number may be; what is longer stays a text, since
// reading digits takes more than proportional time.
const maxDigits = 4000

// Scalar tells what a plain text means, as Psych's ScalarScanner does. Of the
// rules the first one that fits counts:
//
//	empty, ~, null                    nothing
//	yes true on, no false off         truth values; all in any case of letters
//	2026-01-02 10:00:00.5 +01:00      a time; T between the two, Z, +1 and +0100 too
//	2026-01-02, 2026-1-2              a day that there is
//	.inf, -.inf, .nan                 floats
//	12:30, 1:02:03, 1:02.5            seconds, written as hours, minutes, seconds
//	1.5, 1_000.5, .5, 1., 1.0e+5      floats; an exponent has a sign
//	0b101, 017, 0,7, 0x1F, 1_000, 7,2 whole numbers
//
// Everything else is a text. In numbers "_" and "," count for nothing. Times
// without a zone are in UTC and are shown in place; with a place of nil, times
// and days stay texts.
func Scalar(s string, place *time.Location) any {
	if s == "" {
		return nil
	}
	if value, ok := word(s); ok {
		return value
	}
	c := s[0]
	if !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' || strings.IndexByte(s, '\n') >= 0 {
		return s
	}
	if t, ok := readTime(s, place); ok {
		if place == nil {
			return s
		}
		return t
	}
	if d, ok := readDay(s); ok {
		if place == nil {
			return s
		}
		return d
	}
	switch strings.ToLower(s) {
	case ".inf", "+.inf":
		return math.Inf(1)
	case "-.inf":
		return math.Inf(-1)
	case ".nan":
		return math.NaN()
	}
	if len(s) > maxDigits {
		return s
	}
	for _, read := range []func(string) (any, bool){sexagesimal, float, integer} {
		if value, ok := read(s); ok {
			return value
		}
	}
	return s
}

// word reads nothing and truth values, which have at most five letters. Ruby's
// expressions look at each line of a text: a text of two short lines can be one
// of them.
func word(s string) (value any, ok bool) {
	if utf8.RuneCountInString(s) > 5 {
		return nil, false
	}
	if s == "~" {
		return nil, true
	}
	lines := strings.Split(strings.ToLower(s), "\n")
	for _, line := range lines {
		if line != "" && !strings.ContainsAny(line[:1], "ytonf~") {
			return nil, false
		}
	}
	for _, words := range []struct {
		value any
		texts [3]string
	}{{nil, [3]string{"null"}}, {true, [3]string{"yes", "true", "on"}}, {false, [3]string{"no", "false", "off"}}} {
		for _, line := range lines {
			for _, text := range words.texts {
				if line == text && text != "" {
					return words.value, true
				}
			}
		}
	}
	return nil, false
}

// digits counts the digits that a text begins with, up to most.
func digits(s string, most int) int {
	n := 0
	for n < len(s) && n < most && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func signed(s string) (sign, rest string) {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		return s[:1], s[1:]
	}
	return "", s
}

// span counts the bytes that a text begins with and that are among some.
func span(s, among string) int {
	n := 0
	for n < len(s) && strings.IndexByte(among, s[n]) >= 0 {
		n++
	}
	return n
}

const decimal = "0123456789"

// whole reads digits, with underlines as Ruby's to_i takes them: one between
// two digits; what follows otherwise counts for nothing.
func whole(s string) any {
	sign, s := signed(s)
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '_' {
			if i+1 < len(s) && s[i+1] != '_' && s[i+1] != '.' {
				continue
			}
			break
		}
		if s[i] < '0' || s[i] > '9' {
			break
		}
		b.WriteByte(s[i])
	}
	n, ok := bigint.Parse(sign+"0"+b.String(), 10)
	if !ok {
		return int64(0)
	}
	return n
}

// sexagesimal reads hours, minutes and seconds. Of two parts the first is the
// hours.
func sexagesimal(s string) (any, bool) {
	sign, rest := signed(s)
	n := span(rest, decimal+"_")
	if n == 0 || rest[0] == '_' || n == len(rest) {
		return nil, false
	}
	parts := []string{sign + rest[:n]}
	fraction := false
	for rest = rest[n:]; rest != ""; {
		if rest[0] == '.' {
			if len(parts) < 2 || span(rest[1:], decimal+"_") < len(rest)-1 {
				return nil, false
			}
			parts[len(parts)-1] += rest
			fraction = true
			break
		}
		n := digits(rest[1:], 2)
		if rest[0] != ':' || n == 0 || n == 2 && rest[1] > '5' || len(parts) == 3 {
			return nil, false
		}
		parts = append(parts, rest[1:1+n])
		rest = rest[1+n:]
	}
	if len(parts) < 2 {
		return nil, false
	}
	worth := []int64{3600, 60, 1}
	if !fraction {
		first, rest := whole(parts[0]), int64(0)
		for i, part := range parts[1:] {
			n, _ := whole(part).(int64) // of two digits
			rest += n * worth[i+1]
		}
		if n, ok := first.(int64); ok && n > -1e15 && n < 1e15 {
			return n*worth[0] + rest, true
		}
		if sign == "-" {
			return nil, false // no time of day
		}
		return bigint.Times(first, int(worth[0]), int(rest)), true
	}
	var sum float64
	for i, part := range parts {
		sum += toFloat(part) * float64(worth[i])
	}
	return sum, true
}

// toFloat reads a number as Ruby's to_f does: as far as it goes.
func toFloat(s string) float64 {
	sign, rest := signed(s)
	head, tail, _ := strings.Cut(rest, ".")
	text := fmt.Sprint(whole(head))
	if n := digits(tail, len(tail)); n > 0 && !strings.HasSuffix(head, "_") && !strings.Contains(head, "__") {
		text += "." + fmt.Sprint(whole("1" + tail))[1:]
	}
	f, _ := strconv.ParseFloat(sign+text, 64)
	return f
}

// float reads a number with a point.
func float(s string) (any, bool) {
	sign, rest := signed(s)
	n := 0
	if digits(rest, 1) == 1 {
		n = span(rest, decimal+"_,")
	}
	if n == len(rest) || rest[n] != '.' {
		return nil, false
	}
	head, tail := rest[:n], rest[n+1:]
	n = digits(tail, len(tail))
	places, exponent := tail[:n], tail[n:]
	if exponent != "" {
		if len(exponent) < 3 || exponent[0] != 'e' && exponent[0] != 'E' || exponent[1] != '-' && exponent[1] != '+' ||
			digits(exponent[2:], len(exponent)) < len(exponent)-2 {
			return nil, false
		}
	}
	if head == "" && places == "" {
		return nil, false
	}
	head = ungrouped(head)
	f, _ := strconv.ParseFloat(sign+head+"."+places+exponent, 64) // too large is infinite, as in Ruby
	return f, true
}

// integer reads a whole number in base 2, 8, 10 or 16.
func integer(s string) (any, bool) {
	sign, rest := signed(s)
	base, text := 10, rest
	switch {
	case strings.HasPrefix(rest, "0b"):
		base, text = 2, rest[2:]
		if span(text, "01_,") < len(text) {
			return nil, false
		}
	case strings.HasPrefix(rest, "0x"):
		base, text = 16, rest[2:]
		if span(text, "0123456789abcdefABCDEF_,") < len(text) {
			return nil, false
		}
	case strings.HasPrefix(rest, "0") && len(rest) > 1:
		base, text = 8, rest[1:]
		if span(text, "01234567_,") < len(text) {
			return nil, false
		}
	case rest == "" || span(rest, decimal+"_,") < len(rest) || digits(rest, 1) == 0:
		return nil, false
	default:
		for i := range len(rest) {
			if (rest[i] == '_' || rest[i] == ',') && (i+1 == len(rest) || digits(rest[i+1:], 1) == 0) {
				return nil, false
			}
		}
	}
	text = ungrouped(text)
	if text == "" {
		if base != 8 {
			return nil, false
		}
		text = "0"
	}
	return bigint.Parse(sign+text, base)
}

// ungrouped is a number without what groups its digits.
func ungrouped(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "_", ""), ",", "") }
