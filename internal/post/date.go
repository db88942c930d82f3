package post

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Dates as Jekyll reads them. A YAML time stamp is taken by YAML's rule, and
// one without a zone is UTC. Anything else goes through Ruby's Time.parse,
// which looks for a date and a time anywhere in the text, passes over what it
// does not know, and takes a missing zone to be the site's.
var (
	yamlTime  = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]|\s+)(\d{1,2}):(\d\d):(\d\d)(?:\.(\d*))?(?:\s*(Z|[-+]\d{1,2}:?(?:\d\d)?))?$`)
	rubyTime  = regexp.MustCompile(`(\d+)\s*:\s*(\d+)(?:\s*:\s*(\d+)(?:[.,]\d*)?)?(?:\s*([ap])\.?m\.?\b)?(?:\s*(Z\b|UTC\b|GMT\b|[-+]\d{1,2}:?(?:\d\d)?\b))?`)
	isoDate   = regexp.MustCompile(`(\d{4})-(\d{1,2})-(\d{1,2})`)
	slashDate = regexp.MustCompile(`(\d{4})/(\d{1,2})/(\d{1,2})`)
	denseDate = regexp.MustCompile(`\b(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?)?\b`)
	dayFirst  = regexp.MustCompile(`(?i)(\d{1,2})(?:st|nd|rd|th)?[\s-]+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?[\s-]+(\d{4})`)
	monFirst  = regexp.MustCompile(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`)
)

// ParseDate reads a date from front matter, in the site's time zone. It is
// false for what is no date. As in Ruby a day that the month does not have
// counts on into the next (29 February 2022 is 1 March), and a time that is
// mistyped is read as far as it goes (14:4g5:00 is 14:04).
func ParseDate(value any, zone *time.Location) (time.Time, bool) {
	t, _, ok := ReadDate(value, zone)
	return t, ok
}

// ReadDate is ParseDate, and tells whether the time of day was read whole. It
// was not where digits are left over, or letters stand against it, that belong
// to nothing.
func ReadDate(value any, zone *time.Location) (t time.Time, whole, ok bool) {
	if t, ok := value.(time.Time); ok {
		return t.In(zone), true, true
	}
	s := strings.TrimSpace(asText(value))
	if m := yamlTime.FindStringSubmatch(s); m != nil {
		if t, ok := makeTime(numbers(m[1:7]), offset(m[8], time.UTC)); ok {
			return t.In(zone), true, true
		}
	}
	whole = true
	var clock []int
	at := zone
	rest := s
	if m := rubyTime.FindStringSubmatchIndex(s); m != nil {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return s[m[2*i]:m[2*i+1]]
		}
		clock = numbers([]string{part(1), part(2), part(3)})
		switch p := strings.ToLower(part(4)); {
		case p == "p" && clock[0] < 12:
			clock[0] += 12
		case p == "a" && clock[0] == 12:
			clock[0] = 0
		}
		at = offset(part(5), zone)
		rest = s[:m[0]] + " " + s[m[1]:]
		whole = !strings.ContainsAny(withoutDay(rest), "0123456789") && !startsWithLetter(s[m[1]:])
	}
	day, ok := parseDay(rest)
	if !ok {
		return time.Time{}, false, false
	}
	if len(day) > 3 && clock == nil {
		clock = day[3:]
	}
	if clock == nil {
		clock = []int{0, 0, 0}
	}
	t, ok = makeTime(append(day[:3:3], clock...), at)
	return t.In(zone), whole, ok
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// withoutDay is a text without what parseDay finds in it.
func withoutDay(s string) string {
	for _, form := range []*regexp.Regexp{isoDate, slashDate, dayFirst, monFirst, denseDate} {
		if at := form.FindStringIndex(s); at != nil {
			return s[:at[0]] + s[at[1]:]
		}
	}
	return s
}

// parseDay finds year, month and day in a text.
func parseDay(s string) ([]int, bool) {
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return numbers(m[1:4]), true
	}
	if m := slashDate.FindStringSubmatch(s); m != nil {
		return numbers(m[1:4]), true
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		return []int{number(m[3]), month(m[2]), number(m[1])}, true
	}
	if m := monFirst.FindStringSubmatch(s); m != nil {
		return []int{number(m[3]), month(m[1]), number(m[2])}, true
	}
	if m := denseDate.FindStringSubmatch(s); m != nil {
		if m[4] != "" {
			return numbers(m[1:7]), true
		}
		return numbers(m[1:4]), true
	}
	return nil, false
}

// makeTime makes a time out of year, month, day, hour, minute and second, as
// Ruby's Time.utc does: a day up to 31 is taken in any month, an hour up to 24.
func makeTime(n []int, zone *time.Location) (time.Time, bool) {
	if n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 31 || n[3] > 24 || n[4] > 59 || n[5] > 60 || n[3] == 24 && (n[4] > 0 || n[5] > 0) {
		return time.Time{}, false
	}
	return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, zone), true
}

// offset reads a zone: Z, a name for UTC, or +hh, +hhmm, +hh:mm. Empty is the
// fallback.
func offset(s string, fallback *time.Location) *time.Location {
	if s == "" {
		return fallback
	}
	if s[0] != '+' && s[0] != '-' {
		return time.UTC
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	var h, m int
	if len(digits) <= 2 {
		h = number(digits)
	} else {
		h, m = number(digits[:len(digits)-2]), number(digits[len(digits)-2:])
	}
	seconds := h*3600 + m*60
	if seconds == 0 {
		return time.UTC
	}
	if s[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds)
}

func numbers(texts []string) []int {
	n := make([]int, len(texts))
	for i, t := range texts {
		n[i] = number(t)
	}
	return n
}

// number reads digits; anything too long for a date is a number that no date
// has.
func number(s string) int {
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 1 << 30
	}
	return n
}

func month(name string) int {
	const names = "janfebmaraprmayjunjulaugsepoctnovdec"
	return strings.Index(names, strings.ToLower(name[:3]))/3 + 1
}
