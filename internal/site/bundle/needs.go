package bundle

import (
	"galley/internal/site/templates"
	"regexp"
	"strings"
)

// What templates may look at beside the page itself.
var (
	namesPages   = regexp.MustCompile(`\b(pages|html_pages|static_files|paginator)\b|\{%-?\s*link\b`)
	namesContent = regexp.MustCompile(`(\w+)\.(?:content|output)\b`)
	loopsPages   = regexp.MustCompile(`\bfor\s+page\s+in\b`)
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
	n.content = n.content || any || namesOthersContent(text)
	for _, c := range s.Config.Collections[1:] {
		if any || templates.NamesPosts(text) || strings.Contains(text, c.Label) {
			if n.labels == nil {
				n.labels = map[string]bool{}
			}
			n.labels[c.Label] = true
		}
	}
}

// namesOthersContent says whether a template may look at the content of other
// pages than its own.
func namesOthersContent(text string) bool {
	for _, m := range namesContent.FindAllStringSubmatch(text, -1) {
		if m[1] != "include" && (m[1] != "page" || loopsPages.MatchString(text)) {
			return true
		}
	}
	return false
}
