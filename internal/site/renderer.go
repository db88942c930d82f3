package site

import (
	"context"
	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/ordered"
	"galley/internal/sass"
	"galley/internal/site/config"
	"galley/internal/site/document"
	"galley/internal/site/drop"
	"galley/internal/site/emoji"
	"galley/internal/site/generator"
	"galley/internal/site/layout"
	"galley/internal/site/library"
	"galley/internal/site/tags"
	"galley/internal/site/templates"
	"io/fs"
	"strings"
	"sync"
	"time"
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

// Renderer makes the pages of one site. It is safe for concurrent use and does not
// notice later changes to the site's files.
type Renderer struct {
	*document.Reader
	options   Options
	view      templates.SiteView
	templates *templates.Set

	libOnce sync.Once
	lib     *library.Library
	libErr  error

	plainOnce sync.Once
	plain     *templates.Set // the built-in templates alone

	filesOnce   sync.Once
	liquidFiles *layout.Set

	emojiOnce sync.Once
	emoji     emoji.Names

	dataOnce  sync.Once
	dataMap   *ordered.Map // site.data
	dataDiags []diag.Diagnostic
}

// NewRenderer reads a site's settings and templates. What is wrong with them is
// told in diagnostics, whose File says where. The error is for built-in templates
// that cannot be used, and nothing else.
func NewRenderer(files fs.FS, o Options) (*Renderer, []diag.Diagnostic, error) {
	s, diags := NewBare(files, o)
	settings := *s.Config
	s.Config.All.Set("source", o.Folder)
	s.view = templates.NewSite(settings)
	var err error
	var found []diag.Diagnostic
	s.templates, found, err = templates.Load(settings, o.BuiltIn, s.Files)
	return s, append(diags, found...), err
}

// NewBare is a renderer without templates, which reads a site and renders
// nothing of it.
func NewBare(files fs.FS, o Options) (*Renderer, []diag.Diagnostic) {
	files = config.WithTheme(files)
	settings, diags := config.Load(files)
	s := &Renderer{Reader: newReader(files, &settings, o), options: o}
	s.HasLayout = func(name string) bool { return s.templateFiles().Layouts[name] != nil }
	return s, diags
}

// newReader makes a reader of a site's files.
func newReader(files fs.FS, c *config.Config, o Options) *document.Reader {
	return &document.Reader{Files: files, Config: c, Present: o.Now, Exclude: o.Exclude,
		Markdown: markdown.New(markdown.Config{Dialect: c.Dialect, Lexers: o.Lexers, Settings: c.Markdown, Stop: o.Stop})}
}

// builtIn gives the built-in templates alone, for when the site's own fail.
func (s *Renderer) builtIn() *templates.Set {
	s.plainOnce.Do(func() {
		s.plain, _, _ = templates.Load(*s.Config, s.options.BuiltIn, nil)
	})
	return s.plain
}

// library reads the site's files when it is first asked for. A site that cannot
// be read is an empty one; see [Site.read] for the error.
func (s *Renderer) library() *library.Library {
	_ = s.read(context.Background())
	return s.lib
}

// read reads the site's files, on all processors, as far as they may have front
// matter: pictures are read when they are copied.
func (s *Renderer) read(ctx context.Context) error {
	s.libOnce.Do(func() {
		s.lib, s.libErr = library.Read(ctx, s.Reader, func(lib *library.Library) { generator.Run(s.Reader, lib) })
	})
	return s.libErr
}

// posts are the site's published posts, newest first.
func (s *Renderer) posts() []*document.Entry { return s.library().Posts() }

// templateFiles are the site's, found when they are first asked for.
func (s *Renderer) templateFiles() *layout.Set {
	s.filesOnce.Do(func() { s.liquidFiles = layout.New(s.Files, s.Config, tags.Liquid(*s.Config)) })
	return s.liquidFiles
}

// Converted is an entry's content without layouts.
func (s *Renderer) Converted(e *document.Entry) string {
	return e.Converted.Get(func() string {
		doc, _, _ := s.content(e, drop.New(s.Reader, s, e))
		return strings.TrimLeft(string(doc.HTML()), "\n")
	})
}

// Library implements renderer.
func (s *Renderer) Library() *library.Library { return s.library() }

// Excerpt implements renderer.
func (s *Renderer) Excerpt(e *document.Entry) string { return s.excerpt(e) }

// Output implements renderer.
func (s *Renderer) Output(e *document.Entry) string { return string(s.renderEntry(e).HTML) }

// Data implements renderer.
func (s *Renderer) Data() *ordered.Map {
	s.dataOnce.Do(func() { s.dataMap, s.dataDiags = library.Data(s.Files, s.Config) })
	return s.dataMap
}

// dataProblems are data files that cannot be read.
func (s *Renderer) dataProblems() []diag.Diagnostic {
	s.Data()
	return s.dataDiags
}

// Safely renders an entry as it is published, and survives a panic.
func Safely(s *Renderer, e *document.Entry) (page Page) {
	defer s.rescue(&page, e.Post)
	return s.renderEntry(e)
}
