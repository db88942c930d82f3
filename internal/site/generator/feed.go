package generator

import (
	"strings"

	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/site/drop"
	"galley/internal/site/feed"
)

// feeds makes the feeds of jekyll-feed.
func (g *generator) feeds() {
	s := g.site
	section, _ := s.Config.Written.Value("feed").(*ordered.Map)
	var tags []string
	seen := map[string]bool{}
	for _, e := range g.lib.Documents[s.Config.Collections[0]] {
		for _, tag := range textsOf(e.Data.Value("tags")) {
			if !seen[tag] {
				seen[tag] = true
				tags = append(tags, tag)
			}
		}
	}
	for _, c := range feed.Channels(section, tags) {
		if g.has(c.URL()) {
			continue
		}
		e := g.write(strings.TrimPrefix(c.URL(), "/"), func(c2 *liquid.Context) (string, error) {
			v, _ := drop.Of(c2)
			f := &drop.Filters{C: c2}
			source := feed.Source{
				Site: &drop.Site{Sight: v}, Jekyll: s.Config.JekyllVersion(), Stylesheet: g.has("feed.xslt.xml"),
				Absolute: f.Absolute, Smartify: f.Smartify, Date: f.Date,
			}
			return source.Feed(c).XML(), f.Err
		})
		e.Data.Set("sitemap", false)
	}
}
