package lint

import (
	"time"

	"galley/internal/diag"
	"galley/internal/site/config"
)

// OfSite reads which rules a site applies. What cannot be followed is told.
func OfSite(c config.Config) (*Checker, []diag.Diagnostic) {
	rules, problems := New(c.Galley)
	var found []diag.Diagnostic
	for _, message := range problems {
		found = append(found, diag.Diagnostic{Severity: diag.Warning, Code: "config-rules", Message: message, File: config.File})
	}
	return rules, found
}

// SettingsOf is what the rules know of a post of a site at a time.
func SettingsOf(c config.Config, path string, now time.Time) Settings {
	return Settings{Path: path, Now: now, Zone: c.Location, Future: c.Future}
}
