package lint

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/post"
	"galley/internal/site/config"
)

// date gives the post's date, how it is read, and where it stands.
func (t *text) date() (date time.Time, whole bool, at diag.Range, ok bool) {
	for _, k := range t.Keys {
		if k.Name == "date" {
			date, whole, ok = post.ReadDate(t.Meta["date"], t.zone())
			return date, whole, k.Value, ok
		}
	}
	return
}

// futureDate finds a date that is still to come, which keeps a post off the site.
func futureDate(*parameters) func(*text) {
	return func(t *text) {
		if date, _, at, ok := t.date(); ok && !t.Now.IsZero() && !t.Future && date.After(t.Now) {
			t.offer(at, &diag.Fix{Name: "Make it now", Range: at, Insert: t.Now.In(t.zone()).Format(stamp), Asks: true},
				"This date is still to come. Until then the site leaves the post out.")
		}
	}
}

// stamp is how dates are written.
const stamp = "2006-01-02 15:04:05 -0700"

// partialDate finds a date that is mistyped, and still taken for one.
func partialDate(*parameters) func(*text) {
	return func(t *text) {
		if date, whole, at, ok := t.date(); ok && !whole {
			t.offer(at, &diag.Fix{Name: fmt.Sprintf("Write “%s”", date.Format(stamp)), Range: at, Insert: date.Format(stamp), Asks: true},
				"The date is read only in part: the site takes it for %s. Write it in that form.", date.Format(stamp))
		}
	}
}

// dateDistance finds a date that is not in the days behind the one in the file's
// name: left as it was in the edition before, or a slip.
//
//	after    how many days behind it the date may be, 10
//	before   how many days before it, 0
func dateDistance(p *parameters) func(*text) {
	after, before := p.number("after", 10), p.number("before", 0)
	return func(t *text) {
		day, named := t.day()
		date, _, at, ok := t.date()
		if !named || !ok {
			return
		}
		y, m, d := date.In(t.zone()).Date()
		distance := int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(day) / (24 * time.Hour))
		switch {
		case distance == -1 && before == 0:
			t.tell(at, "The date is a day before %s, the day in the file's name. It may be that of another post.", day.Format(time.DateOnly))
		case distance < -before:
			t.tell(at, "The date is %d days before %s, the day in the file's name. It may be that of another post.", -distance, day.Format(time.DateOnly))
		case distance == 1 && after == 0:
			t.tell(at, "The date is a day behind %s, the day in the file's name. One of them is wrong.", day.Format(time.DateOnly))
		case distance > after:
			t.tell(at, "The date is %d days behind %s, the day in the file's name. One of them is wrong.", distance, day.Format(time.DateOnly))
		}
	}
}

// dateZone finds a date in another zone than the site's dates have, or in none.
//
//	zone    as dates write it; "+0000" is UTC, the default
func dateZone(p *parameters) func(*text) {
	want := plainZone(p.text("zone"))
	return func(t *text) {
		date, _, at, ok := t.date()
		if !ok {
			return
		}
		m := zoneOf.FindStringSubmatch(t.of(at))
		switch {
		case m == nil: // a day alone
		case m[1] == "":
			t.tell(at, "The date says no zone. The site takes it for %s; write %s behind it if that is meant.", date.Format(stamp), want)
		case plainZone(m[1]) != want:
			t.tell(at, "The date is in the zone %s, and the site's dates are in %s. In UTC it is %s.", m[1], want, date.UTC().Format("2006-01-02 15:04:05"))
		}
	}
}

// zoneOf finds the zone behind a time.
var zoneOf = regexp.MustCompile(`\d:\d\d(?:\.\d+)?\s*([A-Z]{1,5}|[+-]\d\d:?\d\d)?["']?$`)

// plainZone makes what means the same zone the same.
func plainZone(zone string) string {
	switch zone = strings.ReplaceAll(zone, ":", ""); zone {
	case "", "Z", "UTC", "GMT", "-0000":
		return "+0000"
	}
	return zone
}

// isoDay is a day as file names and slugs have it.
var isoDay = regexp.MustCompile(`\d{4}-\d\d-\d\d`)

// days finds a slug or a title whose day is another than the one in the file's
// name. Titles are only looked at where the site's pattern for them has a day.
func days(p *parameters) func(*text) {
	pattern, _ := p.galley["title"].(string)
	dated := strings.Contains(pattern, "{day}") || strings.Contains(pattern, "{dd}") || strings.Contains(pattern, "{date}")
	return func(t *text) {
		day, ok := t.day()
		if !ok {
			return
		}
		for _, k := range t.Keys {
			text := t.Text(k.Name)
			var other time.Time
			format := "The title says %s, and the file's name %s. One of them is wrong."
			switch {
			case k.Name == "slug" && isoDay.MatchString(text):
				format = "The slug says %s, and the file's name %s. One of them is wrong."
				o, err := time.Parse(time.DateOnly, isoDay.FindString(text))
				ok = err == nil
				other = o
			case k.Name == "title" && dated:
				other, ok = post.ParseDate(text, time.UTC)
			default:
				continue
			}
			if ok && other.Format(time.DateOnly) != day.Format(time.DateOnly) {
				t.tell(k.Value, format, other.Format(time.DateOnly), day.Format(time.DateOnly))
			}
		}
	}
}

// weekday finds a file's day that is no edition's.
//
//	day    the weekday, in English; by default that of galley.edition
func weekday(p *parameters) func(*text) {
	name := p.text("day")
	if name == "" {
		edition, _ := p.galley["edition"].(map[string]any)
		name, _ = edition["weekday"].(string)
	}
	want, ok := config.ParseWeekday(name)
	if !ok {
		p.problem("needs a weekday for “day”, such as sunday")
		return nil
	}
	return func(t *text) {
		if day, ok := t.day(); ok && day.Weekday() != want {
			t.tell(diag.Range{Start: t.FrontMatter.Start, End: t.FrontMatter.Start}, "%s, the day in the file's name, is a %v. Editions are of a %v.", day.Format(time.DateOnly), weekdays[day.Weekday()], weekdays[want])
		}
	}
}
