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
		got, err := Stamp([]byte(src), now)
		if wanted := "---\r\ntitle: A  # b\r\ndate: " + want + "  # when\r\nslug: x\r\n---\r\nText.\r\n"; err != nil || string(got) != wanted {
			t.Errorf("%s: %q, %v, want %q", old, got, err, wanted)
		}
	}
}
