package yaml

import (
	"strconv"
	"time"

	"galley/internal/rubytime"
)

// stamp is a time as it is written.
type stamp struct {
	year, month, day, hour, minute, second int
	fraction                               string // the digits behind the point
	zone                                   string
}

// scanStamp takes a time stamp apart; false where a text is none.
func scanStamp(s string) (t stamp, ok bool) {
	i := 0
	take := func(min, max int) int {
		n := digits(s[i:], max)
		if n < min {
			ok = false
			return 0
		}
		v, _ := strconv.Atoi(s[i : i+n])
		i += n
		return v
	}
	sign := func(c byte) {
		if i < len(s) && s[i] == c {
			i++
		} else {
			ok = false
		}
	}
	space := func() bool {
		from := i
		for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
			i++
		}
		return i > from
	}
	ok = true
	negative := s[0] == '-'
	if negative {
		i++
	}
	if t.year = take(4, 4); negative {
		t.year = -t.year
	}
	sign('-')
	t.month = take(1, 2)
	sign('-')
	t.day = take(1, 2)
	if !ok || i == len(s) {
		return t, false
	}
	if s[i] == 'T' || s[i] == 't' {
		i++
	} else if !space() {
		return t, false
	}
	t.hour = take(1, 2)
	sign(':')
	t.minute = take(2, 2)
	sign(':')
	t.second = take(2, 2)
	if !ok {
		return t, false
	}
	if i < len(s) && s[i] == '.' {
		n := digits(s[i+1:], len(s))
		t.fraction = s[i+1 : i+1+n]
		i += n + 1
	}
	behind := i
	space()
	if i == len(s) {
		return t, i == behind
	}
	from := i
	if s[i] == 'Z' {
		i++
	} else {
		if s[i] != '+' && s[i] != '-' {
			return t, false
		}
		i++
		take(1, 2)
		if i < len(s) && s[i] == ':' {
			i++
		}
		if i < len(s) {
			take(2, 2)
		}
	}
	t.zone = s[from:i]
	return t, ok && i == len(s)
}

// readTime reads a time stamp. A day up to 31 is taken in any month and counts
// on into the next one, and so does the hour 24.
func readTime(s string, place *time.Location) (time.Time, bool) {
	if len(s) < len("2026-1-2 1:00:00") {
		return time.Time{}, false
	}
	t, ok := scanStamp(s)
	if !ok || !rubytime.Valid(t.year, t.month, t.day, t.hour, t.minute, t.second) {
		return time.Time{}, false
	}
	fraction := t.fraction
	if len(fraction) > 9 {
		fraction = fraction[:9]
	}
	nanoseconds, _ := strconv.Atoi((fraction + "000000000")[:9])
	at := time.UTC
	if t.zone != "" && t.zone != "Z" {
		offset, ok := zoneOffset(t.zone)
		if !ok {
			return time.Time{}, false
		}
		at = time.FixedZone("", offset)
	}
	made := time.Date(t.year, time.Month(t.month), t.day, t.hour, t.minute, t.second, nanoseconds, at)
	if t.zone == "" {
		made = rubytime.Local(made, place)
	}
	return made, true
}

// zoneOffset reads +1, +01, +0100 and +01:00 in seconds. Minutes count against
// the hours' sign only where there are hours, as in Psych.
func zoneOffset(s string) (int, bool) {
	n := 1 + digits(s[1:], 2)
	hours, _ := strconv.Atoi(s[:n])
	rest := s[n:]
	if rest != "" && rest[0] == ':' {
		rest = rest[1:]
	}
	minutes, _ := strconv.Atoi(rest)
	offset := hours*3600 + minutes*60
	if hours < 0 {
		offset = hours*3600 - minutes*60
	}
	return offset, offset > -86400 && offset < 86400
}

// readDay reads a day that there is.
func readDay(s string) (rubytime.Date, bool) {
	none := rubytime.Date{}
	if len(s) < 8 || len(s) > 10 || digits(s, 4) < 4 || s[4] != '-' {
		return none, false
	}
	n := digits(s[5:], 2)
	if n == 0 || len(s) < 5+n+2 || s[5+n] != '-' {
		return none, false
	}
	last := s[5+n+1:]
	if d := digits(last, 2); d == 0 || d < len(last) {
		return none, false
	}
	year, _ := strconv.Atoi(s[:4])
	month, _ := strconv.Atoi(s[5 : 5+n])
	day, _ := strconv.Atoi(last)
	if month < 1 || month > 12 || day < 1 {
		return none, false
	}
	date := rubytime.DateOf(year, time.Month(month), day)
	return date, date.Day() == day
}
