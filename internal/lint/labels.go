package lint

import (
	"fmt"
	"regexp"

	"galley/internal/diag"
	"galley/internal/post"
)

// label is a line that is nothing but a bold label: **Next Deadline:**
var label = regexp.MustCompile(`^(?:\*\*|__)([^*_]+?)(?::(?:\*\*|__)|(?:\*\*|__)\s*:)$`)

// emptyLabels finds labels with nothing behind them before the next heading, the
// next label or the end.
func emptyLabels(p post.Post, _ Settings) []diag.Diagnostic {
	var found []diag.Diagnostic
	var open *line // the last label with nothing behind it so far
	report := func() {
		if open != nil {
			found = append(found, diag.Diagnostic{
				Range: open.whole(), Severity: diag.Warning, Code: "empty-label",
				Message: fmt.Sprintf("There is nothing behind “%s:”. Write it, or delete the line.", label.FindSubmatch(open.content())[1]),
			})
		}
		open = nil
	}
	for l := range prose(p) {
		content := l.content()
		switch {
		case len(content) == 0:
		case label.Match(content):
			report()
			open = &l
		case headingLevel(string(content)) > 0:
			report()
		default:
			open = nil
		}
	}
	report()
	return found
}
