package render

import (
	"context"
	"io/fs"
	"strings"
	"sync"
	"time"

	"galley/internal/diag"
	"galley/internal/lru"
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
	Options   Options
	View      templates.SiteView
	Templates *templates.Set

	*made
	making *making
}

// made is what is made of a site when it is first asked for.
type made struct {
	libOnce sync.Once
	lib     *library.Library
	LibErr  error

	plainOnce sync.Once
	plain     *templates.Set // the built-in templates alone

	filesOnce   sync.Once
	liquidFiles *layout.Set

	cached *lru.Cache[string, string] // the texts of include_cached that all pages share

	emojiOnce sync.Once
	emoji     emoji.Names

	dataOnce  sync.Once
	dataMap   *ordered.Map // site.data
	dataDiags []diag.Diagnostic
}

// New reads a site's settings and templates. What is wrong with them is
// told in diagnostics, whose File says where. The error is for built-in templates
// that cannot be used, and nothing else.
func New(files fs.FS, o Options) (*Renderer, []diag.Diagnostic, error) {
	s, diags := Bare(files, o)
	settings := *s.Config
	s.Config.All.Set("source", o.Folder)
	s.View = templates.NewSite(settings)
	var err error
	var found []diag.Diagnostic
	s.Templates, found, err = templates.Load(settings, o.BuiltIn, s.Files, o.Stop)
	return s, append(diags, found...), err
}

// Bare is a renderer without templates, which reads a site and renders
// nothing of it.
func Bare(files fs.FS, o Options) (*Renderer, []diag.Diagnostic) {
	files = config.WithTheme(files)
	settings, diags := config.Load(files)
	settings.Defaults.Stop = o.Stop
	s := &Renderer{Reader: newReader(files, &settings, o), Options: o, made: &made{cached: drop.NewCache()}}
	s.HasLayout = func(name string) bool { return s.Layouts().Layouts[name] != nil }
	return s, diags
}

// newReader makes a reader of a site's files.
func newReader(files fs.FS, c *config.Config, o Options) *document.Reader {
	return &document.Reader{Files: files, Config: c, Present: o.Now, Exclude: o.Exclude, Stop: o.Stop,
		Markdown: markdown.New(markdown.Config{Dialect: c.Dialect, Lexers: o.Lexers, Settings: c.Markdown, Stop: o.Stop})}
}

// BuiltIn gives the built-in templates alone, for when the site's own fail.
func (r *Renderer) BuiltIn() *templates.Set {
	r.plainOnce.Do(func() {
		r.plain, _, _ = templates.Load(*r.Config, r.Options.BuiltIn, nil, r.Options.Stop)
	})
	return r.plain
}

// Library reads the site's files when it is first asked for. A site that cannot
// be read is an empty one; see [Renderer.Read] for the error.
func (r *Renderer) Library() *library.Library {
	_ = r.Read(context.Background())
	return r.lib
}

// Read reads the site's files, on all processors, as far as they may have front
// matter: pictures are read when they are copied.
func (r *Renderer) Read(ctx context.Context) error {
	r.libOnce.Do(func() {
		r.lib, r.LibErr = library.Read(ctx, r.Reader, func(lib *library.Library) { generator.Run(r.Reader, lib) })
	})
	return r.LibErr
}

// Posts are the site's published posts, newest first.
func (r *Renderer) Posts() []*document.Entry { return r.Library().Posts() }

// Layouts are the site's, found when they are first asked for.
func (r *Renderer) Layouts() *layout.Set {
	r.filesOnce.Do(func() {
		liquid := tags.Liquid(*r.Config)
		liquid.Stop = r.Options.Stop
		r.liquidFiles = layout.New(r.Files, r.Config, liquid)
	})
	return r.liquidFiles
}

// Converted is an entry's content without layouts.
func (r *Renderer) Converted(e *document.Entry) string {
	return r.once(&e.Converted, func(r *Renderer) string {
		doc, _, _ := r.Content(e, drop.New(r.Reader, r, e))
		return strings.TrimLeft(string(doc.HTML()), "\n")
	})
}

// Output is an entry's whole page.
func (r *Renderer) Output(e *document.Entry) string { return string(r.renderEntry(e).HTML) }

// Data is site.data.
func (r *Renderer) Data() *ordered.Map {
	r.dataOnce.Do(func() { r.dataMap, r.dataDiags = library.Data(r.Files, r.Config, r.Options.Stop) })
	return r.dataMap
}

// DataProblems are data files that cannot be read.
func (r *Renderer) DataProblems() []diag.Diagnostic {
	r.Data()
	return r.dataDiags
}

// Safely renders an entry as it is published, and survives a panic.
func Safely(s *Renderer, e *document.Entry) (page Page) {
	defer s.rescue(&page, e.Post)
	return s.renderEntry(e)
}
