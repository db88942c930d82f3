package jekyll

import (
	"time"

	"galley/internal/liquid"
	"galley/internal/rubytime"
)

func dateFilters() map[string]liquid.Filter {
	return map[string]liquid.Filter{
		"date_to_string":      dayFilter("%b"),
		"date_to_long_string": dayFilter("%B"),
		"date_to_xmlschema":   timeFilter(func(t time.Time) string { return t.Format("2006-01-02T15:04:05-07:00") }),
		"date_to_rfc822":      timeFilter(func(t time.Time) string { return t.Format("Mon, 02 Jan 2006 15:04:05 -0700") }),
	}
}

// timeOf is a value as a time where the site is. What is no time ends the
// build.
func timeOf(c *liquid.Context, in any) (time.Time, error) {
	t, ok := c.Time(in)
	if !ok {
		return t, liquid.Faultf("Invalid Date: '%s' is not a valid datetime", liquid.Shown(in))
	}
	if d, ok := in.(rubytime.Date); ok {
		year, month, day := d.Date()
		t = time.Date(year, month, day, 0, 0, 0, 0, c.Place())
	}
	return rubytime.Local(t, c.Place()), nil
}

func timeFilter(format func(time.Time) string) liquid.Filter {
	return filter(0, 0, func(c *liquid.Context, in any, _ []any) (any, error) {
		if liquid.String(in) == "" {
			return in, nil
		}
		t, err := timeOf(c, in)
		if err != nil {
			return nil, err
		}
		return format(t), nil
	})
}

// dayFilter writes a day with the month in a format: "02 Jan 2026", and with
// "ordinal" "2nd Jan 2026", and with "US" too "Jan 2nd, 2026".
func dayFilter(month string) liquid.Filter {
	return filter(0, 2, func(c *liquid.Context, in any, args []any) (any, error) {
		if liquid.String(in) == "" {
			return in, nil
		}
		t, err := timeOf(c, in)
		if err != nil {
			return nil, err
		}
		format := "%d " + month + " %Y"
		if arg(args, 0, nil) == "ordinal" {
			day := "%-d" + ordinal(t.Day())
			format = day + " " + month + " %Y"
			if arg(args, 1, nil) == "US" {
				format = month + " " + day + ", %Y"
			}
		}
		return rubytime.Strftime(t, format), nil
	})
}

func ordinal(n int) string {
	if n >= 11 && n <= 13 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}
