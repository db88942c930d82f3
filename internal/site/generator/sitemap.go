package generator

import (
	"slices"
	"strings"

	"galley/internal/liquid"
	"galley/internal/rubytime"
	"galley/internal/site/config"
	"galley/internal/site/document"
	"galley/internal/site/drop"
	"galley/internal/site/sitemap"
	"galley/internal/site/value"
)

// sitemap makes sitemap.xml and robots.txt.
func (g *generator) sitemap() {
	s := g.site
	taken := map[string]bool{}
	for _, e := range g.lib.AllPages() {
		taken[e.URL] = true
	}
	for _, f := range g.lib.Statics {
		taken["/"+f.Output] = true
	}
	if !taken["/sitemap.xml"] {
		g.write("sitemap.xml", func(c *liquid.Context) (string, error) {
			v, _ := drop.Of(c)
			f := &drop.Filters{C: c}
			style := ""
			if taken["/sitemap.xsl"] {
				style = f.Absolute("/sitemap.xsl")
			}
			return sitemap.XML(sitemapURLs(s, f, v), style), f.Err
		})
	}
	if !taken["/robots.txt"] {
		g.write("robots.txt", func(c *liquid.Context) (string, error) {
			f := &drop.Filters{C: c}
			return sitemap.Robots(f.Absolute("sitemap.xml")), f.Err
		})
	}
}

// sitemapURLs lists what a sitemap lists: documents by collection, pages, and
// files that are copied.
func sitemapURLs(s *document.Reader, f *drop.Filters, v *drop.View) []sitemap.URL {
	var out []sitemap.URL
	add := func(url string, modified any) {
		u := sitemap.URL{Loc: f.Absolute(sitemap.Address(url))}
		if value.Truthy(modified) {
			u.Modified = f.Date(modified)
		}
		out = append(out, u)
	}
	lib := v.Library()
	sorted := slices.Clone(s.Config.Collections)
	slices.SortStableFunc(sorted, func(a, b *config.Collection) int { return strings.Compare(a.Label, b.Label) })
	for _, c := range sorted {
		if !c.Output {
			continue
		}
		for _, e := range lib.Documents[c] {
			if e.Data.Value("sitemap") == false {
				continue
			}
			modified := e.Data.Value("last_modified_at")
			if modified == nil || modified == false || modified == "" {
				modified, _ = v.Entry(e).(drop.Entry).Get("date")
			}
			add(e.URL, modified)
		}
	}
	for _, d := range v.HTMLPages() {
		if e := d.(drop.Entry).Of; e.Data.Value("sitemap") != false && sitemap.ListsPage(e.URL) {
			add(e.URL, e.Data.Value("last_modified_at"))
		}
	}
	for _, file := range lib.Statics {
		if sitemap.ListsFile(file.Path) && file.Data.Value("sitemap") != false {
			add(file.Relative, rubytime.Local(file.Modified(s.Files), s.Config.Location))
		}
	}
	return out
}
