package lint

import (
	"fmt"
	"io/fs"
	"time"

	"galley/internal/diag"
	"galley/internal/lint/spelling"
	"galley/internal/lint/vale"
	"galley/internal/site/config"
)

// OfSite reads which rules a site applies, from its settings and from its styles
// in the format of Vale; files are the site's. What cannot be followed is told.
func OfSite(c config.Config, files fs.FS) (*Checker, []diag.Diagnostic) {
	rules, problems := New(c.Galley)
	var found []diag.Diagnostic
	tell := func(file, code, message string) {
		found = append(found, diag.Diagnostic{Severity: diag.Warning, Code: code, Message: message, File: file})
	}
	for _, message := range problems {
		tell(config.File, "config-rules", message)
	}
	var wrong []vale.Problem
	rules.styles, wrong = vale.Load(files)
	for _, p := range wrong {
		if p.Line > 0 {
			p.Message = fmt.Sprintf("Line %d: %v", p.Line, p.Message)
		}
		tell(p.File, "vale", p.Message)
	}
	settings, _ := spelling.ReadSettings(c.Galley) // what is wrong with it New told
	rules.words, problems = spelling.Load(settings, files, rules.styles.Accepted())
	for _, message := range problems {
		tell(config.File, "config-rules", message)
	}
	return rules, found
}

// SettingsOf is what the rules know of a post of a site at a time.
func SettingsOf(c config.Config, path string, now time.Time) Settings {
	return Settings{Path: path, Now: now, Zone: c.Location, Future: c.Future}
}
