package generator

import (
	"path"
	"strings"

	"galley/internal/diag"
	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/site/document"
	"galley/internal/site/paginate"
	"galley/internal/site/permalink"
)

// pages parts the list of posts over pages.
func (g *generator) pages() {
	s := g.site
	settings, ok, err := paginate.Read(s.Config.Data["paginate"], s.Config.Data["paginate_path"])
	if err != nil {
		g.tell(diag.Error, "paginate", err.Error()+".")
	}
	if !ok {
		return
	}
	paths := make([]string, len(g.lib.Pages))
	for i, e := range g.lib.Pages {
		paths[i] = e.Path
	}
	at, ok := settings.Template(paths)
	if !ok {
		g.tell(diag.Warning, "paginate", "There is no index.html to show pages of posts in, so paginate does nothing. An index.md is not used for it.")
		return
	}
	first := g.lib.Pages[at]
	list := settings.Pages(len(g.lib.Paginated()), first.URL)
	// The plugin looks for the text of the further pages at the first one's
	// address, and writes empty pages where there is none.
	moved := len(list) > 1 && path.Join(strings.Trim(document.DirOf(first.URL), "/"), "index.html") != first.Path
	if moved {
		g.diags = append(g.diags, diag.Diagnostic{File: first.Path, Range: first.Post.KeyRange("permalink"), Severity: diag.Warning, Code: "plugin",
			Message: "The pages of posts behind the first one are empty, since this page has an address of its own. Take its permalink out."})
	}
	for i := range list {
		e := first
		if i > 0 {
			if e = s.Entry(first.Path, first.Post); moved {
				e = &document.Entry{Path: first.Path, Front: ordered.New(0), Data: ordered.New(0), Ext: ".html", Made: nothingMade()}
			}
			e.Listed = true
			dir := permalink.Unescape(strings.Trim(settings.Address(i+1, ""), "/"))
			e.URL = permalink.Page("/:path/", dir, "index", e.Ext)
			e.Locate()
			g.lib.Made = append(g.lib.Made, e)
		}
		e.Pager = &list[i]
	}
}

// nothingMade is an empty page.
func nothingMade() *document.Made {
	return &document.Made{Write: func(*liquid.Context) (string, error) { return "", nil }}
}
