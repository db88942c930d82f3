package lint

import (
	"time"

	"galley/internal/postindex"
)

// Settings is what the rules know of a post and of its site beside what [New]
// reads. With the zero value only the rules that need nothing of it are applied.
type Settings struct {
	// Path is the post's file, whose name has its day; empty when not known.
	Path string
	// Now is the present; the zero time when no rule shall look at it.
	Now time.Time
	// Zone is the site's; UTC when nil.
	Zone *time.Location
	// Future tells that the site publishes posts whose date is still to come.
	Future bool
	// Memory is what the site's other posts say; nil where they are not known,
	// and no rule that compares with them is applied.
	Memory *postindex.Index
	// Stop ends checking soon, once it returns an error, and what was found then is of no
	// use: the site's patterns can take long. Nil never does.
	Stop func() error
}

// zone is the site's time zone.
func (s Settings) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// day is the day in the post's file name.
func (s Settings) day() (time.Time, bool) { return postindex.Day(s.Path) }
