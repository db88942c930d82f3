package generator

import (
	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/site/document"
	"galley/internal/site/redirect"
	"galley/internal/site/value"
)

// redirects makes the pages at old addresses, and redirects.json.
func (g *generator) redirects() {
	s := g.site
	var pages []redirect.Page
	add := func(list []*document.Entry) {
		for _, e := range list {
			if s.Hidden(e) == "" {
				pages = append(pages, redirect.Page{URL: e.URL, From: value.Plain(e.Data.Value("redirect_from")), To: value.Plain(e.Data.Value("redirect_to"))})
			}
		}
	}
	for _, c := range s.Config.Collections {
		add(g.lib.Documents[c])
	}
	add(g.lib.Pages)
	add(g.lib.Made)
	to, all := redirect.Pages(pages, s.AbsoluteURL)
	for _, r := range to {
		data := ordered.Of("sitemap", false, "layout", document.RedirectLayout, "permalink", r.From,
			"redirect", ordered.Of("from", r.From, "to", r.To))
		if r.From == "" {
			data.Set("permalink", "/")
		}
		g.add("redirect.html", data, s.RedirectPage(r.To))
	}
	if redirect.WithJSON(s.Config.Data["redirect_from"]) && !g.has("redirects.json") {
		g.write("redirects.json", func(*liquid.Context) (string, error) { return redirect.JSON(all), nil })
	}
}
