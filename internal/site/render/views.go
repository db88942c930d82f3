package render

import (
	"html/template"
	"strings"

	"galley/internal/markdown"
	"galley/internal/site/config"
	"galley/internal/site/document"
	"galley/internal/site/templates"
	"galley/internal/site/value"
)

// SiteView makes the view of the site for one page.
func (r *Renderer) SiteView(self *document.Entry) templates.SiteView {
	return templates.WithPosts(r.View, func() []*templates.PageView { return r.postViews(self) })
}

// PageView makes the view of an entry. doc is nil where only the front matter
// is wanted, as in lists.
func (r *Renderer) PageView(e *document.Entry, doc *markdown.Document) *templates.PageView {
	p := &templates.PageView{
		Title: e.Title, Path: e.Path, Slug: e.Slug, Layout: value.Text(e.Meta["layout"]), Meta: e.Meta,
		URL: r.Config.Relative(e.URL), Permalink: r.Config.Absolute(e.URL),
		Date: e.Date, Modified: e.Date, Tags: value.List(e.Meta["tags"]), Categories: value.List(e.Meta["categories"]),
		IsPost: e.IsPost(), Lang: value.Text(e.Meta["lang"]), Author: config.AuthorName(e.Meta["author"]),
		Description: strings.TrimSpace(value.Text(e.Meta["description"])),
	}
	templates.SetExcerpt(p, func() string { return r.Excerpt(e) })
	if p.Lang == "" {
		p.Lang = r.Config.Lang
	}
	if p.Author == "" {
		p.Author = r.Config.Author
	}
	image := value.Text(e.Meta["image"])
	if m, ok := e.Meta["image"].(map[string]any); ok {
		image = value.Text(m["path"])
	}
	if image != "" {
		p.Image = r.Config.Absolute(image)
	} else {
		p.Image = r.View.Logo
	}
	if t, ok := r.ParseDate(e.Data.Value("last_modified_at")); ok {
		p.Modified = t
	}
	if p.Description == "" {
		p.Description = r.summary(e)
	}
	if doc != nil {
		p.Headings = doc.Headings
	}
	return p
}

// postViews are the posts as templates see them.
func (r *Renderer) postViews(self *document.Entry) []*templates.PageView {
	list := r.Library().With(self).Posts()
	out := make([]*templates.PageView, len(list))
	for i, e := range list {
		if e.Is(self) {
			e = self // what is asked of it is noted there
		}
		out[i] = r.PageView(e, nil)
	}
	return out
}

// ListPage groups the newest posts by year; count below zero takes all.
func (r *Renderer) ListPage(common templates.Common, content template.HTML, count int) templates.ListPage {
	p := templates.ListPage{Common: common, Content: content}
	list := r.Posts()
	if count >= 0 && len(list) > count {
		list, p.More = list[:count], true
	}
	for _, e := range list {
		if n := len(p.Years); n == 0 || p.Years[n-1].Year != e.Date.Year() {
			p.Years = append(p.Years, templates.Year{Year: e.Date.Year()})
		}
		y := &p.Years[len(p.Years)-1]
		y.Posts = append(y.Posts, r.PageView(e, nil))
	}
	return p
}
