package bundle

import (
	"regexp"
	"strings"

	"galley/internal/site/templates"
)

// What templates may look at beside the page itself.
var (
	namesPages = regexp.MustCompile(`\b(pages|html_pages|static_files|paginator)\b|\{%-?\s*link\b`)
	// namesAny is what could look at anything: site as a whole, or by a name
	// that is made at work.
	namesAny = regexp.MustCompile(`\bsite\s*(\[|[^.\w\s"'-]|\|)`)
)

// needs is what templates may look at.
type needs struct {
	posts, pages, content bool
	labels                map[string]bool // of other collections
}

// look reads a template for what it may look at.
func (n *needs) look(s bundler, text string) {
	any := namesAny.MatchString(text)
	n.posts = n.posts || any || templates.NamesPosts(text)
	n.pages = n.pages || any || namesPages.MatchString(text)
	var labels []string
	for _, c := range s.Config.Collections {
		labels = append(labels, c.Label)
	}
	n.content = n.content || any || namesOthersContent(text, labels)
	for _, c := range s.Config.Collections[1:] {
		if any || templates.NamesPosts(text) || strings.Contains(text, c.Label) {
			if n.labels == nil {
				n.labels = map[string]bool{}
			}
			n.labels[c.Label] = true
		}
	}
}
