package templates

import (
	"html/template"
	"time"

	"galley/internal/markdown"
	"galley/internal/site/config"
	"galley/internal/site/value"
)

// These are the structs that templates see. Their exported fields and methods
// are what docs/templates.md documents.

// SiteView is the site, as {{.Site}}.
type SiteView struct {
	Title, Description, Lang, Author string
	// URL is scheme and host, BaseURL the folder; both without a slash at
	// the end, and possibly empty.
	URL, BaseURL string
	// Footer is the text for the foot of each page, or empty.
	Footer string
	// Logo is the absolute address of a picture of the site, or empty.
	Logo string
	// Nav are the links to show on each page.
	Nav []Link
	// Data is all of _config.yml.
	Data map[string]any

	posts func() []*PageView
}

// Posts are the site's published posts, newest first.
func (v SiteView) Posts() []*PageView {
	if v.posts == nil {
		return nil
	}
	return v.posts()
}

// WithPosts is a view with the posts that list gives when they are asked for.
// Were it a method, templates could call it.
func WithPosts(v SiteView, list func() []*PageView) SiteView {
	v.posts = list
	return v
}

// Link is a link with its text.
type Link struct {
	Title string
	URL   string
}

// PageView is a page without its content, as {{.Page}} and in lists.
type PageView struct {
	// Title is empty for pages that have none.
	Title string
	// Description is the front matter's, else the beginning of the text.
	Description string
	// URL is the address with the site's folder, as for an href.
	URL string
	// Permalink is the address with scheme and host, when the site has one.
	Permalink string
	// Path is the file that the page is made from; empty for those that
	// Galley makes by itself.
	Path string
	// Slug is the last part of the file's name, or the front matter's slug.
	Slug string
	// Layout is the template that was asked for.
	Layout string
	Lang   string
	Author string
	// Image is the absolute address of the page's picture, or empty.
	Image string
	// Date is when the page was published, in the site's zone; zero for a
	// page without date.
	Date time.Time
	// Modified is the front matter's last_modified_at, else Date.
	Modified   time.Time
	Tags       []string
	Categories []string
	// Headings are the content's.
	Headings []markdown.Heading
	// Meta is all of the front matter.
	Meta map[string]any
	// IsPost is true for posts and drafts.
	IsPost bool

	excerpt func() string
}

// Excerpt is the beginning of a post, as HTML. It is rendered by Galley from
// the post's text, never taken from its front matter.
func (p *PageView) Excerpt() template.HTML {
	if p.excerpt == nil {
		return ""
	}
	return template.HTML(p.excerpt()) //nolint:gosec // rendered by Galley
}

// HasDate says whether the page has a date.
func (p *PageView) HasDate() bool { return !p.Date.IsZero() }

// Common is what every template can use.
type Common struct {
	Site SiteView
	Page *PageView
}

// ContentPage is for post.html, page.html, 404.html and layouts of a site's own.
// The template library finds fields of an embedded struct by a search, each
// time; Site and Page, which every line of a page's head asks for, are
// therefore its own.
type ContentPage struct {
	Site SiteView
	Page *PageView
	// Content is the rendered Markdown.
	Content template.HTML
}

// ListPage is for index.html and archive.html.
type ListPage struct {
	Common
	// Content is the rendered text of the page that asks for the list; empty
	// where Galley makes it by itself.
	Content template.HTML
	// Years are the posts of the list, newest first.
	Years []Year
	// More is true when the archive has posts that the list has not.
	More bool
}

// Year is the posts of one year, newest first.
type Year struct {
	Year  int
	Posts []*PageView
}

// FeedPage is for feed.xml.
type FeedPage struct {
	Common
	// Updated is the newest post's date.
	Updated time.Time
	Entries []FeedEntry
}

// FeedEntry is one post in a feed.
type FeedEntry struct {
	*PageView
	// ID is the same for ever.
	ID string
	// HTML is the content with absolute addresses, as text to be escaped.
	HTML string
}

// SitemapPage is for sitemap.xml.
type SitemapPage struct {
	Common
	Pages []*PageView
}

// RedirectPage is for redirect.html, at a page's old address.
type RedirectPage struct {
	Common
	// To is the new address.
	To string
}

// NewSite is what templates see of the settings; it has no posts.
func NewSite(c config.Config) SiteView {
	v := SiteView{
		Title: c.Title, Description: c.Description, Lang: c.Lang, Author: c.Author,
		URL: c.URL, BaseURL: c.BaseURL, Data: c.Data, Footer: c.Setting("footer", ""),
	}
	if logo := c.Setting("logo", value.Text(c.Data["logo"])); logo != "" {
		v.Logo = c.Absolute(logo)
	}
	list, _ := c.Galley["nav"].([]any)
	for _, e := range list {
		if m, ok := e.(map[string]any); ok && value.Text(m["title"]) != "" {
			v.Nav = append(v.Nav, Link{Title: value.Text(m["title"]), URL: c.Relative(value.Text(m["url"]))})
		}
	}
	return v
}

// SetExcerpt has a page's excerpt made by a function when it is asked for.
func SetExcerpt(p *PageView, make func() string) { p.excerpt = make }
