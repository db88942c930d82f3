package render

import (
	"galley/internal/site/document"
	"galley/internal/site/headings"
	"galley/internal/site/relativelinks"
)

// bodyOf is an entry's text as the plugins leave it, and whether they changed
// it.
func (r *Renderer) bodyOf(e *document.Entry) (body []byte, changed bool) {
	body = e.Post.Source[e.Post.Body:]
	if e.StripTitle {
		_, rest, _ := headings.Title(string(body))
		body, changed = []byte(rest), true
	}
	if r.ResolvesLinks(e) {
		text := relativelinks.Resolve(string(body), e.Relative(r.Config), r.Library().Target)
		changed = changed || text != string(body)
		body = []byte(text)
	}
	return body, changed
}
