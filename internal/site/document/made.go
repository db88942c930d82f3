package document

import (
	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/site/redirect"
)

// Made is what a page that a plugin makes has in place of a file.
type Made struct {
	// Write makes the page; nil for one of a layout around nothing.
	Write func(c *liquid.Context) (string, error)
	// Posts are what templates see as page.posts, and values what else they
	// see of the page beside its data; nil for nothing.
	Posts  []*Entry
	Values *ordered.Map
}

// RedirectLayout is the layout of pages that lead elsewhere.
const RedirectLayout = "redirect"

// RedirectPage is a page that leads elsewhere; nil where the site has a layout
// for it.
func (r *Reader) RedirectPage(to string) *Made {
	if r.HasLayout(RedirectLayout) {
		return &Made{}
	}
	return &Made{Write: func(*liquid.Context) (string, error) { return redirect.HTML(to), nil }}
}
