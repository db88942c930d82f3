package site

import (
	"fmt"
	"html"
	"path"
	"regexp"
	"strings"

	"github.com/osteele/liquid/values"
	"gopkg.in/yaml.v2"
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

// linked is what the JSON-LD of a page is made of.
type linked struct {
	page, site                                           values.Value
	url, canonical, title, siteTitle, description, image string
	author, imageMap                                     map[string]any
	get                                                  func(v values.Value, names ...string) any
	dated                                                bool
}

// linkedData is the page for machines, its keys sorted.
func (e *engine) linkedData(l linked) string {
	s := e.layouts.site
	isHome := homeOrAbout.MatchString(l.url)
	m := map[string]any{"@context": "https://schema.org", "url": l.canonical}
	kind, _ := l.get(l.page, "seo", "type").(string)
	switch {
	case kind != "":
	case isHome:
		kind = "WebSite"
	case l.dated:
		kind = "BlogPosting"
	default:
		kind = "WebPage"
	}
	m["@type"] = kind
	if l.title != "" {
		m["headline"] = l.title
	}
	if l.description != "" {
		m["description"] = l.description
	}
	name := s.seoText(l.get(l.page, "seo", "name"))
	if name == "" && isHome {
		if name = s.seoText(l.get(l.site, "social", "name")); name == "" {
			name = l.siteTitle
		}
	}
	if name != "" {
		m["name"] = name
	}
	links := l.get(l.page, "seo", "links")
	if links == nil && isHome {
		links = l.get(l.site, "social", "links")
	}
	if links != nil {
		m["sameAs"] = links
	}
	if l.dated {
		published, _ := e.time(l.get(l.page, "date"))
		m["datePublished"] = published.Format("2006-01-02T15:04:05-07:00")
		m["dateModified"] = m["datePublished"]
	}
	if t, ok := e.time(firstSet(l.get(l.page, "seo", "date_modified"), l.get(l.page, "last_modified_at"))); ok {
		m["dateModified"] = t.Format("2006-01-02T15:04:05-07:00")
	}
	if l.author["name"] != nil {
		authorKind := liquidText(l.author["type"])
		if authorKind == "" || authorKind == "Person" || authorKind == "Organization" {
			if authorKind == "" {
				authorKind = "Person"
			}
			a := yaml.MapSlice{{Key: "@type", Value: authorKind}, {Key: "name", Value: l.author["name"]}}
			if l.author["url"] != nil {
				a = append(a, yaml.MapItem{Key: "url", Value: l.author["url"]})
			}
			m["author"] = a
		}
	}
	if l.image != "" {
		m["image"] = l.image
		if len(l.imageMap) > 1 {
			var image yaml.MapSlice
			for _, k := range sortedKeys(l.imageMap) {
				if k != "path" {
					image = append(image, yaml.MapItem{Key: k, Value: l.imageMap[k]})
				}
			}
			m["image"] = append(image, yaml.MapItem{Key: "url", Value: l.image}, yaml.MapItem{Key: "@type", Value: "imageObject"})
		}
	}
	if logo := liquidText(l.get(l.site, "logo")); logo != "" {
		publisher := yaml.MapSlice{{Key: "@type", Value: "Organization"}, {Key: "logo", Value: yaml.MapSlice{
			{Key: "@type", Value: "ImageObject"}, {Key: "url", Value: escapeURI(s.config.absolute(logo))}}}}
		if l.author["name"] != nil {
			publisher = append(publisher, yaml.MapItem{Key: "name", Value: l.author["name"]})
		}
		m["publisher"] = publisher
	}
	if kind == "BlogPosting" || kind == "CreativeWork" {
		m["mainEntityOfPage"] = yaml.MapSlice{{Key: "@type", Value: "WebPage"}, {Key: "@id", Value: l.canonical}}
	}
	out, err := jsonText(m)
	if err != nil {
		return "{}"
	}
	// A text of the page must not end the script.
	return strings.ReplaceAll(out, "</", `<\/`)
}

// seoText makes a value plain, one line, and safe between quotes.
func (s *Site) seoText(v any) string {
	text := liquidText(v)
	if text == "" {
		return ""
	}
	plain := stripHTML(string(s.markdown.Render([]byte(text)).HTML()))
	return rubyEscape(html.UnescapeString(strings.Join(strings.Fields(plain), " ")))
}

// seoAuthor is the page's author with what _data/authors says of them.
func (s *Site) seoAuthor(author, authors any, site map[string]any) map[string]any {
	if list := listValue(authors); author == nil && len(list) > 0 {
		author = list[0]
	}
	if liquidText(author) == "" {
		author = site["author"]
	}
	switch a := values.ToLiquid(author).(type) {
	case string:
		m := map[string]any{"name": a}
		known := values.ValueOf(site["data"]).PropertyValue(values.ValueOf("authors")).PropertyValue(values.ValueOf(a)).Interface()
		for k, v := range mapOf(known) {
			m[k] = v
		}
		return m
	default:
		return mapOf(a)
	}
}

// seoImage is the address of a page's picture, and what is said of it.
func (s *Site) seoImage(v any) (string, map[string]any) {
	m := mapOf(v)
	if text, ok := v.(string); ok {
		m = map[string]any{"path": text}
	}
	name, _ := firstSet(m["path"], m["facebook"], m["twitter"]).(string)
	if name == "" {
		return "", m
	}
	return escapeURI(s.config.absolute(name)), m
}

// mapOf is a map out of YAML, whichever way it was kept; nil for others.
func mapOf(v any) map[string]any {
	switch v := v.(type) {
	case map[string]any:
		return v
	case yaml.MapSlice:
		m := make(map[string]any, len(v))
		for _, item := range v {
			m[fmt.Sprint(item.Key)] = item.Value
		}
		return m
	}
	return nil
}

// firstSet is the first value that is there.
func firstSet(list ...any) any {
	for _, v := range list {
		if v = values.ToLiquid(v); v != nil && v != false {
			return v
		}
	}
	return nil
}

// feedMeta writes what jekyll-feed writes for {% feed_meta %}.
func (s *Site) feedMeta() string {
	file := "feed.xml"
	if m := mapOf(s.config.Data["feed"]); textOf(m["path"]) != "" {
		file = textOf(m["path"])
	}
	out := `<link type="application/atom+xml" rel="alternate" href="` + xmlEscape.Replace(s.config.absolute(file)) + `"`
	if title := textOf(firstSet(s.config.Data["title"], s.config.Data["name"])); title != "" {
		out += ` title="` + xmlEscape.Replace(title) + `"`
	}
	return out + " />"
}

// linkTo is the address of a file of the site, for {% link %}.
func (s *Site) linkTo(name string) (string, error) {
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	for _, e := range s.posts() {
		if e.path == name {
			return s.config.relative(e.url), nil
		}
	}
	for _, p := range s.liquidPages() {
		if m := p.(map[string]any); m["path"] == name {
			return s.config.relative(liquidText(m["url"])), nil
		}
	}
	for _, f := range s.liquidStatics() {
		if f.(map[string]any)["path"] == "/"+name {
			return s.config.relative("/" + name), nil
		}
	}
	return "", fmt.Errorf("link: there is no file %s in the site", name)
}

// postURL is the address of a post by its file's name, for {% post_url %}.
func (s *Site) postURL(name string) (string, error) {
	for _, e := range s.posts() {
		if base := strings.TrimSuffix(path.Base(e.path), path.Ext(e.path)); base == path.Base(name) {
			return s.config.relative(e.url), nil
		}
	}
	return "", fmt.Errorf("post_url: there is no post %s", name)
}

// highlight is code in the form of Jekyll's highlight tag.
func (s *Site) highlight(language, code string) string {
	code = strings.Trim(code, "\r\n")
	inner := html.EscapeString(code)
	fence := strings.Repeat("`", longestRun(code)+3)
	rendered := string(s.markdown.Render([]byte(fence + language + "\n" + code + "\n" + fence + "\n")).HTML())
	if _, rest, ok := strings.Cut(rendered, "<code"); ok {
		if _, rest, ok = strings.Cut(rest, ">"); ok {
			if coloured, _, ok := strings.Cut(rest, "</code>"); ok {
				inner = strings.TrimSuffix(coloured, "\n")
			}
		}
	}
	name := html.EscapeString(language)
	return `<figure class="highlight"><pre><code class="language-` + strings.ReplaceAll(name, "+", "-") + `" data-lang="` + name + `">` + inner + `</code></pre></figure>`
}

// longestRun is the length of the longest run of backticks.
func longestRun(s string) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] == '`' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return longest
}
