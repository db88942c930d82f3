package rubytime

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

const (
	days   = `sun|mon|tue|wed|thu|fri|sat`
	months = `jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec`
	// era is the common one, or the one before.
	era = `c(?:e|\.e\.)|b(?:ce|\.c\.e\.)|a(?:d|\.d\.)|b(?:c|\.c\.)`
)

// forms are what Ruby's Date._parse looks for. Compiling them costs more than a
// program that reads no date should pay.
type forms struct {
	other, weekday, timeOfDay, clock, european, american, iso, japanese, monthMiddle, monthFirst, slashes, dots,
	week, weekDay, dashes, denseDashes, yearDay, yearDayFraction, dashDay, digitDashDay, shortYear, monthName, ordinal, dense, before, alone *regexp.Regexp
}

var patterns = sync.OnceValue(func() *forms {
	form := func(s string) *regexp.Regexp { return regexp.MustCompile(`(?i)` + s) }
	return &forms{
		other:   form(`[^-+',./:@\pL\pM\pN\[\]]+`),
		weekday: form(`\b(?:` + days + `)[^-/\d\s]*`),
		timeOfDay: form(`((?:\d+\s*:\s*\d+(?:\s*:\s*\d+(?:[,.]\d*)?)?|\d+\s*h(?:\s*\d+m?(?:\s*\d+s?)?)?)(?:\s*[ap](?:m\b|\.m\.))?|` +
			`\d+\s*[ap](?:m\b|\.m\.))` +
			`(?:\s*((?:gmt|utc?)?[-+]\d+(?:[,.:]\d+(?::\d+)?)?|[[:alpha:]_.\s]+(?:standard|daylight)\stime\b|[[:alpha:]_]+(?:\sdst)?\b))?`),
		clock:    form(`^(\d+)h?(?:\s*:?\s*(\d+)m?(?:\s*:?\s*(\d+)(?:[,.](\d+))?s?)?)?(?:\s*([ap])(?:m\b|\.m\.))?`),
		european: form(`('?\d+)[^-\d\s]*\s*(` + months + `)[^-\d\s']*(?:\s*(` + era + `)?\s*('?-?\d+(?:(?:st|nd|rd|th)\b)?))?`),
		american: form(`\b(` + months + `)[^-\d\s']*\s*('?\d+)[^-\d\s']*(?:\s*,?\s*(` + era + `)?\s*('?-?\d+))?`),
		iso:      form(`('?[-+]?\d+)-(\d+)-('?-?\d+)`),
		japanese: form(`\b([mtshr])(\d+)\.(\d+)\.(\d+)`),

		monthMiddle:     form(`('?-?\d+)-(` + months + `)[^-/.]*-('?-?\d+)`),
		monthFirst:      form(`\b(` + months + `)[^-/.]*-('?-?\d+)(?:-('?-?\d+))?`),
		slashes:         form(`('?-?\d+)/\s*('?\d+)(?:\D\s*('?-?\d+))?`),
		dots:            form(`('?-?\d+)\.\s*('?\d+)\.\s*('?-?\d+)`),
		week:            form(`\b(?:\d{2}|\d{4})?-?w\d{2}(?:-?\d)?\b`),
		weekDay:         form(`-w-\d\b`),
		dashes:          form(`--(\d{2})?-(\d{2})\b`),
		denseDashes:     form(`--(\d{2})(\d{2})?\b`),
		yearDay:         form(`\b(\d{2}|\d{4})-(\d{3})\b`),
		yearDayFraction: form(`[,.](?:\d{2}|\d{4})-\d{3}\b`),
		dashDay:         form(`\b-(\d{3})\b`),
		digitDashDay:    form(`\d-\d{3}\b`),
		shortYear:       form(`'(\d+)\b`),
		monthName:       form(`\b(` + months + `)\S*`),
		ordinal:         form(`(\d+)(?:st|nd|rd|th)\b`),
		dense:           form(`([-+]?)(\d{2,14})(?:\s*t?\s*(\d{2,6})?(?:[,.](\d*))?)?(?:\s*(z\b|[-+]\d{1,4}\b|\[[-+]?\d[^\]]*\]))?`),
		before:          form(`\b(?:bc\b|bce\b|b\.c\.|b\.c\.e\.)`),
		alone:           form(`^\s*(\d{1,2})\s*$`),
	}
})

// scanner takes a text apart. What is recognised is taken out of it.
type scanner struct {
	*forms
	parts
	text string
	// short takes a year of two digits to be one of our time; before is that
	// an era says so.
	short, bc bool
}

// scan finds what a text says of a date.
func scan(text string) parts {
	s := newScanner(text)
	s.read()
	return s.parts
}

func newScanner(text string) *scanner {
	s := &scanner{forms: patterns(), short: true,
		parts: parts{year: none, yday: none, month: none, day: none, hour: none, minute: none, second: none}}
	s.text = strings.Map(plainLetter, s.other.ReplaceAllString(text, " "))
	return s
}

func (s *scanner) read() {
	s.take(s.weekday)
	s.readTime()
	s.readDay()
	if s.take(s.before) != nil {
		s.bc = true
	}
	s.readAlone()
	if s.year == none {
		return
	}
	if s.bc {
		s.year = 1 - s.year
	}
	if s.short && s.year >= 0 && s.year < 100 {
		if s.year < 69 {
			s.year += 100
		}
		s.year += 1900
	}
}

// plainLetter puts an underline for letters and digits beyond ASCII: they are in
// no form, and no word begins or ends beside them.
func plainLetter(c rune) rune {
	if c > unicode.MaxASCII {
		return '_'
	}
	return c
}

// take finds a form and takes it out of the text; nil where it is not there.
func (s *scanner) take(form *regexp.Regexp) []string {
	at := form.FindStringSubmatchIndex(s.text)
	if at == nil {
		return nil
	}
	found := make([]string, len(at)/2)
	for i := range found {
		if at[2*i] >= 0 {
			found[i] = s.text[at[2*i]:at[2*i+1]]
		}
	}
	s.text = s.text[:at[0]] + " " + s.text[at[1]:]
	return found
}

func (s *scanner) readTime() {
	m := s.take(s.timeOfDay)
	if m == nil {
		return
	}
	s.zone = m[2]
	c := s.clock.FindStringSubmatch(m[1])
	if c == nil {
		return
	}
	s.hour = number(c[1])
	if c[2] != "" {
		s.minute = number(c[2])
	}
	if c[3] != "" {
		s.second = number(c[3])
	}
	s.fraction = c[4]
	if c[5] != "" {
		s.hour %= 12
		if c[5] == "p" || c[5] == "P" {
			s.hour += 12
		}
	}
}

// readDay looks for a day in one form after the other.
func (s *scanner) readDay() {
	if m := s.take(s.european); m != nil {
		s.set(m[4], monthNumber(m[2]), m[1], startsWithB(m[3]))
		return
	}
	if m := s.take(s.american); m != nil {
		s.set(m[4], monthNumber(m[1]), m[2], startsWithB(m[3]))
		return
	}
	if m := s.take(s.iso); m != nil {
		s.set(m[1], m[2], m[3], false)
		return
	}
	if m := s.take(s.japanese); m != nil {
		s.year = number(m[2]) + map[string]int{"m": 1867, "t": 1911, "s": 1925, "h": 1988, "r": 2018}[strings.ToLower(m[1])]
		s.month, s.day = number(m[3]), number(m[4])
		return
	}
	if m := s.take(s.monthMiddle); m != nil {
		s.set(m[3], monthNumber(m[2]), m[1], false)
		return
	}
	if m := s.take(s.monthFirst); m != nil {
		s.set(m[3], monthNumber(m[1]), m[2], false)
		return
	}
	for _, form := range []*regexp.Regexp{s.slashes, s.dots} {
		if m := s.take(form); m != nil {
			s.set(m[1], m[2], m[3], false)
			return
		}
	}
	if s.readDashes() {
		return
	}
	if m := s.take(s.shortYear); m != nil {
		s.year = number(m[1])
		return
	}
	if m := s.take(s.monthName); m != nil {
		s.month = number(monthNumber(m[1]))
		return
	}
	if m := s.take(s.ordinal); m != nil {
		s.day = number(m[1])
		return
	}
	if m := s.take(s.dense); m != nil {
		point := strings.ContainsAny(strings.TrimSuffix(m[0], m[5]), ",.")
		s.readDense(m[1], m[2], m[3], m[4], m[5], point)
	}
}

// readDashes looks for the rarer forms of ISO 8601. Weeks make no time in Ruby.
func (s *scanner) readDashes() bool {
	if s.take(s.week) != nil || s.take(s.weekDay) != nil {
		return true
	}
	if m := s.take(s.dashes); m != nil {
		if m[1] != "" {
			s.month = number(m[1])
		}
		s.day = number(m[2])
		return true
	}
	if m := s.take(s.denseDashes); m != nil {
		s.month = number(m[1])
		if m[2] != "" {
			s.day = number(m[2])
		}
		return true
	}
	if !s.yearDayFraction.MatchString(s.text) {
		if m := s.take(s.yearDay); m != nil {
			s.year, s.yday = number(m[1]), number(m[2])
			return true
		}
	}
	if !s.digitDashDay.MatchString(s.text) {
		if m := s.take(s.dashDay); m != nil {
			s.yday = number(m[1])
			return true
		}
	}
	return false
}

// readDense reads digits that nothing separates. How many there are says what
// they mean; before a point they end with the seconds.
func (s *scanner) readDense(sign, digits, clock, fraction, zone string, point bool) {
	if clock == "" && point {
		if len(digits)%2 == 0 || len(digits) < 8 {
			s.fromEnd(digits, sign, &s.second, &s.minute, &s.hour, &s.day, &s.month)
		}
	} else {
		at := func(from, to int) int { return number(digits[from:to]) }
		switch len(digits) {
		case 2:
			s.day = at(0, 2)
		case 3:
			s.yday = at(0, 3)
		case 4:
			s.month, s.day = at(0, 2), at(2, 4)
		case 5:
			s.year, s.yday = at(0, 2), at(2, 5)
		case 6:
			s.year, s.month, s.day = at(0, 2), at(2, 4), at(4, 6)
		case 7:
			s.year, s.yday = at(0, 4), at(4, 7)
		case 8, 10, 12, 14:
			s.year, s.month, s.day, s.short = at(0, 4), at(4, 6), at(6, 8), false
			for i, part := range []*int{&s.hour, &s.minute, &s.second} {
				if from := 8 + 2*i; from < len(digits) {
					*part = at(from, from+2)
				}
			}
		}
		if sign == "-" && s.year != none {
			s.year = -s.year
		}
	}
	switch {
	case len(clock)%2 != 0: // says nothing
	case point:
		s.fromEnd(clock, "", &s.second, &s.minute, &s.hour)
	default:
		for i, part := range []*int{&s.hour, &s.minute, &s.second} {
			if 2*i+2 <= len(clock) {
				*part = number(clock[2*i : 2*i+2])
			}
		}
	}
	if point {
		s.fraction = fraction + "0"
	}
	if zone != "" {
		s.zone = zone
		if zone[0] == '[' {
			zone = zone[1 : len(zone)-1]
			if _, name, ok := strings.Cut(zone, ":"); ok {
				zone = name
			} else if zone[0] >= '0' && zone[0] <= '9' {
				zone = "+" + zone
			}
			s.zone = zone
		}
	}
}

// fromEnd reads parts of two digits from the end, and a year before them.
func (s *scanner) fromEnd(digits, sign string, parts ...*int) {
	for _, part := range parts {
		if digits == "" {
			return
		}
		at := max(0, len(digits)-2)
		*part = number(digits[at:])
		digits = digits[:at]
	}
	if digits != "" {
		s.year = number(digits)
		if sign == "-" {
			s.year = -s.year
		}
		if len(digits) == 4 {
			s.short = false
		}
	}
}

// readAlone takes what is left, where it is a number alone, for the day or the
// hour that is missing.
func (s *scanner) readAlone() {
	m := s.alone.FindStringSubmatch(s.text)
	if m == nil {
		return
	}
	n := number(m[1])
	if s.hour != none && s.day == none && n >= 1 && n <= 31 {
		s.day, s.text = n, ""
	}
	if s.day != none && s.hour == none && n <= 24 {
		s.hour, s.text = n, ""
	}
}

// set takes year, month and day as they stand, and guesses from their length
// and from apostrophes which of them is which, as Ruby's s3e does.
func (s *scanner) set(y, m, d string, before bool) {
	if y != "" && m != "" && d == "" {
		y, m, d = "", y, m
	}
	if y == "" {
		if len(d) > 2 || strings.HasPrefix(d, "'") {
			y, d = d, ""
		}
	}
	if y != "" {
		if n, rest := signedDigits(y); rest != "" {
			y, d = d, n
		}
	}
	if m != "" && (m[0] == '\'' || len(m) > 2) { // American order
		y, m, d = m, d, y
	}
	if d != "" && (d[0] == '\'' || len(d) > 2) {
		y, d = d, y
	}
	if y != "" {
		n, _ := signedDigits(y)
		s.year = number(strings.TrimLeft(n, "+-"))
		if strings.HasPrefix(n, "-") {
			s.year = -s.year
		}
		if n != "" && (n[0] == '-' || n[0] == '+') || len(n) > 2 {
			s.short = false
		}
	}
	if before {
		s.bc = true
	}
	if m != "" {
		s.month = number(digitsOf(m))
	}
	if d != "" {
		s.day = number(digitsOf(d))
	}
}

// signedDigits is the first number in a text, with its sign, and what stands
// behind it.
func signedDigits(s string) (digits, rest string) {
	i := strings.IndexAny(s, "+-0123456789")
	if i < 0 {
		return "", ""
	}
	end := i + 1
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	return s[i:end], s[end:]
}

func digitsOf(s string) string {
	s = strings.TrimLeft(s, "'+-")
	digits, _ := signedDigits(s)
	return digits
}

func startsWithB(era string) bool { return era != "" && (era[0] == 'b' || era[0] == 'B') }

// monthNumber is the number of a month by its first letters.
func monthNumber(name string) string {
	return strconv.Itoa(strings.Index(months, strings.ToLower(name))/4 + 1)
}

// number reads digits; what is too long for any date is a number that no date
// has.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 1 << 40
	}
	return n
}

// NamesDay tells whether a text names a day with its month and its year.
func NamesDay(text string) bool {
	if len(text) > 4*maxText {
		return false
	}
	p := scan(text)
	return p.year != none && (p.month != none && p.day != none || p.yday != none)
}

// Leftover is what [Parse] passes over in a text.
func Leftover(text string) string {
	if len(text) > 4*maxText {
		return text
	}
	s := newScanner(text)
	s.read()
	return s.text
}
