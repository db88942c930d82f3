package lint

import (
	"galley/internal/diag"
	"galley/internal/post"
)

// emptyBullets finds bullets with nothing behind them, which templates for new
// posts hold ready and which are published by oversight.
func emptyBullets(p post.Post, _ Settings) []diag.Diagnostic {
	var found []diag.Diagnostic
	for l := range prose(p) {
		switch string(l.content()) {
		case "*", "-", "+":
			found = append(found, diag.Diagnostic{
				Range: l.whole(), Severity: diag.Warning, Code: "empty-bullet",
				Message: "This bullet is empty. Write something behind it, or delete it.",
			})
		}
	}
	return found
}
