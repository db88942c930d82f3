package lint

import (
	"bytes"
	"fmt"

	"galley/internal/diag"
	"galley/internal/post"
)

// maxPlaceholders is how many places of one placeholder are told.
const maxPlaceholders = 20

// placeholders finds what the template for new posts has in a post's place,
// such as POST_DATE, by the site's own list.
func placeholders(p post.Post, s Settings) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, text := range s.texts("placeholders") {
		look := func(src []byte, start int) {
			for at := 0; len(found) < maxPlaceholders; {
				i := bytes.Index(src[at:], []byte(text))
				if i < 0 {
					return
				}
				found = append(found, diag.Diagnostic{
					Range:    diag.Range{Start: start + at + i, End: start + at + i + len(text)},
					Severity: diag.Warning, Code: "placeholder",
					Message: fmt.Sprintf("“%s” is still as in the template. Write what belongs there.", text),
				})
				at += i + len(text)
			}
		}
		look(p.Source[p.FrontMatter.Start:p.FrontMatter.End], p.FrontMatter.Start)
		for l := range prose(p) {
			look(l.text, l.start)
		}
	}
	return found
}
