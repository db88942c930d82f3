package seo

import (
	"strings"

	"galley/internal/liquid"
	"galley/internal/ordered"
)

// author is who wrote a page, with whatever is said of them.
type author struct{ fields *ordered.Map }

// readAuthor finds the author: the page's, the first of the page's authors, or
// the site's. Of one who is only named, _data/authors may say more.
func (p Page) readAuthor() *author {
	candidates := []any{liquid.Dig(p.Page, "author")}
	if list, ok := liquid.Dig(p.Page, "authors").([]any); ok && len(list) > 0 {
		candidates = append(candidates, list[0])
	}
	candidates = append(candidates, liquid.Dig(p.Site, "author"))
	for _, c := range candidates {
		if c == nil || text(c) == "" {
			continue
		}
		switch c := c.(type) {
		case *ordered.Map:
			return &author{c}
		case string:
			fields := ordered.Of("name", c)
			if known, ok := liquid.Dig(p.Site, "data", "authors", c).(*ordered.Map); ok {
				for k, v := range known.All() {
					fields.Set(k, v)
				}
			}
			return &author{fields}
		}
		break
	}
	return &author{}
}

func (a *author) name() any { return a.fields.Value("name") }

// twitter is the author's name at Twitter, or else their name.
func (a *author) twitter() (string, bool) {
	name, ok := first(a.fields.Value("twitter"), a.name()).(string)
	return strings.TrimPrefix(name, "@"), ok
}

// linked is the author in JSON-LD; nil for one without a name or of a kind
// that there is not.
func (a *author) linked() any {
	kind := a.fields.Value("type")
	if !liquid.Truthy(a.name()) || liquid.Truthy(kind) && kind != "Organization" && kind != "Person" {
		return nil
	}
	out := ordered.Of("@type", first(kind, "Person"), "name", a.name())
	if url := a.fields.Value("url"); liquid.Truthy(url) {
		out.Set("url", url)
	}
	return out
}
