package site

import (
	"io/fs"
	"sync"
	"time"

	"galley/internal/datafile"
	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/ordered"
	"galley/internal/sass"
	"galley/internal/site/config"
	"galley/internal/site/emoji"
	"galley/internal/site/templates"
)

// Options is what a site needs from the program that it runs in.
type Options struct {
	// Now is the present: it decides which posts are in the future, and
	// dates what has no date.
	Now time.Time
	// Lexers colours code; nil leaves it uncoloured.
	Lexers markdown.LexerSource
	// BuiltIn holds the built-in templates and their assets. It must have
	// post.html and page.html.
	BuiltIn fs.FS
	// Sass compiles style sheets; where it is nil, a build leaves them out
	// and says so.
	Sass sass.Compiler
	// Emoji gives the pictures of names such as :tada:, for sites with the
	// plugin jemoji; nil leaves them as they are.
	Emoji emoji.Names
	// Stop ends all rendering with the site soon, once it returns an error.
	// What was rendered since is of no use, and the site may keep some of it:
	// it is to be loaded again. Nil never does.
	Stop func() error
	// Folder is where the site's files are, which templates see as
	// site.source; empty where they are in no folder.
	Folder string
	// Exclude names files and folders that are not the site's, such as the
	// folder that it is built into.
	Exclude []string
}

// Site is a site's settings and templates, ready to render. It is safe for
// concurrent use and does not notice later changes to its files: load it
// again for those.
type Site struct {
	files     fs.FS
	options   Options
	config    config.Config
	view      templates.SiteView
	markdown  *markdown.Renderer
	templates *templates.Set
	found     []diag.Diagnostic // by Load

	libOnce sync.Once
	lib     *library
	libErr  error

	plainOnce sync.Once
	plain     *templates.Set // the built-in templates alone

	filesOnce   sync.Once
	liquidFiles *templateFiles

	emojiOnce sync.Once
	emoji     emoji.Names

	dataOnce sync.Once
	dataMap  *ordered.Map // site.data

	dataProblems []datafile.Problem
}

// Load reads a site's settings and templates. What is wrong with them is
// told in diagnostics, whose File says where; the site works all the same,
// with defaults and built-in templates in place of what is broken. The error
// is for built-in templates that cannot be used, and nothing else.
func Load(files fs.FS, o Options) (*Site, []diag.Diagnostic, error) {
	if files == nil {
		files = FromBundle(nil)
	}
	files = config.WithTheme(files)
	s := &Site{files: files, options: o}
	var diags []diag.Diagnostic
	s.config, diags = config.Load(files)
	s.config.All.Set("source", o.Folder)
	s.view = templates.NewSite(s.config)
	s.markdown = markdown.New(markdown.Config{Dialect: s.config.Dialect, Lexers: o.Lexers, Settings: s.config.Markdown, Stop: o.Stop})
	var err error
	var found []diag.Diagnostic
	s.templates, found, err = templates.Load(s.config, o.BuiltIn, files)
	diags = append(diags, found...)
	if err != nil {
		return s, diags, err
	}
	s.found = append(diags, s.config.CheckPlugins(files)...)
	return s, s.found, nil
}

// Config returns the site's settings. Its maps must not be changed.
func (s *Site) Config() config.Config { return s.config }

// Markdown returns the renderer of the site's dialect.
func (s *Site) Markdown() *markdown.Renderer { return s.markdown }

// builtIn gives the built-in templates alone, for when the site's own fail.
func (s *Site) builtIn() *templates.Set {
	s.plainOnce.Do(func() {
		s.plain, _, _ = templates.Load(s.config, s.options.BuiltIn, nil)
	})
	return s.plain
}

// IsText says whether a file is one of the site's own texts, and not one that is
// copied as it is: posts and drafts are, pages and documents of collections as
// far as they have front matter, or as the site makes pages of files without.
func (s *Site) IsText(file string, src []byte) bool { return s.config.IsText(file, src) }
