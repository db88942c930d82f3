package config

import (
	"strings"
	"time"

	"galley/internal/post"
)

// Edition is the branch on which a post is written before it reaches the
// site's own, by the settings' pattern and the day in the post's file name;
// empty where the settings have no pattern, and for files that are not named as
// posts.
func (c Config) Edition(file string) string {
	pattern := c.Pattern("branch", "")
	name, ok := post.ParseName(file)
	if pattern == "" || !ok {
		return ""
	}
	if name.Year < 100 {
		name.Year += 2000
	}
	day := time.Date(name.Year, time.Month(name.Month), name.Day, 0, 0, 0, 0, time.UTC)
	if day.Day() != name.Day || int(day.Month()) != name.Month {
		return "" // there is no such day
	}
	return FillPattern(pattern, day, name.Slug)
}

// EditionDate is the day of the edition that a branch is for, by the settings'
// pattern; where the pattern has no day or no month, the first. It is false
// for every other branch, and where the pattern tells no year.
func (c Config) EditionDate(branch string) (time.Time, bool) {
	pattern := c.Pattern("branch", "")
	if pattern == "" {
		return time.Time{}, false
	}
	return dateIn(pattern, branch)
}

// HasEditions tells whether the settings have a pattern for editions' branches.
func (c Config) HasEditions() bool { return c.Pattern("branch", "") != "" }

// EditionRule tells on which days there are editions.
type EditionRule struct {
	weekday time.Weekday
	monthly int           // the day of the month; 0 where it is a weekday
	at      time.Duration // the time of day that new editions are dated
}

// EditionRule is the rule of the settings:
//
//	galley:
//	  edition:
//	    weekday: sunday     or day: 1, of each month
//	    time: "22:00"       the time of day that a new edition is dated; 00:00
//
// It is false where there is none.
func (c Config) EditionRule() (EditionRule, bool) {
	r, problem := readEdition(c.Galley["edition"])
	return r, problem == "" && c.Galley["edition"] != nil
}

// readEdition reads galley.edition, and says what is wrong with it.
func readEdition(value any) (r EditionRule, problem string) {
	section, ok := value.(map[string]any)
	if value == nil {
		return r, ""
	}
	if !ok {
		return r, "edition in the section galley should say a weekday, such as weekday: sunday"
	}
	switch name := section["weekday"].(type) {
	case string:
		if r.weekday, ok = ParseWeekday(name); !ok {
			return r, "there is no weekday " + name + " for edition in the section galley"
		}
	case nil:
		if r.monthly, ok = section["day"].(int); !ok || r.monthly < 1 || r.monthly > 31 {
			return r, "edition in the section galley should say a weekday, or a day from 1 to 31"
		}
	default:
		return r, "weekday of edition in the section galley should be a name, such as sunday"
	}
	if text, ok := section["time"].(string); ok {
		at, err := time.Parse("15:04", text)
		if err != nil {
			return r, "time of edition in the section galley should be as \"22:00\", in quotes"
		}
		r.at = time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	} else if section["time"] != nil {
		return r, "time of edition in the section galley should be as \"22:00\", in quotes"
	}
	return r, ""
}

// On tells whether there is an edition on a day.
func (r EditionRule) On(day time.Time) bool {
	if r.monthly == 0 {
		return day.Weekday() == r.weekday
	}
	last := time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return day.Day() == min(r.monthly, last)
}

// maxTaken is how many editions ahead are looked at for one that is not begun.
const maxTaken = 60

// Next is the first day from now's on which there is an edition that is not taken,
// at the time that new editions are dated, in now's zone. taken may be nil. It is
// false where all are taken that are looked at.
func (r EditionRule) Next(now time.Time, taken func(day time.Time) bool) (time.Time, bool) {
	y, m, d := now.Date()
	for n, looked := 0, 0; looked < maxTaken; n++ {
		day := time.Date(y, m, d+n, int(r.at.Hours()), int(r.at.Minutes())%60, 0, 0, now.Location())
		if !r.On(day) {
			continue
		}
		looked++
		if taken == nil || !taken(day) {
			return day, true
		}
	}
	return time.Time{}, false
}

// At is a day at the time that new editions are dated.
func (r EditionRule) At(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, int(r.at.Hours()), int(r.at.Minutes())%60, 0, 0, day.Location())
}

// ParseWeekday reads the name of a weekday in English, or its first three letters.
func ParseWeekday(name string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(name, d.String()) || strings.EqualFold(name, d.String()[:3]) {
			return d, true
		}
	}
	return 0, false
}
