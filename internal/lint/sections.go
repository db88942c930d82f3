package lint

import (
	"fmt"
	"strings"

	"galley/internal/diag"
	"galley/internal/post"
)

// emptySections finds headings with nothing below them before the next heading
// of the same or a higher level, or the end.
func emptySections(p post.Post, _ Settings) []diag.Diagnostic {
	var found []diag.Diagnostic
	var open line // the last heading with nothing below it so far
	level := 0    // its level; 0 when there is none
	report := func() {
		found = append(found, diag.Diagnostic{
			Range: open.whole(), Severity: diag.Warning, Code: "empty-section",
			Message: fmt.Sprintf("There is nothing below “%s”. Write the section, or delete its heading.", strings.Trim(string(open.content()), "# ")),
		})
	}
	for l, code := range lines(p) {
		if len(l.content()) == 0 {
			continue
		}
		n := 0
		if !code {
			n = headingLevel(string(l.content()))
		}
		if level > 0 && n > 0 && n <= level {
			report()
		}
		open, level = l, n
	}
	if level > 0 {
		report()
	}
	return found
}

// headingLevel is 1 to 6 for a line that is a heading, and 0 for others.
func headingLevel(content string) int {
	n := len(content) - len(strings.TrimLeft(content, "#"))
	if n > 6 || n == len(content) {
		return 0
	}
	return n
}
