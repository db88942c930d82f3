package site

import (
	"galley/internal/diag"
	"galley/internal/post"
	"galley/internal/site/render"
)

// Fill fills a pattern in for a post: "LWKD: {{ page.title }}". It is Liquid, as it
// would stand in the post, and sees "headings" besides: the post's, each with text,
// level and the section (heading of level 2) that it stands under. A function and
// not a method, as [Build] is.
func Fill(s *Site, path string, p post.Post, pattern string) (string, []diag.Diagnostic) {
	return render.Fill(s.pages, path, p, pattern)
}

// HasLayout tells whether a site brings a layout or template of that name.
func HasLayout(s *Site, name string) bool { return render.HasLayout(s.pages, name) }
