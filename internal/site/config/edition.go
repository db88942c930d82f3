package config

import (
	"time"

	"galley/internal/post"
)

// Edition is the branch on which a post is written before it reaches the
// site's own, by the settings' pattern and the day in the post's file name;
// empty where the settings have no pattern, and for files that are not named as
// posts.
func (c Config) Edition(file string) string {
	pattern := c.Setting("branch", "")
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
	pattern := c.Setting("branch", "")
	if pattern == "" {
		return time.Time{}, false
	}
	return dateIn(pattern, branch)
}

// HasEditions tells whether the settings have a pattern for editions' branches.
func (c Config) HasEditions() bool { return c.Setting("branch", "") != "" }
