package build

import (
	"io/fs"
	"path"
	"sort"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/site/document"
	"galley/internal/site/drop"
	"galley/internal/site/permalink"
	"galley/internal/site/templates"
	"galley/internal/site/value"
)

// madePages are the files that Galley makes by itself, unless the site has
// its own in their place.
func (s builder) madePages(pages []*document.Entry, taken map[string]string) []output {
	if s.Config.Jekyll() {
		return nil // it has what it has, and what its plugins make
	}
	var plan []output
	page := func(name, title, url string, template string, data func(templates.Common) any) {
		t := s.Templates.Pages[template]
		if t == nil {
			return
		}
		plan = append(plan, output{name: name, from: name, make: func() ([]byte, []diag.Diagnostic, error) {
			view := &templates.PageView{Title: title, URL: s.Config.Relative(url), Permalink: s.Config.Absolute(url),
				Description: s.Config.Description, Lang: s.Config.Lang, Image: s.View.Logo, Author: s.Config.Author, Meta: map[string]any{}}
			common := templates.Common{Site: s.SiteView(nil), Page: view}
			diags := s.Templates.Broken[template]
			b, err := t.Run(data(common))
			if err != nil {
				diags = append(diags[:len(diags):len(diags)], t.Failure(s.Files, s.Options.BuiltIn, err))
				if b, err = s.BuiltIn().Pages[template].Run(data(common)); err != nil {
					return nil, diags, err
				}
			}
			if path.Ext(name) == ".xml" {
				b = append([]byte("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"), cleanXML(b)...)
			}
			return b, diags, nil
		}})
	}
	page("index.html", "", "/", "index.html", func(c templates.Common) any { return s.ListPage(c, "", s.Config.Count("index", 25)) })
	page("archive.html", "Archive", "/archive", "archive.html", func(c templates.Common) any { return s.ListPage(c, "", -1) })
	page("404.html", "Page not found", "/404.html", "404.html", func(c templates.Common) any { return templates.ContentPage{Site: c.Site, Page: c.Page} })
	page("feed.xml", "", "/feed.xml", "feed.xml", func(c templates.Common) any { return s.feedPage(c) })
	page("sitemap.xml", "", "/sitemap.xml", "sitemap.xml", func(c templates.Common) any { return s.sitemapPage(c, pages, taken) })
	plan = append(plan, s.redirects(pages)...)
	if s.Options.BuiltIn != nil {
		_ = fs.WalkDir(s.Options.BuiltIn, "assets", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				plan = append(plan, output{name: name, from: name, make: func() ([]byte, []diag.Diagnostic, error) {
					b, err := fs.ReadFile(s.Options.BuiltIn, name)
					return b, nil, err
				}})
			}
			return nil
		})
	}
	return plan
}

// redirects are the pages at the old addresses of others.
func (s builder) redirects(pages []*document.Entry) []output {
	t := s.Templates.Pages["redirect.html"]
	if t == nil {
		return nil
	}
	var plan []output
	for _, e := range pages {
		for _, key := range []string{"redirect_from", "aliases"} {
			for _, from := range value.List(e.Meta[key]) {
				name := permalink.File(permalink.Clean(permalink.Escape(from)), ".html")
				if name == "" {
					continue
				}
				plan = append(plan, output{name: name, from: e.Path, make: func() ([]byte, []diag.Diagnostic, error) {
					view := s.PageView(e, nil)
					b, err := t.Run(templates.RedirectPage{Common: templates.Common{Site: s.SiteView(e), Page: view}, To: s.Config.Relative(e.URL)})
					return b, nil, err
				}})
			}
		}
	}
	return plan
}

// feedPage gathers the newest posts for the feed.
func (s builder) feedPage(c templates.Common) templates.FeedPage {
	f := templates.FeedPage{Common: c, Updated: time.Unix(0, 0).UTC()}
	list := s.Posts()
	list = list[:min(len(list), s.Config.Count("feed", 10))]
	for _, e := range list {
		view := s.PageView(e, nil)
		doc, _, _ := s.Content(e, drop.New(s.Reader, s, e))
		f.Entries = append(f.Entries, templates.FeedEntry{PageView: view, ID: s.feedID(e), HTML: s.absoluteLinks(string(doc.HTML()), e.URL)})
		if view.Modified.After(f.Updated) {
			f.Updated = view.Modified
		}
	}
	return f
}

// feedID is a post's identity for feed readers. It is the address, as
// jekyll-feed has it without the file's ending, so that readers of a site that
// moves to Galley see no post twice; a front matter id overrules it, for posts
// whose address changes.
func (s builder) feedID(e *document.Entry) string {
	if id := value.Text(e.Meta["id"]); id != "" {
		return s.Config.Absolute(id)
	}
	return s.Config.Absolute(strings.TrimSuffix(e.URL, ".html"))
}

// sitemapPage lists the pages that want to be found.
func (s builder) sitemapPage(c templates.Common, pages []*document.Entry, taken map[string]string) templates.SitemapPage {
	m := templates.SitemapPage{Common: c}
	for _, made := range [][2]string{{"index.html", "/"}, {"archive.html", "/archive"}} {
		if taken[made[0]] == made[0] {
			m.Pages = append(m.Pages, &templates.PageView{URL: s.Config.Relative(made[1]), Permalink: s.Config.Absolute(made[1])})
		}
	}
	sorted := append([]*document.Entry{}, pages...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].URL < sorted[j].URL })
	for _, e := range sorted {
		if e.Meta["sitemap"] != false && path.Ext(e.Output) == ".html" && e.Output != "404.html" {
			m.Pages = append(m.Pages, s.PageView(e, nil))
		}
	}
	return m
}

// cleanXML drops the characters that XML cannot hold.
func cleanXML(b []byte) []byte {
	return []byte(strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000:
			return r
		}
		return -1
	}, string(b)))
}
