// Package seo is the tag {% seo %} of jekyll-seo-tag 2.8: what a page says
// about itself to search engines and other sites. The keys of settings and
// front matter that it reads are those of the plugin.
package seo

import (
	"fmt"
	"strings"

	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/site/plaintext"
)

// Page is a page of a site.
type Page struct {
	// Page, Site and Paginator are what templates see by these names;
	// Paginator is nil for most pages.
	Page, Site, Paginator liquid.Drop
	// Jekyll is the version of Jekyll that is told.
	Jekyll string
	// Markdown is the filter markdownify, Absolute is absolute_url, Escape is
	// uri_escape and Date date_to_xmlschema.
	Markdown, Absolute, Escape func(text string) string
	Date                       func(v any) string
}

// tag is the work on one tag.
type tag struct {
	Page
	title, pageTitle, siteTitle, description string
	canonical                                string
	author                                   *author
	image                                    *image
}

// HTML is what the tag writes. Markup is what stands in it: title=false leaves
// the title out.
func (p Page) HTML(markup string) string {
	t := tag{Page: p}
	t.readTexts()
	t.author = p.readAuthor()
	t.image = p.readImage()
	if t.canonical = text(liquid.Dig(p.Page, "canonical_url")); t.canonical == "" {
		t.canonical = p.Absolute(text(liquid.Dig(p.Page, "url")))
		if rest, ok := strings.CutSuffix(t.canonical, "/index.html"); ok {
			t.canonical = rest + "/"
		}
	}
	return t.write(markup)
}

// readTexts finds the titles and the description.
func (t *tag) readTexts() {
	site, page := t.Site, t.Page.Page
	t.siteTitle = t.plain(first(liquid.Dig(site, "title"), liquid.Dig(site, "name")))
	if t.pageTitle = t.plain(liquid.Dig(page, "title")); t.pageTitle == "" {
		t.pageTitle = t.siteTitle
	}
	siteDescription := t.plain(liquid.Dig(site, "description"))
	tagline := t.plain(liquid.Dig(site, "tagline"))
	if tagline == "" {
		tagline = siteDescription
	}
	switch {
	case t.siteTitle != "" && t.pageTitle != t.siteTitle:
		t.title = t.pageTitle + " | " + t.siteTitle
	case siteDescription != "" && t.siteTitle != "":
		t.title = t.siteTitle + " | " + tagline
	default:
		t.title = t.pageTitle
	}
	if t.title != "" {
		t.title = t.pageNumber() + t.title
	}
	if t.description = t.plain(first(liquid.Dig(page, "description"), liquid.Dig(page, "excerpt"))); t.description == "" {
		t.description = siteDescription
	}
}

// pageNumber stands before the title of a second page.
func (t *tag) pageNumber() string {
	if t.Paginator == nil {
		return ""
	}
	page, err := liquid.Integer(liquid.Dig(t.Paginator, "page"))
	if err != nil || page < 2 {
		return ""
	}
	message := "Page %<current>s of %<total>s for "
	if own := liquid.Dig(t.Site, "seo_paginator_message"); liquid.Truthy(own) {
		message = text(own)
	}
	current, total := fmt.Sprint(page), text(liquid.Dig(t.Paginator, "total_pages"))
	return strings.NewReplacer(
		"%<current>s", current, "%{current}", current, "%<current>d", current,
		"%<total>s", total, "%{total}", total, "%<total>d", total, "%%", "%").Replace(message)
}

// plain makes a value plain text on one line that can stand between quotes. It
// is read as Markdown first.
func (t *tag) plain(v any) string {
	s := text(v)
	if s == "" {
		return ""
	}
	return liquid.EscapeOnce(plaintext.OneLine(liquid.StripHTML(t.Markdown(s))))
}

// write writes the elements in the plugin's order.
func (t *tag) write(markup string) string {
	site, page := t.Site, t.Page.Page
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	property := func(name, content string) {
		if content != "" {
			line(`<meta property="%s" content="%s" />`, name, content)
		}
	}
	name := func(name, content string) {
		if content != "" {
			line(`<meta name="%s" content="%s" />`, name, content)
		}
	}

	line("<!-- Begin Jekyll SEO tag v2.8.0 -->")
	if t.title != "" && !strings.Contains(strings.ToLower(markup), "title=false") {
		line("<title>%s</title>", t.title)
	}
	name("generator", "Jekyll v"+t.Jekyll)
	property("og:title", t.pageTitle)
	if author := t.author.name(); liquid.Truthy(author) {
		line(`<meta name="author" content="%s" />`, text(author))
	}
	language := first(liquid.Dig(page, "lang"), liquid.Dig(site, "lang"), "en_US")
	line(`<meta property="og:locale" content="%s" />`, strings.ReplaceAll(text(first(liquid.Dig(page, "locale"), liquid.Dig(site, "locale"), language)), "-", "_"))
	name("description", t.description)
	property("og:description", t.description)
	if liquid.Truthy(liquid.Dig(site, "url")) {
		line(`<link rel="canonical" href="%s" />`, t.canonical)
		line(`<meta property="og:url" content="%s" />`, t.canonical)
	}
	property("og:site_name", t.siteTitle)
	t.writeImage(line)
	if date := liquid.Dig(page, "date"); liquid.Truthy(date) {
		line(`<meta property="og:type" content="article" />`)
		line(`<meta property="article:published_time" content="%s" />`, t.Date(date))
	} else {
		line(`<meta property="og:type" content="website" />`)
	}
	if t.Paginator != nil {
		for _, link := range [][3]string{{"prev", "previous_page", "previous_page_path"}, {"next", "next_page", "next_page_path"}} {
			if liquid.Truthy(liquid.Dig(t.Paginator, link[1])) {
				line(`<link rel="%s" href="%s" />`, link[0], t.Absolute(text(liquid.Dig(t.Paginator, link[2]))))
			}
		}
	}
	t.writeTwitter(line)
	t.writeSites(line)
	line(`<script type="application/ld+json">`)
	line("%s</script>", t.linkedData())
	line("<!-- End Jekyll SEO tag -->")
	return b.String()
}

func (t *tag) writeImage(line func(string, ...any)) {
	if t.image == nil {
		return
	}
	line(`<meta property="og:image" content="%s" />`, t.image.path)
	for _, key := range []string{"height", "width", "alt"} {
		if v := t.image.fields.Value(key); liquid.Truthy(v) {
			line(`<meta property="og:image:%s" content="%s" />`, key, text(v))
		}
	}
}

func (t *tag) writeTwitter(line func(string, ...any)) {
	site := t.Site
	if t.image == nil {
		line(`<meta name="twitter:card" content="summary" />`)
	} else {
		card := first(filled(liquid.Dig(t.Page.Page, "twitter", "card")), filled(liquid.Dig(site, "twitter", "card")), "summary_large_image")
		line(`<meta name="twitter:card" content="%s" />`, text(card))
		line(`<meta property="twitter:image" content="%s" />`, t.image.path)
		if alt := t.image.fields.Value("alt"); liquid.Truthy(alt) {
			line(`<meta name="twitter:image:alt" content="%s" />`, text(alt))
		}
	}
	if t.pageTitle != "" {
		line(`<meta property="twitter:title" content="%s" />`, t.pageTitle)
	}
	if liquid.Truthy(liquid.Dig(site, "twitter")) {
		line(`<meta name="twitter:site" content="@%s" />`, strings.ReplaceAll(text(liquid.Dig(site, "twitter", "username")), "@", ""))
		if creator, ok := t.author.twitter(); ok {
			line(`<meta name="twitter:creator" content="@%s" />`, strings.ReplaceAll(creator, "@", ""))
		}
	}
}

// writeSites writes what other sites ask of the owner of this one.
func (t *tag) writeSites(line func(string, ...any)) {
	site := t.Site
	for _, m := range [][2]string{{"admins", "fb:admins"}, {"publisher", "article:publisher"}, {"app_id", "fb:app_id"}} {
		if v := liquid.Dig(site, "facebook", m[0]); liquid.Truthy(v) {
			line(`<meta property="%s" content="%s" />`, m[1], text(v))
		}
	}
	if liquid.Truthy(liquid.Dig(site, "webmaster_verifications")) {
		for _, m := range [][2]string{
			{"google", "google-site-verification"}, {"bing", "msvalidate.01"}, {"alexa", "alexaVerifyID"},
			{"yandex", "yandex-verification"}, {"baidu", "baidu-site-verification"}, {"facebook", "facebook-domain-verification"},
		} {
			if v := liquid.Dig(site, "webmaster_verifications", m[0]); liquid.Truthy(v) {
				line(`<meta name="%s" content="%s" />`, m[1], text(v))
			}
		}
	} else if v := liquid.Dig(site, "google_site_verification"); liquid.Truthy(v) {
		line(`<meta name="google-site-verification" content="%s" />`, text(v))
	}
}

// first is the first value that is neither nil nor false.
func first(list ...any) any {
	for _, v := range list {
		if liquid.Truthy(v) {
			return v
		}
	}
	return nil
}

// filled is a value unless it is empty, as the filter default asks.
func filled(v any) any {
	if v == "" {
		return nil
	}
	return v
}

// text is a value as Ruby's to_s gives it.
func text(v any) string {
	switch v.(type) {
	case []any, *ordered.Map:
		return liquid.Inspect(v)
	}
	return liquid.Text(v)
}

// section is a map below a value; empty where there is none.
func section(v any, name string) *ordered.Map {
	m, _ := liquid.Dig(v, name).(*ordered.Map)
	return m
}
