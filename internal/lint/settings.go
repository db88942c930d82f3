package lint

import (
	"time"

	"galley/internal/post"
)

// Settings is what the rules know of a post's site. With the zero value only
// the rules that hold everywhere are applied.
type Settings struct {
	// Path is the post's file, whose name has its day; empty when not known.
	Path string
	// Now is the present; the zero time when no rule shall look at it.
	Now time.Time
	// Zone is the site's; UTC when nil.
	Zone *time.Location
	// Future tells that the site publishes posts whose date is still to come.
	Future bool
	// Galley is the section of that name in the site's settings. Rules read
	//
	//	placeholders   texts of the template that no post may still have
	//	title          a pattern: with a day in it, titles have the file's
	Galley map[string]any
}

// zone is the site's time zone.
func (s Settings) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// day is the day in the post's file name.
func (s Settings) day() (time.Time, bool) {
	name, ok := post.ParseName(s.Path)
	if !ok {
		return time.Time{}, false
	}
	if name.Year < 100 {
		name.Year += 2000
	}
	day := time.Date(name.Year, time.Month(name.Month), name.Day, 0, 0, 0, 0, time.UTC)
	return day, day.Day() == name.Day && int(day.Month()) == name.Month
}

// texts reads a list of texts from the section.
func (s Settings) texts(key string) []string {
	list, _ := s.Galley[key].([]any)
	var out []string
	for _, e := range list {
		if text, ok := e.(string); ok && text != "" {
			out = append(out, text)
		}
	}
	return out
}
