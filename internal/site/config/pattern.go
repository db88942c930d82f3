package config

import (
	"regexp"
	"strings"
	"time"

	"galley/internal/post"
)

// The settings' patterns for titles, slugs and branches hold placeholders in
// braces. These are the ones for dates: how Go writes each, and what it looks
// like.
var dateFields = map[string]struct{ layout, form string }{
	"date":  {"2006-01-02", `\d{4}-\d\d-\d\d`},
	"year":  {"2006", `\d{4}`},
	"month": {"January", `[A-Z][a-z]+`},
	"mm":    {"01", `\d\d`},
	"day":   {"2", `\d{1,2}`},
	"dd":    {"02", `\d\d`},
}

// patternField is one of a pattern's, also where regexp.QuoteMeta was there.
var patternField = regexp.MustCompile(`\\?\{(date|year|month|mm|day|dd|title|slug)\\?\}`)

// maxPattern is how many bytes a pattern may have. A branch's name has fewer; and to
// read a date by a pattern takes the third power of its size, to fill one in the product
// of its size and the title's.
const maxPattern = 250

// Pattern reads a pattern for titles, slugs or branches from the galley section. One that
// is longer than maxPattern is as none.
func (c Config) Pattern(key, otherwise string) string {
	if pattern := c.Setting(key, otherwise); len(pattern) <= maxPattern {
		return pattern
	}
	return otherwise
}

// FillPattern fills in a pattern for a post of a day, with a title.
func FillPattern(pattern string, date time.Time, title string) string {
	return patternField.ReplaceAllStringFunc(pattern, func(field string) string {
		switch name := strings.Trim(field, "{}"); name {
		case "title":
			return title
		case "slug":
			return post.TitleSlug(title)
		default:
			return date.Format(dateFields[name].layout)
		}
	})
}

// dateIn reads the date in a text that fillPattern made; what the pattern does
// not tell of it is the first. It is false for other texts, and where the
// pattern does not tell the year.
func dateIn(pattern, text string) (time.Time, bool) {
	var layout []string // of each group, empty for what tells no date
	form := patternField.ReplaceAllStringFunc(regexp.QuoteMeta(pattern), func(field string) string {
		known, ok := dateFields[strings.Trim(field, `\{}`)]
		layout = append(layout, known.layout)
		if !ok {
			return "(.+)"
		}
		return "(" + known.form + ")"
	})
	read, err := regexp.Compile("^" + form + "$")
	if err != nil {
		return time.Time{}, false // it is too long
	}
	groups := read.FindStringSubmatch(text)
	if groups == nil {
		return time.Time{}, false
	}
	for i, l := range layout {
		if l == "" {
			groups[i+1] = ""
		}
	}
	date, err := time.Parse(strings.Join(layout, " "), strings.Join(groups[1:], " "))
	return date, err == nil && date.Year() > 0
}
