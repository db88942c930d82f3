package site

import (
	"context"

	"galley/internal/diag"
	"galley/internal/site/build"
	"galley/internal/site/deadlinks"
)

// IsPointer tells whether a file's content is a pointer of Git LFS, in place of
// the content.
func IsPointer(data []byte) bool { return deadlinks.IsPointer(data) }

// PageCheck holds the pictures and links of pages against what a build of their
// site writes. It is for one goroutine.
type PageCheck struct{ links *deadlinks.Checker }

// NewPageCheck reads a site for what a build of it would write.
func NewPageCheck(ctx context.Context, s *Site) (*PageCheck, error) {
	links, err := build.Checker(ctx, s.pages)
	if err != nil {
		return nil, err
	}
	return &PageCheck{links}, nil
}

// Pictures gives the pictures in a page that are missing or are pointers of Git
// LFS, each where it stands in the source that the page was made of. Those of its
// templates are left to [Build].
func (c *PageCheck) Pictures(src []byte, page Page) []diag.Diagnostic {
	return c.links.CheckPage(src, page.Permalink, page.HTML, true)
}

// Links gives the links in a page that lead to no page, file or place of its site,
// as [PageCheck.Pictures] gives pictures. Links to other sites are left alone.
func (c *PageCheck) Links(src []byte, page Page) []diag.Diagnostic {
	return c.links.CheckPage(src, page.Permalink, page.HTML, false)
}
