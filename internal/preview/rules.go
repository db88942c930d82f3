package preview

import (
	"time"

	"galley/internal/lint"
	"galley/internal/site"
)

// Rules is what the house rules know of a site, for a post of it.
func Rules(s *site.Site, path string, now time.Time) lint.Settings {
	c := s.Config()
	return lint.Settings{Path: path, Now: now, Zone: c.Location, Future: c.Future, Galley: c.Galley}
}
