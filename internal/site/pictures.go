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

// PictureCheck holds the pictures of pages against the files of a site. It is for
// one goroutine.
type PictureCheck struct{ links *deadlinks.Checker }

// NewPictureCheck reads a site for what a build of it would write.
func NewPictureCheck(ctx context.Context, s *Site) (*PictureCheck, error) {
	links, err := build.Checker(ctx, s.pages)
	if err != nil {
		return nil, err
	}
	return &PictureCheck{links}, nil
}

// Check gives the pictures in a page that are missing or are pointers of Git LFS,
// each where it stands in the source that the page was made of. Those of its
// templates are left to [Build].
func (c *PictureCheck) Check(src []byte, page Page) []diag.Diagnostic {
	return c.links.CheckPictures(src, page.Permalink, page.HTML)
}
