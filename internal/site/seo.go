package site

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/osteele/liquid/values"
)

// homeOrAbout are the pages that describe the whole site.
var homeOrAbout = regexp.MustCompile(`^/(about/)?(index.html?)?$`)

// seo writes what the plugin jekyll-seo-tag 2.8 writes for {% seo %}, so that
// a site that moves to Galley keeps its metadata.
func (e *engine) seo(args string, pageValue any) string {
	s := e.layouts.site
	site := s.liquidSite(nil).(map[string]any)
	page := values.ValueOf(pageValue)
	get := func(v values.Value, names ...string) any {
		for _, n := range names {
			v = v.PropertyValue(values.ValueOf(n))
		}
		return v.Interface()
	}
	siteValue := values.ValueOf(site)
	clean := func(v any) string { return s.seoText(v) }

	siteTitle := clean(firstSet(site["title"], site["name"]))
	pageTitle := clean(get(page, "title"))
	if pageTitle == "" {
		pageTitle = siteTitle
	}
	siteDescription := clean(site["description"])
	tagline := clean(site["tagline"])
	if tagline == "" {
		tagline = siteDescription
	}
	title := pageTitle
	switch {
	case siteTitle != "" && pageTitle != siteTitle:
		title = pageTitle + " | " + siteTitle
	case siteDescription != "" && siteTitle != "":
		title = siteTitle + " | " + tagline
	}
	description := clean(firstSet(get(page, "description"), get(page, "excerpt")))
	if description == "" {
		description = siteDescription
	}
	pageURL := liquidText(get(page, "url"))
	canonical := liquidText(get(page, "canonical_url"))
	if canonical == "" {
		canonical = strings.TrimSuffix(s.config.absolute(pageURL), "index.html")
	}
	author := s.seoAuthor(get(page, "author"), get(page, "authors"), site)
	image, imageMap := s.seoImage(get(page, "image"))
	locale := liquidText(firstSet(get(page, "locale"), site["locale"], get(page, "lang"), site["lang"], "en_US"))
	date, dated := e.time(get(page, "date"))
	if _, has := get(page, "date").(string); has {
		dated = dated && get(page, "date") != ""
	}

	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line("<!-- Begin Jekyll SEO tag v2.8.0 -->")
	if title != "" && !strings.Contains(strings.ToLower(args), "title=false") {
		line("<title>%s</title>", title)
	}
	line(`<meta name="generator" content="Jekyll v%s" />`, jekyllVersion)
	if pageTitle != "" {
		line(`<meta property="og:title" content="%s" />`, pageTitle)
	}
	if author["name"] != nil {
		line(`<meta name="author" content="%s" />`, liquidText(author["name"]))
	}
	line(`<meta property="og:locale" content="%s" />`, strings.ReplaceAll(locale, "-", "_"))
	if description != "" {
		line(`<meta name="description" content="%s" />`, description)
		line(`<meta property="og:description" content="%s" />`, description)
	}
	if s.config.URL != "" {
		line(`<link rel="canonical" href="%s" />`, canonical)
		line(`<meta property="og:url" content="%s" />`, canonical)
	}
	if siteTitle != "" {
		line(`<meta property="og:site_name" content="%s" />`, siteTitle)
	}
	if image != "" {
		line(`<meta property="og:image" content="%s" />`, image)
		for _, key := range []string{"height", "width", "alt"} {
			if v := imageMap[key]; v != nil {
				line(`<meta property="og:image:%s" content="%s" />`, key, liquidText(v))
			}
		}
	}
	if dated {
		line(`<meta property="og:type" content="article" />`)
		line(`<meta property="article:published_time" content="%s" />`, date.Format("2006-01-02T15:04:05-07:00"))
	} else {
		line(`<meta property="og:type" content="website" />`)
	}
	if image != "" {
		card := liquidText(firstSet(get(page, "twitter", "card"), get(siteValue, "twitter", "card"), "summary_large_image"))
		line(`<meta name="twitter:card" content="%s" />`, card)
		line(`<meta property="twitter:image" content="%s" />`, image)
		if v := imageMap["alt"]; v != nil {
			line(`<meta name="twitter:image:alt" content="%s" />`, liquidText(v))
		}
	} else {
		line(`<meta name="twitter:card" content="summary" />`)
	}
	if pageTitle != "" {
		line(`<meta property="twitter:title" content="%s" />`, pageTitle)
	}
	if site["twitter"] != nil {
		line(`<meta name="twitter:site" content="@%s" />`, strings.ReplaceAll(liquidText(get(siteValue, "twitter", "username")), "@", ""))
		if name, ok := firstSet(author["twitter"], author["name"]).(string); ok {
			line(`<meta name="twitter:creator" content="@%s" />`, strings.ReplaceAll(name, "@", ""))
		}
	}
	for _, m := range [][3]string{
		{"facebook", "admins", "fb:admins"}, {"facebook", "publisher", "article:publisher"}, {"facebook", "app_id", "fb:app_id"},
	} {
		if v := get(siteValue, m[0], m[1]); v != nil {
			line(`<meta property="%s" content="%s" />`, m[2], liquidText(v))
		}
	}
	if site["webmaster_verifications"] != nil {
		for _, m := range [][2]string{
			{"google", "google-site-verification"}, {"bing", "msvalidate.01"}, {"alexa", "alexaVerifyID"},
			{"yandex", "yandex-verification"}, {"baidu", "baidu-site-verification"}, {"facebook", "facebook-domain-verification"},
		} {
			if v := get(siteValue, "webmaster_verifications", m[0]); v != nil {
				line(`<meta name="%s" content="%s" />`, m[1], liquidText(v))
			}
		}
	} else if v := site["google_site_verification"]; v != nil {
		line(`<meta name="google-site-verification" content="%s" />`, liquidText(v))
	}
	line(`<script type="application/ld+json">`)
	line("%s</script>", e.linkedData(linked{
		page: page, site: siteValue, url: pageURL, canonical: canonical, title: pageTitle, siteTitle: siteTitle,
		description: description, author: author, image: image, imageMap: imageMap, get: get, dated: dated,
	}))
	b.WriteString("\n<!-- End Jekyll SEO tag -->\n")
	return b.String()
}
