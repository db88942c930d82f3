package site

import (
	"galley/internal/markdown"
	"galley/internal/site/config"
	"galley/internal/site/templates"
	"galley/internal/site/value"
	"html/template"
	"strings"
)

// siteView makes the view of the site for one page.
func (s *Site) siteView(self *entry) templates.SiteView {
	return templates.WithPosts(s.view, func() []*templates.PageView { return s.postViews(self) })
}

// pageView makes the view of an entry. doc is nil where only the front matter
// is wanted, as in lists.
func (s *Site) pageView(e *entry, doc *markdown.Document) *templates.PageView {
	p := &templates.PageView{
		Title: e.title, Path: e.path, Slug: e.slug, Layout: value.Text(e.meta["layout"]), Meta: e.meta,
		URL: s.config.Relative(e.url), Permalink: s.config.Absolute(e.url),
		Date: e.date, Modified: e.date, Tags: value.List(e.meta["tags"]), Categories: value.List(e.meta["categories"]),
		IsPost: e.isPost(), Lang: value.Text(e.meta["lang"]), Author: config.AuthorName(e.meta["author"]),
		Description: strings.TrimSpace(value.Text(e.meta["description"])),
	}
	templates.SetExcerpt(p, func() string { return s.excerpt(e) })
	if p.Lang == "" {
		p.Lang = s.config.Lang
	}
	if p.Author == "" {
		p.Author = s.config.Author
	}
	image := value.Text(e.meta["image"])
	if m, ok := e.meta["image"].(map[string]any); ok {
		image = value.Text(m["path"])
	}
	if image != "" {
		p.Image = s.config.Absolute(image)
	} else {
		p.Image = s.view.Logo
	}
	if t, ok := s.parseDate(e.data.Value("last_modified_at")); ok {
		p.Modified = t
	}
	if p.Description == "" {
		p.Description = s.summary(e)
	}
	if doc != nil {
		p.Headings = doc.Headings
	}
	return p
}

// postViews are the posts as templates see them.
func (s *Site) postViews(self *entry) []*templates.PageView {
	list := s.library().with(s, self).posts(s)
	out := make([]*templates.PageView, len(list))
	for i, e := range list {
		out[i] = s.pageView(e, nil)
	}
	return out
}

// listPage groups the newest posts by year; count below zero takes all.
func (s *Site) listPage(common templates.Common, content template.HTML, count int) templates.ListPage {
	p := templates.ListPage{Common: common, Content: content}
	list := s.posts()
	if count >= 0 && len(list) > count {
		list, p.More = list[:count], true
	}
	for _, e := range list {
		if n := len(p.Years); n == 0 || p.Years[n-1].Year != e.date.Year() {
			p.Years = append(p.Years, templates.Year{Year: e.date.Year()})
		}
		y := &p.Years[len(p.Years)-1]
		y.Posts = append(y.Posts, s.pageView(e, nil))
	}
	return p
}
