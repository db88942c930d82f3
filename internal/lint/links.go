package lint

import (
	"regexp"

	"galley/internal/diag"
	"galley/internal/post"
)

// splitLink is a link whose two halves were pulled apart: [text] (address).
var splitLink = regexp.MustCompile(`\]\s+\((?:https?://|/|#)[^)\s]*\)`)

// splitLinks finds links with a space between text and address, which every
// dialect shows as they were typed.
func splitLinks(p post.Post, _ Settings) []diag.Diagnostic {
	var found []diag.Diagnostic
	for l := range prose(p) {
		for _, m := range splitLink.FindAllIndex(l.text, -1) {
			found = append(found, diag.Diagnostic{
				Range: l.at(m[0], m[1]), Severity: diag.Warning, Code: "link-split",
				Message: "This link is shown as typed, because of the space between “]” and “(”. Delete the space.",
			})
		}
	}
	return found
}
