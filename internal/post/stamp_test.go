package post

import (
	"testing"
	"time"
)

// The same cases as in web/test/stamp.spec.ts.
func TestStamp(t *testing.T) {
	now := time.Date(2026, 8, 20, 23, 5, 9, 0, time.FixedZone("", 2*3600))
	for old, want := range map[string]string{
		"2026-08-16 22:00:00 -0000":     "2026-08-20 21:05:09 -0000",
		"2026-08-16 22:00:00 +0000":     "2026-08-20 21:05:09 +0000",
		"2026-08-16 22:00:00 +0200":     "2026-08-20 21:05:09 +0000",
		"2026-08-16 22:00:00+02:00":     "2026-08-20 21:05:09+00:00",
		"2026-08-16T22:00:00Z":          "2026-08-20T21:05:09Z",
		"2026-08-16T22:00:00.000Z":      "2026-08-20T21:05:09Z",
		"2026-08-16 22:00 UTC":          "2026-08-20 21:05 UTC",
		"2026-08-16 22:00":              "2026-08-20 21:05 +0000",
		"2026-08-16":                    "2026-08-20",
		"2024-04-17 14:4g5:00":          "2026-08-20 21:05:09 +0000",
		"POST_DATE":                     "2026-08-20 21:05:09 +0000",
		"\"2026-08-16 22:00:00 -0000\"": "\"2026-08-20 21:05:09 -0000\"",
	} {
		src := "---\r\ntitle: A  # b\r\ndate: " + old + "  # when\r\nslug: x\r\n---\r\nText.\r\n"
		got, err := Stamp([]byte(src), now, time.UTC)
		if wanted := "---\r\ntitle: A  # b\r\ndate: " + want + "  # when\r\nslug: x\r\n---\r\nText.\r\n"; err != nil || string(got) != wanted {
			t.Errorf("%s: %q, %v, want %q", old, got, err, wanted)
		}
	}
}

// A day alone is read in the site's zone, and so it is written: tomorrow's would not be
// shown. The same cases as in web/test/stamp.spec.ts.
func TestStampDayInZone(t *testing.T) {
	for _, c := range []struct{ zone, now, want string }{
		{"America/Los_Angeles", "2026-08-17T02:00:00Z", "2026-08-16"},
		{"America/Los_Angeles", "2026-08-17T06:59:59Z", "2026-08-16"},
		{"America/Los_Angeles", "2026-08-17T07:00:00Z", "2026-08-17"},
		{"Asia/Tokyo", "2026-08-16T18:00:00Z", "2026-08-17"},
		{"Europe/Berlin", "2026-01-01T22:59:00Z", "2026-01-01"},
		{"UTC", "2026-08-16T23:59:59Z", "2026-08-16"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Stamp([]byte("---\ndate: 2026-08-10\n---\n"), now, zone)
		if want := "---\ndate: " + c.want + "\n---\n"; err != nil || string(got) != want {
			t.Errorf("%s at %s: %q, %v, want %q", c.zone, c.now, got, err, want)
		}
		if day, ok := ParseDate(Parse(got).Meta["date"], zone); !ok || day.After(now) {
			t.Errorf("%s at %s: %v is to come", c.zone, c.now, day)
		}
	}
}
