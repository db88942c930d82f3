// Package rubytime has times and days as Ruby has them: what Jekyll takes for a
// date, in front matter and in Liquid's filters.
//
// [Parse] reads a text as Time.parse does: it looks for a time of day and for a
// day anywhere in the text, in any of the forms that people write, and passes
// over what it does not know. [Date] is a day without a time.
package rubytime

import (
	"errors"
	"strings"
	"time"
)

var (
	// ErrNone says that a text holds no part of a date.
	ErrNone = errors.New("there is no date in it")
	// ErrInvalid says that a text holds a date that there is not.
	ErrInvalid = errors.New("there is no such day or time")
)

// maxText is the longest text in which Ruby looks for a date, in letters.
const maxText = 128

// Parse finds a date and a time in a text, as Ruby's Time.parse does. What
// stands above the largest part that the text names is taken from now, what
// stands below the smallest is 1 or 0: of "Aug 31" the year is that of now, and
// the hour 0. A time without a zone, or with the name of one that is not known,
// is in place. The result is in place if that has the offset that the text
// names, in time.UTC for Z and UTC, otherwise at that offset.
//
// As in Ruby a day up to 31 is taken in any month and counts on into the next,
// and words, misspelt numbers and leftovers count for nothing: "9pm on the 2nd
// of Jan 2026" is a date, and so is "2026-01-02 x". The error is [ErrNone] or
// [ErrInvalid].
func Parse(text string, place *time.Location, now time.Time) (time.Time, error) {
	if len(text) > maxText && len([]rune(text)) > maxText {
		return time.Time{}, ErrNone
	}
	p := scan(text)
	if p.isEmpty() {
		return time.Time{}, ErrNone
	}
	return p.time(place, now)
}

// none is a part that a text does not name.
const none = -1 << 40

// parts are what a text says of a date; none where it says nothing.
type parts struct {
	year, yday, month, day, hour, minute, second int
	// fraction are the digits behind the seconds' point.
	fraction string
	// zone is the zone as it is written.
	zone string
}

func (p parts) isEmpty() bool {
	return p.year == none && p.yday == none && p.month == none && p.day == none &&
		p.hour == none && p.minute == none && p.second == none && p.fraction == ""
}

// time makes a time out of the parts.
func (p parts) time(place *time.Location, now time.Time) (time.Time, error) {
	yearOfZone := p.year
	if p.year == none {
		yearOfZone = now.In(place).Year()
	}
	offset, known := 0, false
	if p.zone != "" {
		offset, known = zoneOffset(p.zone, yearOfZone, place)
	}
	if offset <= -86400 || offset >= 86400 {
		return time.Time{}, ErrInvalid
	}
	if p.yday != none {
		return p.dayOfYear(yearOfZone, place, now)
	}
	here := now.In(place)
	if known {
		here = now.In(time.FixedZone("", offset))
	}
	fill(&p, here)
	if p.year != yearOfZone {
		offset, known = 0, false
		if p.zone != "" {
			offset, known = zoneOffset(p.zone, p.year, place)
		}
	}
	if known {
		p.shift(offset)
	}
	if !Valid(p.year, p.month, p.day, p.hour, p.minute, p.second) || p.year > 1e8 || p.year < -1e8 {
		return time.Time{}, ErrInvalid
	}
	if !known {
		return wall(time.Date(p.year, time.Month(p.month), p.day, p.hour, p.minute, p.second, nanoseconds(p.fraction), time.UTC), local(place)), nil
	}
	t := time.Date(p.year, time.Month(p.month), p.day, p.hour, p.minute, p.second, nanoseconds(p.fraction), time.UTC)
	if isUTC(p.zone) {
		return t, nil
	}
	if _, there := t.In(place).Zone(); there == offset {
		return t.In(local(place)), nil
	}
	return t.In(time.FixedZone("", offset)), nil
}

// local is a place whose times do not print as those in UTC do.
func local(place *time.Location) *time.Location { return Local(time.Time{}, place).Location() }

// wall is the time at which a clock in a place shows what t shows. Of two it is
// the later one, and for a time that the clock leaves out the one that it would
// show if it had not been set forward.
func wall(t time.Time, place *time.Location) time.Time {
	var made [2]time.Time
	var fits [2]bool
	for i, beside := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		_, offset := t.Add(beside).In(place).Zone()
		made[i] = t.Add(-time.Duration(offset) * time.Second).In(place)
		_, there := made[i].Zone()
		fits[i] = there == offset
	}
	if fits[0] != fits[1] {
		if fits[0] {
			return made[0]
		}
		return made[1]
	}
	if made[0].After(made[1]) {
		return made[0]
	}
	return made[1]
}

// fill takes what stands above the largest part from now, and gives the others
// their smallest value.
func fill(p *parts, now time.Time) {
	have := []*int{&p.year, &p.month, &p.day, &p.hour, &p.minute, &p.second}
	for i, value := range []int{now.Year(), int(now.Month()), now.Day(), now.Hour(), now.Minute(), now.Second()} {
		if *have[i] != none {
			break
		}
		*have[i] = value
	}
	for i, least := range []int{1970, 1, 1, 0, 0, 0} {
		if *have[i] == none {
			*have[i] = least
		}
	}
}

// dayOfYear makes a time of a day that is counted from the year's beginning.
func (p parts) dayOfYear(year int, place *time.Location, now time.Time) (time.Time, error) {
	if p.yday < 1 || p.yday > 366 {
		return time.Time{}, ErrInvalid
	}
	wanted := p.yday
	p.yday = none
	p.month, p.day = (wanted-1)/31+1, (wanted-1)%31+1
	t, err := p.time(place, now)
	if err != nil || t.YearDay() == wanted {
		return t, err
	}
	p.day += wanted - t.YearDay()
	if days := monthDays(year, p.month); p.day > 28 && p.day > days {
		if p.month++; p.month > 12 {
			return time.Time{}, ErrInvalid
		}
		p.day -= days
	}
	return p.time(place, now)
}

func monthDays(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// shift takes the parts from an offset to UTC. Where that adds a day to one that
// its month does not have, the result is the first of the next month, as in Ruby.
func (p *parts) shift(offset int) {
	sign, carry := -1, offset
	if offset < 0 {
		sign, carry = 1, -offset
	}
	for _, unit := range []struct {
		value *int
		size  int
	}{{&p.second, 60}, {&p.minute, 60}, {&p.hour, 24}} {
		rest := carry % unit.size
		carry /= unit.size
		if rest == 0 {
			continue
		}
		*unit.value += sign * rest
		over := floorDivide(*unit.value, unit.size)
		*unit.value -= over * unit.size
		carry += sign * over
	}
	if carry == 0 || p.month > 12 {
		return
	}
	p.day += sign * carry
	switch {
	case sign > 0 && p.month > 0 && p.day > monthDays(p.year, p.month):
		p.day = 1
		if p.month++; p.month > 12 {
			p.month, p.year = 1, p.year+1
		}
	case sign < 0 && p.day < 1:
		if p.month--; p.month < 1 {
			p.month, p.year = 12, p.year-1
		}
		p.day = monthDays(p.year, p.month)
	}
}

func floorDivide(n, size int) int {
	if n < 0 {
		return -((size - 1 - n) / size)
	}
	return n / size
}

// nanoseconds reads the digits behind a point.
func nanoseconds(digits string) int {
	return number((digits + "000000000")[:9])
}

// zones are the names that Ruby knows, with their hours from UTC; it has the
// letters of the military zones with the signs of ISO 8601.
const zones = " UTC+0 Z+0 UT+0 GMT+0 EST-5 EDT-4 CST-6 CDT-5 MST-7 MDT-6 PST-8 PDT-7 " +
	"A+1 B+2 C+3 D+4 E+5 F+6 G+7 H+8 I+9 K+10 L+11 M+12 " +
	"N-1 O-2 P-3 Q-4 R-5 S-6 T-7 U-8 V-9 W-10 X-11 Y-12 "

// zoneOffset is a zone's distance from UTC in seconds; false for one that is not
// known. Place's own names are.
func zoneOffset(zone string, year int, place *time.Location) (int, bool) {
	zone = strings.ToUpper(zone)
	if zone[0] == '+' || zone[0] == '-' {
		return numericZone(zone)
	}
	if strings.ContainsAny(zone, "+- ") {
		return 0, false
	}
	if _, behind, ok := strings.Cut(zones, " "+zone+"+"); ok {
		hours, _, _ := strings.Cut(behind, " ")
		return number(hours) * 3600, true
	}
	if _, behind, ok := strings.Cut(zones, " "+zone+"-"); ok {
		hours, _, _ := strings.Cut(behind, " ")
		return -number(hours) * 3600, true
	}
	for _, month := range []time.Month{time.January, time.July} {
		name, offset := time.Date(year, month, 1, 0, 0, 0, 0, place).Zone()
		if strings.ToUpper(name) == zone {
			return offset, true
		}
	}
	return 0, false
}

// numericZone reads +hh, +hhmm, +hh:mm and both with seconds.
func numericZone(zone string) (int, bool) {
	digits := zone[1:]
	if strings.Contains(digits, ":") {
		for at := 2; at < len(digits); at += 2 {
			if digits[at] != ':' {
				return 0, false
			}
			digits = digits[:at] + digits[at+1:]
		}
	}
	if len(digits) != 2 && len(digits) != 4 && len(digits) != 6 || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	digits += "0000"
	seconds := number(digits[:2])*3600 + number(digits[2:4])*60 + number(digits[4:6])
	if zone[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

// isUTC tells whether a time with this zone is in UTC itself: +0000 is an
// offset, -0000 and Z are not.
func isUTC(zone string) bool {
	switch strings.ToUpper(zone) {
	case "-00:00", "-0000", "-00", "UTC", "Z", "UT":
		return true
	}
	return false
}
