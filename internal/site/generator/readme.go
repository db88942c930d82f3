package generator

import (
	"io/fs"
	"slices"

	"galley/internal/ordered"
	"galley/internal/post"
	"galley/internal/site/document"
	"galley/internal/site/githubpages"
	"galley/internal/site/library"
)

// readmes makes READMEs the indexes of their folders.
func (g *generator) readmes() {
	s := g.site
	options := githubpages.Read(s.Config.Data["readme_index"])
	if !options.Enabled {
		return
	}
	kept := g.lib.Statics[:0:0]
	for _, f := range g.lib.Statics {
		// A README in a collection counts too, where it is copied to.
		folder := githubpages.ReadmePermalink(f.Output)
		src, err := []byte(nil), fs.ErrNotExist
		if s.Config.IsMarkdown(f.Path) && githubpages.Readme(f.Path) && !g.hasIndex(folder) {
			src, err = fs.ReadFile(s.Files, f.Path)
		}
		if err != nil || !options.RemoveOriginals {
			kept = append(kept, f)
		}
		if err == nil {
			g.addFile(f.Path, post.Parse(src), ordered.Of("permalink", folder))
		}
	}
	g.lib.Statics = kept
}

// hasIndex says whether a page or a file that is copied is the index of a
// folder of the built site.
func (g *generator) hasIndex(folder string) bool {
	return slices.ContainsFunc(g.lib.AllPages(), func(e *document.Entry) bool { return githubpages.IsIndex(e.URL, folder) }) ||
		slices.ContainsFunc(g.lib.Statics, func(f *library.Static) bool { return githubpages.IsIndex("/"+f.Output, folder) })
}
