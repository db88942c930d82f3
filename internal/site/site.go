package site

import (
	"io/fs"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/post"
	"galley/internal/site/render"
)

// Options is what a site needs from the program that it runs in.
type Options = render.Options

// Page is a rendered page.
type Page = render.Page

// Site is a site's settings and templates, ready to render. It is safe for
// concurrent use and does not notice later changes to its files: load it
// again for those.
type Site struct {
	pages *render.Renderer
	found []diag.Diagnostic // by Load
}

// Load reads a site's settings and templates. What is wrong with them is
// told in diagnostics, whose File says where; the site works all the same,
// with defaults and built-in templates in place of what is broken. The error
// is for built-in templates that cannot be used, and nothing else.
func Load(files fs.FS, o Options) (*Site, []diag.Diagnostic, error) {
	if files == nil {
		files = FromBundle(nil)
	}
	pages, diags, err := render.New(files, o)
	s := &Site{pages: pages}
	if err != nil {
		return s, diags, err
	}
	s.found = append(diags, pages.Config.CheckPlugins(pages.Files)...)
	return s, s.found, nil
}

// Config returns the site's settings. Its maps must not be changed.
func (s *Site) Config() Config { return *s.pages.Config }

// Markdown returns the renderer of the site's dialect.
func (s *Site) Markdown() *markdown.Renderer { return s.pages.Markdown }

// IsText says whether a file is one of the site's own texts, and not one that is
// copied as it is: posts and drafts are, pages and documents of collections as
// far as they have front matter, or as the site makes pages of files without.
func (s *Site) IsText(file string, src []byte) bool { return s.pages.Config.IsText(file, src) }

// RenderPost renders a post or page: path is its file in the site, src the
// file's text. It never fails and never panics: what is wrong is in the
// page's diagnostics, and the page shows what can be shown.
func (s *Site) RenderPost(path string, src []byte) Page {
	return s.pages.Render(path, post.Parse(src))
}

// Render is RenderPost for a post that is already parsed.
func (s *Site) Render(path string, p post.Post) Page { return s.pages.Render(path, p) }

// Head tells what is known of a page before anything of it is rendered: its
// address, title and date. It takes a small part of what rendering does.
func (s *Site) Head(path string, p post.Post) Page { return s.pages.Head(path, p) }

// Shell renders the page around a document that the caller has rendered from
// the post's body with [Site.Markdown]: everything but the content. HTML is
// the page with nothing where the content goes, which is at ContentStart ==
// ContentEnd. Where a template does more with the content than print it, HTML
// is the whole page, and ContentStart to ContentEnd is the content or -1.
// Page.Document is doc.
func (s *Site) Shell(path string, p post.Post, doc markdown.Document) Page {
	return s.pages.Shell(path, p, doc)
}

// Lead is how many bytes of the beginning of a post's body decide the page
// around its content, by the description that is made of them and, where it
// shows one, the excerpt. A change behind them leaves Shell's answer as it is,
// unless it changes the headings, and Shell needs no more of the body. The
// post's Source may end within the body; ok is false when it then ends too
// early, or when all of the body counts: definitions says whether it may have
// any of links, which an excerpt takes along from wherever they stand.
func (s *Site) Lead(path string, p post.Post, excerpt, definitions bool) (n int, ok bool) {
	return s.pages.Lead(path, p, excerpt, definitions)
}

// Follows tells whether a page's blocks come from its body as it stands, so
// that they can be rendered apart from the page; liquid says whether there are
// Liquid tags in the body, "{{" or "{%".
func (s *Site) Follows(path string, p post.Post, liquid bool) bool {
	return s.pages.Follows(path, p, liquid)
}
