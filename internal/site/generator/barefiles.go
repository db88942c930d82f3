package generator

import (
	"io/fs"

	"galley/internal/ordered"
	"galley/internal/post"
	"galley/internal/site/defaults"
	"galley/internal/site/document"
	"galley/internal/site/githubpages"
	"galley/internal/site/library"
	"galley/internal/site/value"
)

// bareFiles makes pages of Markdown files without front matter.
func (g *generator) bareFiles() {
	options := githubpages.Read(g.site.Config.Data["optional_front_matter"])
	required := value.Truthy(g.site.Config.Data["require_front_matter"])
	if options.Enabled && !required {
		g.makePages(options.RemoveOriginals, func(f *library.Static) bool {
			return githubpages.BecomesPage(f.Path, g.site.Config.Includes(f.Path))
		})
	}
}

// makePages makes pages of the Markdown files that are wanted, and leaves the
// files away where it says so.
func (g *generator) makePages(remove bool, wanted func(*library.Static) bool) {
	kept := g.lib.Statics[:0:0]
	for _, f := range g.lib.Statics {
		src, err := []byte(nil), fs.ErrNotExist
		if g.site.Config.IsMarkdown(f.Path) && wanted(f) {
			src, err = fs.ReadFile(g.site.Files, f.Path)
		}
		if err != nil || !remove {
			kept = append(kept, f)
		}
		if err == nil {
			p := post.Parse(src)
			g.addFile(f.Path, p, p.Data(g.site.Config.Location))
		}
	}
	g.lib.Statics = kept
}

// addFile adds a page that is made of a file, be it one of a collection.
func (g *generator) addFile(file string, p post.Post, front *ordered.Map) {
	e := &document.Entry{Path: file, Post: p, Front: front, Listed: true}
	e.Data = defaults.Merge(g.site.Config.Defaults.All(file, "pages"), front)
	if e.Data == nil {
		e.Data = ordered.New(0)
	}
	e.ReadPage(g.site)
	g.site.Adapt(e)
	e.Meta = value.PlainMap(e.Data)
	g.lib.Made = append(g.lib.Made, e)
}
