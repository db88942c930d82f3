package rubytime

import (
	_ "embed"
	"errors"
	"math/rand"
	"strings"
	"testing"
	"time"

	"galley/internal/rubytest"
)

//go:embed testdata/time.rb
var timeParse string

var now = time.Unix(1773403445, 0).UTC()

// spell writes a time as testdata/time.rb does.
func spell(text string, place *time.Location) string {
	t, err := Parse(text, place, now)
	switch {
	case errors.Is(err, ErrNone):
		return "none"
	case err != nil:
		return "invalid"
	case t.Location() == time.UTC:
		return t.Format("2006-01-02 15:04:05.000000000 UTC")
	}
	return t.Format("2006-01-02 15:04:05.000000000 -07:00:00")
}

var pieces = strings.Split("0|1|2|3|12|13|24|25|28|29|30|31|32|59|60|61|99|100|366|2026|1999|69|68|'99|'05|2026-01-02|2026-02-30|2026-1-2|2026/01/02|01/02/2026|1/2|2.1.2026|20260102|"+
	"20260102T101112|20260102101112|260102|2026002|10:00|10:00:00|9:05|23:59:59|24:00|25:00|12:60|10:00:60|1:2:3|10:00:00.5|10:00:00,25|9pm|9 pm|9a.m.|12am|12 PM|10h|10h30|10h30m15s|"+
	"Jan|January|feb|Aug.|August|Sept|Dec|Monday|mon|Fri,|sunday|1st|2nd|3rd|31st|th|st|Z|UTC|GMT|EST|CDT|PST|JST|CET|+0100|+01:00|-0000|+0000|-05:00|+5|+530|UTC+9|GMT-3|utc|z|"+
	"+09:00:30|x|é|at|of|T|W10|2026-W10-2|-W-3|--01-02|--0102|2026-123|-123|H30.1.2|R8.1.2|BC|bce|b.c.|AD|CE|,|.|/|-|:|@|[|]|[+1]|[-5:EST]|(|)|;|_|"+
	"Pacific Standard Time|standard time|dst|EST dst|Jan-02-2026|02-Jan-2026|2-Jan|Jan-2|'|\"|0.5|123456.5|1234|12345|1234567|123456789|20260102.5|-1", "|")

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for n := 1 + r.Intn(5); n > 0; n-- {
		b.WriteString(pieces[r.Intn(len(pieces))])
		if r.Intn(4) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// Texts made at random are read as Ruby reads them, in several zones.
func TestTimeParse(t *testing.T) {
	seed := rubytest.Seed(t)
	for _, zone := range []string{"UTC", "America/New_York", "Asia/Kolkata", "Europe/Lisbon"} {
		t.Run(zone, func(t *testing.T) {
			place, err := time.LoadLocation(zone)
			if err != nil {
				t.Skip(err)
			}
			ruby := rubytest.Start(t, timeParse, "TZ="+zone)
			r := rand.New(rand.NewSource(seed))
			read, wrong := 0, 0
			for range 10000 {
				text := randomText(r)
				want := ruby.Ask(t, text)
				if strings.HasPrefix(want, "refused") || strings.IndexByte(strings.TrimPrefix(want, "-"), '-') > 5 || strings.Contains(want, "-00:00:") {
					continue // Ruby goes farther from now than Go; an offset of seconds is printed otherwise
				}
				if got := spell(text, place); got != want {
					t.Errorf("%q is %s, Ruby reads %s", text, got, want)
					if wrong++; wrong > 20 {
						t.Fatalf("with seed %d", seed)
					}
				}
				if want != "none" && want != "invalid" {
					read++
				}
			}
			if read < 2000 {
				t.Errorf("only %d of 10000 texts are dates", read)
			}
		})
	}
}

// Times that a clock shows twice or never, when it is set back or forward.
func TestClockChange(t *testing.T) {
	for _, zone := range []string{"America/New_York", "Europe/Lisbon", "Australia/Lord_Howe"} {
		place, err := time.LoadLocation(zone)
		if err != nil {
			t.Skip(err)
		}
		ruby := rubytest.Start(t, timeParse, "TZ="+zone)
		for _, day := range []string{"2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"} {
			for _, clock := range []string{"00:30", "01:15", "01:45", "02:00", "02:30", "03:00"} {
				text := day + " " + clock
				if got, want := spell(text, place), ruby.Ask(t, text); got != want {
					t.Errorf("in %s %s is %s, Ruby reads %s", zone, text, got, want)
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, piece := range pieces {
		f.Add(piece)
	}
	place := time.FixedZone("X", 5*3600+1800)
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := Parse(text, place, now); err == nil && got.IsZero() && !strings.ContainsAny(text, "0123456789") {
			t.Errorf("%q is %v", text, got)
		}
	})
}
