package site

import (
	"context"
	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/post"
	"galley/internal/sass"
	"galley/internal/site/memfs"
	"io/fs"
)

// Site is a site's settings and templates, ready to render. It is safe for
// concurrent use and does not notice later changes to its files: load it
// again for those.
type Site struct {
	pages *Renderer
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
	pages, diags, err := NewRenderer(files, o)
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
func (s *Site) RenderPost(path string, src []byte) Page { return s.pages.Render(path, post.Parse(src)) }

// Render is RenderPost for a post that is already parsed.
func (s *Site) Render(path string, p post.Post) Page { return s.pages.Render(path, p) }

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
// around its content, by the description and excerpt that are made of them. A
// change behind them leaves Shell's answer as it is, unless it changes the
// headings, and Shell needs no more of the body. The post's Source may end
// within the body; ok is false when it then ends too early, or when all of the
// body counts. returns says whether the body has carriage returns.
func (s *Site) Lead(path string, p post.Post, returns bool) (n int, ok bool) {
	return s.pages.Lead(path, p, returns)
}

// Follows tells whether a page's blocks come from its body as it stands, so
// that they can be rendered apart from the page; liquid says whether there are
// Liquid tags in the body, "{{" or "{%".
func (s *Site) Follows(path string, p post.Post, liquid bool) bool {
	return s.pages.Follows(path, p, liquid)
}

// NewPost makes a new post's path and text from the site's template file. The
// keys title, date and slug are filled in; every other byte of the template
// stays.
func (s *Site) NewPost(n NewPost) (path string, src []byte, err error) {
	return newPost(s.pages.Files, *s.pages.Config, s.pages.Present, n)
}

// Build writes the whole site. Pages are rendered in parallel; what is
// written does not depend on the order in which that happens. progress may be
// nil; it is called after each file, never by two goroutines at once. The
// error is for what stopped the build: the context, the writer, or a file
// that cannot be read.
//
// What builds is functions and not methods: templates look methods up by name,
// so that the linker keeps all that a type has, in the browser's module, too.
func Build(ctx context.Context, s *Site, out Writer, progress func(done, total int, what string)) (Report, error) {
	return Run(ctx, s.pages, s.found, out, progress)
}

// Rebuild does over what depends on the changed files, in a site that was
// loaded after the change: the pages made of them and what Galley makes by
// itself, or everything where a template, the settings or data changed, or
// where pages show other pages. The report's Written is the whole site.
func Rebuild(ctx context.Context, s *Site, out Writer, changed []string, progress func(done, total int, what string)) (Report, error) {
	return Rerun(ctx, s.pages, s.found, out, changed, progress)
}

// StyleSheet compiles a file of the site that is written in Sass and has front
// matter: name is its path, src what it holds. files are the site's, with its
// folders of imports, which the files that the site was loaded from may lack.
// A mistake in the sheet, or in what it imports, is a [*sass.Error].
func StyleSheet(ctx context.Context, s *Site, files fs.FS, name string, src []byte) (sass.Result, error) {
	return styleSheet(ctx, s.pages, files, name, src)
}

// PictureCheck holds the pictures of pages against the files of a site. It is for
// one goroutine.
type PictureCheck struct{ links *linkChecker }

// NewPictureCheck reads a site for what a build of it would write.
func NewPictureCheck(ctx context.Context, s *Site) (*PictureCheck, error) {
	links, err := Checker(ctx, s.pages)
	if err != nil {
		return nil, err
	}
	return &PictureCheck{links}, nil
}

// Check gives the pictures in a page that are missing or are pointers of Git LFS,
// each where it stands in the source that the page was made of. Those of its
// templates are left to [Build].
func (c *PictureCheck) Check(src []byte, page Page) []diag.Diagnostic {
	return c.links.checkPictures(src, page.Permalink, page.HTML)
}

// BundleFiles gathers every text file that [Site.RenderPost] and
// [Site.NewPost] need: settings, templates, layouts, includes, data and the
// start of a new post. Posts, documents and pages are among them only if
// something in a template or a text may look at them, and then without the text
// after their excerpt unless that may be looked at too; of files that are copied
// the names alone. The server sends the bundle to the browser, which makes a
// site of it with [FromBundle].
func BundleFiles(files fs.FS) (map[string]string, error) { return gather(files) }

// FromBundle makes a file system of what [BundleFiles] gathered. Names that
// cannot be in a file system are left out.
func FromBundle(bundle map[string]string) fs.FS { return memfs.New(bundle) }
