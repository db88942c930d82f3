package mail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"galley/internal/formatting"
)

// Fragment is the mail's HTML for a service that puts a document around it: what is
// in the body, in an element with the body's style.
func (m Mail) Fragment() string {
	root, err := formatting.Parse([]byte(m.HTML))
	if err != nil {
		return m.HTML
	}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Body {
			var b strings.Builder
			n.Data, n.DataAtom = "div", atom.Div
			if html.Render(&b, n) == nil {
				return b.String() + "\n"
			}
		}
	}
	return m.HTML
}
