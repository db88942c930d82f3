package lint

import (
	"fmt"

	"galley/internal/diag"
	"galley/internal/post"
)

// partialDate finds a date that is mistyped, and still taken for one.
func partialDate(p post.Post, s Settings) []diag.Diagnostic {
	zone := s.zone()
	for _, k := range p.Keys {
		if k.Name != "date" {
			continue
		}
		if date, whole, ok := post.ReadDate(p.Meta["date"], zone); ok && !whole {
			return []diag.Diagnostic{{
				Range: k.Value, Severity: diag.Warning, Code: "date-partial",
				Message: fmt.Sprintf("The date is read only in part: the site takes it for %s. Write it in that form.", date.Format("2006-01-02 15:04:05 -0700")),
			}}
		}
	}
	return nil
}
