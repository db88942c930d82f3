package preview

import (
	"time"

	"galley/internal/diag"
	"galley/internal/lint"
	"galley/internal/site"
)

// Rules are the house rules of a site, with what its settings say of them that
// cannot be followed.
func Rules(s *site.Site) (*lint.Checker, []diag.Diagnostic) {
	c, problems := lint.New(s.Config().Galley)
	var found []diag.Diagnostic
	for _, message := range problems {
		found = append(found, diag.Diagnostic{Severity: diag.Warning, Code: "config-rules", Message: message, File: "_config.yml"})
	}
	return c, found
}

// RuleSettings is what the house rules know of a post of a site.
func RuleSettings(s *site.Site, path string, now time.Time) lint.Settings {
	c := s.Config()
	return lint.Settings{Path: path, Now: now, Zone: c.Location, Future: c.Future}
}
