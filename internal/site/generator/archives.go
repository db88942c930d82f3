package generator

import (
	"path"
	"strings"

	"galley/internal/ordered"
	"galley/internal/rubytime"
	"galley/internal/site/archives"
	"galley/internal/site/defaults"
	"galley/internal/site/document"
	"galley/internal/site/permalink"
	"galley/internal/site/value"
)

// archives makes the pages of jekyll-archives.
func (g *generator) archives() {
	s := g.site
	section, _ := s.Config.Written.Value("jekyll-archives").(*ordered.Map)
	settings := archives.Read(value.PlainMap(section))
	list := g.lib.Documents[s.Config.Collections[0]]
	posts := make([]archives.Post, len(list))
	for i, e := range list {
		posts[i] = archives.Post{Date: e.Date, Tags: textsOf(e.Data.Value("tags")), Categories: textsOf(e.Data.Value("categories"))}
	}
	slug := func(name string) string { return permalink.Slugify(name, "", false) }
	for _, a := range settings.Of(posts) {
		url := a.URL(slug, permalink.Escape)
		file := strings.TrimPrefix(permalink.Unescape(url), "/")
		if strings.HasSuffix(url, "/") {
			file += "index.html"
		}
		data := defaults.Merge(s.Config.Defaults.All(file, string(a.Kind)), ordered.Of("layout", a.Layout))
		e := &document.Entry{Path: file, Front: data, Data: data, URL: url, Listed: true, Title: a.Title, Date: a.Date}
		e.Ext = path.Ext(file)
		e.Meta = value.PlainMap(data)
		e.Locate()
		members := make([]*document.Entry, 0, len(a.Posts))
		for _, i := range a.Posts {
			members = append(members, list[i])
		}
		values := ordered.Of("type", string(a.Kind), "title", nil, "date", nil, "name", strings.TrimSuffix(path.Base(file), path.Ext(file)))
		if a.Title != "" {
			values.Set("title", a.Title)
		}
		if !a.Date.IsZero() {
			values.Set("date", rubytime.DateOf(a.Date.Date()))
		}
		e.Made = &document.Made{Posts: members, Values: values}
		g.lib.Made = append(g.lib.Made, e)
		g.lib.Archives = append(g.lib.Archives, e)
	}
}
