package post

import (
	"regexp"
	"time"
)

// dated is a date with what it has of a time and a zone. It is compiled where it is
// used: a browser never does.
const dated = `^\d{4}-\d{2}-\d{2}(?:([ T]+)\d{2}:\d{2}(:\d{2})?(\.\d+)?(?:( *)(Z|z|UTC|[+-]\d{2}(:?)\d{2}))?)?$`

// Stamp gives the file with the present as its date, in UTC, written as the date
// that it has: with seconds or without, with a space or a T, with its zone as Z,
// +00:00 or -0000. A time without a zone gets one, since it would be read in the
// site's; a day alone, which is read there, too, is the day that it is now in zone:
// UTC's may be tomorrow, which no site shows yet. What is no date is replaced by
// 2026-08-16 22:00:00 +0000. Every other byte stays. It fails as [SetKey] does.
func Stamp(src []byte, now time.Time, zone *time.Location) ([]byte, error) {
	p := Parse(src)
	old := p.Text("date")
	if r := p.KeyRange("date"); r.End > r.Start {
		// As it is written: YAML's reading of a date loses its form.
		old = unquoted(string(src[r.Start:r.End]))
	}
	return SetKey(src, "date", stamped(old, now, zone))
}

func stamped(old string, now time.Time, site *time.Location) string {
	day := now.In(site).Format("2006-01-02")
	now = now.UTC()
	m := regexp.MustCompile(dated).FindStringSubmatch(old)
	if m == nil {
		return now.Format("2006-01-02 15:04:05 +0000")
	}
	if m[1] == "" {
		return day
	}
	out := now.Format("2006-01-02") + m[1] + now.Format("15:04")
	if m[2] != "" {
		out += now.Format(":05")
	}
	switch zone := m[5]; {
	case zone == "":
		out += " +0000"
	case len(zone) <= 3: // Z, UTC
		out += m[4] + zone
	case zone == "-0000" || zone == "-00:00":
		out += m[4] + zone
	default:
		out += m[4] + "+00" + m[6] + "00"
	}
	return out
}

// unquoted is a value without the quotation marks around it.
func unquoted(value string) string {
	if n := len(value); n >= 2 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		return value[1 : n-1]
	}
	return value
}
