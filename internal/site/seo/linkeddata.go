package seo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"galley/internal/liquid"
	"galley/internal/ordered"
)

// linkedData is the page for machines: JSON-LD with sorted keys. A "/" behind
// "<" is escaped, so that no text of the page ends the script.
func (t *tag) linkedData() string {
	site, page := t.Site, t.Page.Page
	own, social := section(page, "seo"), section(site, "social")
	home := homeOrAbout(text(liquid.Dig(page, "url")))

	kind := own.Value("type")
	switch {
	case liquid.Truthy(kind):
	case home:
		kind = "WebSite"
	case liquid.Truthy(liquid.Dig(page, "date")):
		kind = "BlogPosting"
	default:
		kind = "WebPage"
	}
	var name, links any
	if v := own.Value("name"); liquid.Truthy(v) {
		name = filled(t.plain(v))
	}
	if name == nil && home {
		if v := social.Value("name"); liquid.Truthy(v) {
			name = filled(t.plain(v))
		} else {
			name = filled(t.siteTitle)
		}
	}
	if links = own.Value("links"); !liquid.Truthy(links) {
		if links = nil; home {
			links = social.Value("links")
		}
	}
	published := liquid.Dig(page, "date")
	modified := first(own.Value("date_modified"), liquid.Dig(page, "last_modified_at"), published)
	date := func(v any) any {
		if !liquid.Truthy(v) {
			return nil
		}
		return t.Date(v)
	}
	var publisher, entity any
	if logo := t.logo(); logo != nil {
		p := ordered.Of("@type", "Organization", "logo", ordered.Of("@type", "ImageObject", "url", logo))
		if v := t.author.name(); liquid.Truthy(v) {
			p.Set("name", v)
		}
		publisher = p
	}
	if kind == "BlogPosting" || kind == "CreativeWork" {
		entity = ordered.Of("@type", "WebPage", "@id", t.canonical)
	}
	out := ordered.New(0)
	for _, item := range []struct {
		key   string
		value any
	}{
		{"@context", "https://schema.org"}, {"@type", kind}, {"author", t.author.linked()},
		{"dateModified", date(modified)}, {"datePublished", date(published)}, {"description", filled(t.description)},
		{"headline", filled(t.pageTitle)}, {"image", t.image.linked()}, {"mainEntityOfPage", entity}, {"name", name},
		{"publisher", publisher}, {"sameAs", links}, {"url", t.canonical},
	} {
		if item.value != nil {
			out.Set(item.key, item.value)
		}
	}
	var b strings.Builder
	writeJSON(&b, out, 0)
	return strings.ReplaceAll(b.String(), "</", `<\/`)
}

// homeOrAbout says whether a page is about the whole site.
func homeOrAbout(url string) bool {
	rest, ok := strings.CutPrefix(url, "/")
	if !ok {
		return false
	}
	rest = strings.TrimPrefix(rest, "about/")
	return rest == "" || rest == "index.html" || rest == "index.htm"
}

// maxDepth is how deep values are written.
const maxDepth = 50

// writeJSON writes a value, maps in their order.
func writeJSON(b *strings.Builder, v any, depth int) {
	if depth > maxDepth {
		b.WriteString("null")
		return
	}
	switch v := v.(type) {
	case *ordered.Map:
		b.WriteByte('{')
		for i := range v.Len() {
			key, value := v.At(i)
			if i > 0 {
				b.WriteByte(',')
			}
			writeText(b, fmt.Sprint(key))
			b.WriteByte(':')
			writeJSON(b, value, depth+1)
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			writeJSON(b, e, depth+1)
		}
		b.WriteByte(']')
	case nil:
		b.WriteString("null")
	case bool, int, int64, float64:
		b.WriteString(liquid.Text(v))
	default:
		writeText(b, liquid.Text(v))
	}
}

func writeText(b *strings.Builder, s string) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if e.Encode(s) == nil {
		b.Write(bytes.TrimSuffix(out.Bytes(), []byte("\n")))
	}
}
