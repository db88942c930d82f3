package lint

import (
	"galley/internal/diag"
	"galley/internal/post"
)

// futureDate finds a date that is still to come, which keeps a post off the site.
func futureDate(p post.Post, s Settings) []diag.Diagnostic {
	if s.Now.IsZero() || s.Future {
		return nil
	}
	zone := s.zone()
	for _, k := range p.Keys {
		if k.Name != "date" {
			continue
		}
		if date, ok := post.ParseDate(p.Meta["date"], zone); ok && date.After(s.Now) {
			return []diag.Diagnostic{{
				Range: k.Value, Severity: diag.Warning, Code: "date-future",
				Message: "This date is still to come. Until then the site leaves the post out.",
			}}
		}
	}
	return nil
}
