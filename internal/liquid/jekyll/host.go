package jekyll

import (
	"time"

	"galley/internal/liquid"
)

// Addresses are what the settings say of where the site is.
type Addresses interface {
	// URL and BaseURL are the settings as they were written, "" when they
	// were not.
	URL() string
	BaseURL() string
}

// A Host is the site as tags and filters need it. One is made for each page,
// since include_relative goes by the page's folder.
type Host interface {
	Addresses

	// Include is a file of _includes by its name, and IncludeRelative one by
	// its place beside the page. Each is read and parsed once. A file that is
	// not there gives an error for which errors.Is(err, fs.ErrNotExist)
	// holds.
	Include(name string) (*liquid.Template, error)
	IncludeRelative(name string) (*liquid.Template, error)
	// Cached keeps the text of include_cached for a whole build: it calls
	// make when it has none for the key, which is a few bytes of any value. A host
	// that keeps none calls make.
	Cached(key string, make func() (string, error)) (string, error)

	// Markdown is markdownify and Smartify is smartify.
	Markdown(text string) (string, error)
	Smartify(text string) (string, error)
	// Sass compiles style sheets; indented is the syntax without braces.
	Sass(text string, indented bool) (string, error)
	// Highlight is the HTML of code within <code>, as the site's highlighter
	// makes it. Language is in lower case. With lines it is rouge's table
	// with line numbers.
	Highlight(language, code string, lines bool) string

	// Link is the address of the page, document or file with this path from
	// the site's root, without the baseurl.
	Link(path string) (url string, ok bool)
	// Posts are what post_url chooses from.
	Posts() []Post
}

// A Post is one that post_url can name.
type Post struct {
	Path string    // "_posts/2026-01-02-a.md", from the site's root
	Slug string    // "a"
	Date time.Time // where the site is
	URL  string    // "/2026/01/02/a.html"
}
