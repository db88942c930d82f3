package liquid

import (
	"time"

	"galley/internal/rubytime"
)

func dateFilter(c *Context, in any, args []any) (any, error) {
	format := String(args[0])
	if format == "" {
		return in, nil
	}
	t, ok := c.Time(in)
	if !ok {
		return in, nil
	}
	s := rubytime.StrftimeUpTo(t, format, c.limits.Text)
	return s, c.Fits(len(s))
}

// zoneOfDates is where a day is: Ruby names it by its offset.
var zoneOfDates = time.FixedZone("+00:00", 0)

// Time is a value as a time: a time or a day, now and today, a number of
// seconds since 1970, or a text as Ruby's Time.parse reads it. It is false for
// what is none.
func (c *Context) Time(v any) (time.Time, bool) {
	switch v := v.(type) {
	case time.Time:
		return v, true
	case rubytime.Date:
		return v.Time.In(zoneOfDates), true
	case int64:
		return rubytime.Local(time.Unix(v, 0), c.Place()), true
	case string:
		switch s := Downcase(v); {
		case s == "":
			return time.Time{}, false
		case s == "now" || s == "today":
			return c.Now(), true
		case allDigits(s):
			return rubytime.Local(time.Unix(toInt(s), 0), c.Place()), true
		default:
			t, err := rubytime.Parse(s, c.Place(), c.env.Now)
			return t, err == nil
		}
	}
	return time.Time{}, false
}
