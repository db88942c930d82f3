package generator

import (
	"io/fs"

	"galley/internal/post"
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
			return f.Collection == nil && githubpages.BecomesPage(f.Path, g.site.Config.Includes(f.Path))
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
			e := g.site.Entry(f.Path, post.Parse(src))
			e.Listed = true
			g.lib.Made = append(g.lib.Made, e)
		}
	}
	g.lib.Statics = kept
}
