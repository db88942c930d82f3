package site

import (
	"fmt"
	"html"
	"strings"

	"github.com/osteele/liquid/values"
	"gopkg.in/yaml.v2"
)

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
