package post

import (
	"strings"
	"time"

	"galley/internal/rubytime"
	"galley/internal/yaml"
)

// DateOf reads a date from a value of Data, as Jekyll does: what YAML takes for
// a time is one, and anything else goes as text through Ruby's Time.parse, which
// finds a day and a time nearly anywhere. A text without a zone is in the site's,
// and what it does not name above its largest part is that of now. The date is in
// zone; it is false for what is no date.
func DateOf(value any, zone *time.Location, now time.Time) (time.Time, bool) {
	switch v := value.(type) {
	case time.Time:
		return v.Truncate(time.Second).In(zone), true
	case rubytime.Date:
		value = v.String()
	}
	text := asText(value)
	if text == "" {
		return time.Time{}, false
	}
	t, err := rubytime.Parse(text, zone, now)
	if err != nil {
		return time.Time{}, false
	}
	return t.Truncate(time.Second).In(zone), true
}

// ParseDate reads a date as it is written in front matter without quotes, in the
// site's time zone. It is false for what is no date, and for a text that does not
// name year, month and day. As in Ruby a day that the month does not have counts
// on into the next (29 February 2022 is 1 March), and a time that is mistyped is
// read as far as it goes (14:4g5:00 is 14:04).
func ParseDate(value any, zone *time.Location) (time.Time, bool) {
	t, _, ok := ReadDate(value, zone)
	return t, ok
}

// ReadDate is ParseDate, and tells whether the date was read whole. It was not
// where digits are left over that belong to nothing.
func ReadDate(value any, zone *time.Location) (t time.Time, whole, ok bool) {
	text, isText := value.(string)
	if isText {
		value = yaml.Scalar(strings.TrimSpace(text), zone)
	}
	switch value.(type) {
	case time.Time, rubytime.Date:
		t, ok = DateOf(value, zone, time.Time{})
		return t, true, ok
	}
	if text = asText(value); !rubytime.NamesDay(text) {
		return time.Time{}, false, false
	}
	t, ok = DateOf(value, zone, time.Time{})
	return t, ok && !strings.ContainsAny(rubytime.Leftover(text), "0123456789"), ok
}
