package rubytime

import (
	"fmt"
	"math/rand"
	"strconv"
	"testing"
	"time"

	"galley/internal/rubytest"
)

func TestStrftime(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 60_000_000, time.FixedZone("", 2*3600+30*60))
	for _, c := range [][2]string{
		{"%Y-%m-%d %H:%M:%S", "2026-01-02 03:04:05"},
		{"%-d. %b %y|%_m|%05e|%^a|%#B|%#p|%P", "2. Jan 26| 1|00002|FRI|JANUARY|am|am"},
		{"%z|%:z|%::z|%-z|%_z|%8z|%Z", "+0230|+02:30|+02:30:00|+0230| +230|+0000230|"},
		{"%L|%N|%3N|%12N|%s", "060|060000000|060|060000000000|1767314045"},
		{"%j %U %W %V %G %g %u %w %C", "002 00 00 01 2026 26 5 5 20"},
		{"%I %l %k %R %T %r %D %F %c %v %x %X", "03  3  3 03:04 03:04:05 03:04:05 AM 01/02/26 2026-01-02 Fri Jan  2 03:04:05 2026  2-JAN-2026 01/02/26 03:04:05"},
		{"%% %q %! %E %Ey %Od %Ez %", "% %q %! %E 26 02 %Ez %"},
		{"%10Y|%-10d|%10A|%-10A|%010B", "0000002026|2|    Friday|Friday|000January"},
		{"é%n%t", "é\n\t"},
		{"%99999d", "%99999d"},
	} {
		if got := Strftime(at, c[0]); got != c[1] {
			t.Errorf("%s\n got %q\nwant %q", c[0], got, c[1])
		}
	}
}

// TestStrftimeRuby compares formats made by chance with Ruby's.
func TestStrftimeRuby(t *testing.T) {
	ruby := rubytest.Start(t, `
def answer(text)
  seconds, nanoseconds, offset, format = text.split("|", 4)
  Time.at(seconds.to_i, nanoseconds.to_i, :nsec).localtime(offset.to_i).strftime(format)
rescue => e
  "error"
end`)
	r := rand.New(rand.NewSource(1))
	pick := func(s string) string { return string(s[r.Intn(len(s))]) }
	for range 2000 {
		format := ""
		for range 1 + r.Intn(4) {
			format += "%"
			for r.Intn(3) == 0 {
				format += pick("-_0^#:")
			}
			if r.Intn(4) == 0 {
				format += strconv.Itoa(r.Intn(15))
			}
			if r.Intn(12) == 0 {
				format += pick("EO")
			}
			format += pick("YCymBbhjdeHkIlMSLNzZAaUuwGgVWsntcDFTRrxXvpP%+q!E ")
		}
		seconds, nanoseconds, offset := r.Int63n(8e9)-4e9, r.Intn(1e9), (r.Intn(100)-50)*900
		at := time.Unix(seconds, int64(nanoseconds)).In(time.FixedZone("", offset))
		want := ruby.Ask(t, fmt.Sprintf("%d|%d|%d|%s", seconds, nanoseconds, offset, format))
		if got := Strftime(at, format); got != want && want != "error" { // of a % at the end, behind something unknown
			t.Errorf("%s of %s\n got %q\nwant %q", format, at, got, want)
		}
	}
}

func FuzzStrftime(f *testing.F) {
	f.Add("%Y-%m-%d %10N %:::z %-^#5a %E %", int64(0))
	f.Fuzz(func(t *testing.T, format string, seconds int64) {
		Strftime(time.Unix(seconds, 7).In(time.FixedZone("", 3600)), format)
	})
}
