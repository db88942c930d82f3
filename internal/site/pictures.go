package site

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"

	"galley/internal/diag"
)

// newLinkChecker makes a checker for a site that has these outputs.
func newLinkChecker(s *Site, all []output) linkChecker {
	c := linkChecker{site: s, written: map[string]string{}, copies: map[string]bool{}, pages: map[string]map[string]bool{}}
	for _, o := range all {
		c.written[o.name], c.copies[o.name] = o.from, o.kind == copied
	}
	return c
}

// notThere tells what is wrong with the file that a link leads to, by the code
// and the message; both are empty where it is one.
func (c *linkChecker) notThere(l pageLink, output string, ok bool) (told diag.Diagnostic) {
	switch {
	case !ok && l.picture:
		told.Code, told.Message = "missing-picture", fmt.Sprintf("This picture is missing: the site has no file at %s.", l.address)
	case !ok:
		told.Code, told.Message = "dead-link", fmt.Sprintf("This link leads nowhere: the site has no page or file at %s.", l.address)
	case c.copies[output] && isPointer(c.site.files, c.written[output]):
		told.Code, told.Message = "lfs-pointer", fmt.Sprintf("In place of %s there is a pointer of Git LFS, which browsers cannot show. Run git lfs pull where the site is built.", c.written[output])
	}
	return told
}

// maxPointer is the size that pointers of Git LFS stay below, in bytes, as its
// specification says.
const maxPointer = 1024

// pointerMark is how they begin, since version 1 of the specification:
// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.
var pointerMark = []byte("version https://git-lfs.github.com/spec/")

// IsPointer tells whether a file's content is a pointer of Git LFS, in place of
// the content.
func IsPointer(data []byte) bool {
	return len(data) < maxPointer && bytes.HasPrefix(data, pointerMark)
}

// isPointer tells the same of a file; only small ones are read.
func isPointer(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	if err != nil || info.Size() >= maxPointer {
		return false
	}
	data, err := fs.ReadFile(files, name)
	return err == nil && IsPointer(data)
}

// PictureCheck holds the pictures of pages against the files of a site. It is for
// one goroutine.
type PictureCheck struct{ links linkChecker }

// NewPictureCheck reads a site for what a build of it would write.
func NewPictureCheck(ctx context.Context, s *Site) (*PictureCheck, error) {
	all, _, err := s.plan(ctx)
	if err != nil {
		return nil, err
	}
	return &PictureCheck{newLinkChecker(s, all)}, nil
}

// Check gives the pictures in a page that are missing or are pointers of Git LFS,
// each where it stands in the source that the page was made of. Those of its
// templates are left to [Build].
func (c *PictureCheck) Check(src []byte, page Page) []diag.Diagnostic {
	var found []diag.Diagnostic
	config := c.links.site.config
	seen := map[string]bool{}
	links, _ := scanPage(page.HTML, config.URL)
	for _, l := range links {
		if !l.picture || seen[l.address] {
			continue
		}
		seen[l.address] = true
		output, _, ok := c.links.target(page.Permalink, l.address)
		told := c.links.notThere(l, output, ok)
		if told.Code == "" {
			continue
		}
		if at, ok := findLink(src, l.address, config.BaseURL); ok {
			told.Range, told.Severity = at, diag.Warning
			found = append(found, told)
		}
	}
	return found
}
