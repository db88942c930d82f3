package rubytime

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// maxWidth is up to where %10d is taken for a width.
const maxWidth = 1024

// Strftime formats a time as Ruby's Time#strftime does: with the flags - 0 ^ #
// _ and :, with widths, and with what it does not know as it stands. The zone
// of %Z is that of the time's location.
func Strftime(t time.Time, format string) string { return StrftimeUpTo(t, format, math.MaxInt) }

// StrftimeUpTo is Strftime for a format that anybody may have written: a width of some
// bytes makes a thousand. It ends where it has made more than so many bytes and what it
// then returns, which is longer than these, is of no use.
func StrftimeUpTo(t time.Time, format string, most int) string {
	return string(appendTime(make([]byte, 0, len(format)+16), t, format, 0, most))
}

// directive is what stands between % and the letter.
type directive struct {
	left   bool // -: no padding
	pad    byte // 0 or a space, 0 for the letter's own
	upper  bool
	change bool // #: the other case
	colons int
	width  int
}

func appendTime(b []byte, t time.Time, format string, depth, most int) []byte {
	for {
		at := strings.IndexByte(format, '%')
		if at < 0 || at == len(format)-1 || len(b) > most {
			return append(b, format...)
		}
		b = append(b, format[:at]...)
		format = format[at:]
		d, n := scanDirective(format)
		if n == 0 {
			b = append(b, '%')
			format = format[1:]
			continue
		}
		if out, ok := d.add(b, t, format[n-1], depth); ok {
			b = out
		} else {
			b = append(b, format[:n]...)
		}
		format = format[n:]
	}
}

// scanDirective reads flags, width and letter; 0 when the letter is missing.
func scanDirective(s string) (d directive, n int) {
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '-':
			d.left, d.pad = true, 0
		case c == '_':
			d.pad = ' '
		case c == '^':
			d.upper = true
		case c == '#':
			d.change = true
		case c == ':':
			// Nothing but z may follow colons.
			for i+d.colons < len(s) && s[i+d.colons] == ':' {
				d.colons++
			}
			if end := i + d.colons; end < len(s) && s[end] == 'z' {
				return d, end + 1
			}
			return d, i + 1
		case c == '0' && d.width == 0:
			d.pad = '0'
		case '0' <= c && c <= '9':
			if d.width = 10*d.width + int(c-'0'); d.width > maxWidth {
				return d, 0
			}
		case (c == 'E' || c == 'O') && i+1 < len(s):
			known := "cCxXyY"
			if c == 'O' {
				known = "deHkIlmMSuUVwWy"
			}
			if strings.IndexByte(known, s[i+1]) < 0 {
				return d, 0
			}
		default:
			return d, i + 1
		}
	}
	return d, 0
}

// number adds a number with a least width and the letter's padding.
func (d directive) number(b []byte, n int64, width int, pad byte) []byte {
	if d.left {
		return strconv.AppendInt(b, n, 10)
	}
	if d.width > 0 {
		width = d.width
	}
	if d.pad != 0 {
		pad = d.pad
	}
	s := strconv.FormatInt(n, 10)
	if n < 0 && pad == '0' {
		b = append(b, '-')
		s = s[1:]
		width--
	}
	for i := len(s); i < width; i++ {
		b = append(b, pad)
	}
	return append(b, s...)
}

// text adds a text.
func (d directive) text(b []byte, s string, changed func(string) string) []byte {
	switch {
	case d.change:
		s = changed(s)
	case d.upper:
		s = strings.ToUpper(s)
	}
	pad := d.pad
	if pad == 0 {
		pad = ' '
	}
	if !d.left {
		for i := len(s); i < d.width; i++ {
			b = append(b, pad)
		}
	}
	return append(b, s...)
}

// composed are letters that stand for several.
var composed = map[byte]string{
	'c': "%a %b %e %H:%M:%S %Y", 'D': "%m/%d/%y", 'x': "%m/%d/%y", 'F': "%Y-%m-%d", 'T': "%H:%M:%S", 'X': "%H:%M:%S",
	'R': "%H:%M", 'r': "%I:%M:%S %p", 'v': "%e-%^b-%4Y",
}

// add adds what a letter stands for; it is false for an unknown one.
func (d directive) add(b []byte, t time.Time, letter byte, depth int) ([]byte, bool) {
	if d.colons > 0 && letter != 'z' {
		return b, false
	}
	if format, ok := composed[letter]; ok && depth == 0 {
		d.left, d.change = false, false
		return d.text(b, string(appendTime(nil, t, format, 1, math.MaxInt)), strings.ToUpper), true
	}
	number := func(n, width int, pad byte) ([]byte, bool) { return d.number(b, int64(n), width, pad), true }
	text := func(s string) ([]byte, bool) { return d.text(b, s, strings.ToUpper), true }
	switch letter {
	case 'Y':
		width := 4
		if t.Year() < 0 {
			width = 5
		}
		return number(t.Year(), width, '0')
	case 'C':
		return number(floorDiv(t.Year(), 100), 2, '0')
	case 'y':
		return number(t.Year()-100*floorDiv(t.Year(), 100), 2, '0')
	case 'm':
		return number(int(t.Month()), 2, '0')
	case 'B':
		return text(t.Month().String())
	case 'b', 'h':
		return text(t.Month().String()[:3])
	case 'j':
		return number(t.YearDay(), 3, '0')
	case 'd':
		return number(t.Day(), 2, '0')
	case 'e':
		return number(t.Day(), 2, ' ')
	case 'H':
		return number(t.Hour(), 2, '0')
	case 'k':
		return number(t.Hour(), 2, ' ')
	case 'I':
		return number((t.Hour()+11)%12+1, 2, '0')
	case 'l':
		return number((t.Hour()+11)%12+1, 2, ' ')
	case 'M':
		return number(t.Minute(), 2, '0')
	case 'S':
		return number(t.Second(), 2, '0')
	case 'L':
		return d.fraction(b, t, 3), true
	case 'N':
		return d.fraction(b, t, 9), true
	case 'z':
		return d.offset(b, t)
	case 'Z':
		name, _ := t.Zone()
		if name == "" {
			return b, true
		}
		return d.text(b, name, strings.ToLower), true
	case 'A':
		return text(t.Weekday().String())
	case 'a':
		return text(t.Weekday().String()[:3])
	case 'u':
		return number((int(t.Weekday())+6)%7+1, 1, '0')
	case 'w':
		return number(int(t.Weekday()), 1, '0')
	case 'G':
		year, _ := t.ISOWeek()
		return number(year, 4, '0')
	case 'g':
		year, _ := t.ISOWeek()
		return number(year-100*floorDiv(year, 100), 2, '0')
	case 'V':
		_, week := t.ISOWeek()
		return number(week, 2, '0')
	case 'U':
		return number((t.YearDay()+6-int(t.Weekday()))/7, 2, '0')
	case 'W':
		return number((t.YearDay()+6-(int(t.Weekday())+6)%7)/7, 2, '0')
	case 's':
		return d.number(b, t.Unix(), 1, '0'), true
	case 'p', 'P':
		half := "AM"
		if t.Hour() >= 12 {
			half = "PM"
		}
		if letter == 'P' {
			if !d.change {
				half = strings.ToLower(half)
			}
			return d.text(b, half, strings.ToUpper), true
		}
		return d.text(b, half, strings.ToLower), true
	case 'n':
		return text("\n")
	case 't':
		return text("\t")
	case '%':
		return text("%")
	}
	return b, false
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

// fraction adds digits of the second's fraction.
func (d directive) fraction(b []byte, t time.Time, width int) []byte {
	if d.width > 0 {
		width = d.width
	}
	digits := strconv.Itoa(1_000_000_000 + t.Nanosecond())[1:]
	if width > len(digits) {
		digits += strings.Repeat("0", width-len(digits))
	}
	return append(b, digits[:width]...)
}

// offset adds the distance to UTC, with as many colons as were asked for.
func (d directive) offset(b []byte, t time.Time) ([]byte, bool) {
	if d.colons > 3 {
		return b, false
	}
	_, offset := t.Zone()
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	hour, minute, second := offset/3600, offset/60%60, offset%60
	two := func(n int) string { return strconv.Itoa(100 + n)[1:] }
	behind := ""
	switch {
	case d.colons == 0:
		behind = two(minute)
	case d.colons == 1:
		behind = ":" + two(minute)
	case d.colons == 2 || second != 0:
		behind = ":" + two(minute) + ":" + two(second)
	case minute != 0:
		behind = ":" + two(minute)
	}
	hours := strconv.Itoa(hour)
	width := max(d.width-1-len(behind), 2)
	pad := max(0, width-len(hours))
	if d.pad == ' ' {
		b = append(append(b, strings.Repeat(" ", pad)...), sign)
	} else {
		b = append(append(b, sign), strings.Repeat("0", pad)...)
	}
	return append(append(b, hours...), behind...), true
}
