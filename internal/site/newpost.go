package site

import "galley/internal/site/newpost"

// NewPost says what a new post is to be. Everything is optional.
type NewPost = newpost.Post

// ErrNewPost is wrapped by NewPost's errors.
var ErrNewPost = newpost.Err

// NewPost makes a new post's path and text from the site's template file. The
// keys title, date and slug are filled in; every other byte of the template
// stays.
func (s *Site) NewPost(n NewPost) (path string, src []byte, err error) {
	return newpost.Make(s.pages.Files, *s.pages.Config, s.pages.Present, n)
}
