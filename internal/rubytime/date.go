package rubytime

import "time"

// Date is a day without a time of day, as YAML's 2026-01-02 is: Ruby prints it
// as it is written there.
type Date struct{ time.Time }

// DateOf makes a day.
func DateOf(year int, month time.Month, day int) Date {
	return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// String is the day as Ruby prints it.
func (d Date) String() string { return d.Format("2006-01-02") }

// Local takes a time to a place. Ruby prints a time that is in UTC with "UTC",
// and one that is where the site is with an offset, even where that place is
// UTC: so the result's location is never time.UTC itself.
func Local(t time.Time, place *time.Location) time.Time {
	if place == nil || place == time.UTC {
		place = localUTC
	}
	return t.In(place)
}

// localUTC is UTC as the place where one is.
var localUTC = time.FixedZone("UTC", 0)

// Valid tells whether Ruby makes a time of these numbers: a day up to 31 in any
// month, which counts on into the next, an hour 24 that is full, a second 60.
func Valid(year, month, day, hour, minute, second int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour >= 0 && minute >= 0 && second >= 0 &&
		(hour < 24 && minute < 60 && second <= 60 || hour == 24 && minute == 0 && second == 0)
}
