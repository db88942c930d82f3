package zone

import (
	"testing"
	"time"
)

// TestZone: the zone that a bundle brings is the zone that it was made of.
func TestZone(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "America/Sao_Paulo"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Decode(name, Encode(loc))
		if err != nil {
			t.Fatal(err)
		}
		for at := time.Date(1975, 1, 1, 0, 30, 0, 0, time.UTC); at.Year() < 2040; at = at.Add(61 * time.Hour) {
			if a, b := at.In(loc).Format(time.RFC1123Z+" MST"), at.In(again).Format(time.RFC1123Z+" MST"); a != b {
				t.Fatalf("%s: %s became %s", name, a, b)
			}
		}
	}
}
