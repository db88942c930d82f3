// Package redirect leads from old addresses to new ones, as jekyll-redirect-from
// 0.16 does: a page's redirect_from names old addresses that lead to it, its
// redirect_to an address that it leads to itself.
package redirect

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Redirect is one old address and where it leads.
type Redirect struct {
	// From is the old address within the site, with a slash at its start.
	From string
	// To is the whole new address.
	To string
}

// Page is what a page's front matter says about redirects.
type Page struct {
	// URL is the page's address within the site.
	URL string
	// From and To are the values of redirect_from and redirect_to as YAML
	// has them; nil when there are none.
	From, To any
}

// redirects are those of old addresses to a page. Absolute makes a whole
// address of one within the site.
func (p Page) redirects(absolute func(string) string) []Redirect {
	var out []Redirect
	for _, from := range texts(p.From) {
		out = append(out, New(from, p.URL, absolute))
	}
	return out
}

// Away is the redirect of the page itself, and false when it has none, which
// redirect_to says by false as well.
func (p Page) Away(absolute func(string) string) (Redirect, bool) {
	to := p.To
	if list, ok := to.([]any); ok {
		to = nil
		if at := slices.IndexFunc(list, func(v any) bool { return v != nil }); at >= 0 {
			to = list[at]
		}
	}
	if list := texts(to); to != false && len(list) > 0 {
		return New(p.URL, list[0], absolute), true
	}
	return Redirect{}, false
}

// Pages are the redirects to pages, in the pages' order, and all, with the
// pages' own, is what [JSON] writes.
func Pages(pages []Page, absolute func(string) string) (to, all []Redirect) {
	for _, p := range pages {
		back := p.redirects(absolute)
		to, all = append(to, back...), append(all, back...)
		if away, ok := p.Away(absolute); ok {
			all = append(all, away)
		}
	}
	return to, all
}

// New makes a redirect. An address that does not begin with http:// or
// https:// is one within the site.
func New(from, to string, absolute func(string) string) Redirect {
	if from != "" && !strings.HasPrefix(from, "/") {
		from = "/" + from
	}
	if !strings.HasPrefix(to, "http://") && !strings.HasPrefix(to, "https://") {
		to = absolute(to)
	}
	return Redirect{from, to}
}

// texts is a value of the front matter as a list; what is nil is left out.
func texts(v any) []string {
	var out []string
	switch v := v.(type) {
	case nil:
	case string:
		out = append(out, v)
	case []string:
		out = append(out, v...)
	case []any:
		for _, e := range v {
			out = append(out, texts(e)...)
		}
	case map[string]any:
	default:
		out = append(out, fmt.Sprint(v))
	}
	return out
}

// HTML is the page at an old address, where the site has no layout "redirect".
// Its forms of the new address are for scripts, for browsers without them, for
// search engines and for readers.
func HTML(to string) string {
	return `<!DOCTYPE html>
<html lang="en-US">
  <meta charset="utf-8">
  <title>Redirecting&hellip;</title>
  <link rel="canonical" href="` + to + `">
  <script>location="` + to + `"</script>
  <meta http-equiv="refresh" content="0; url=` + to + `">
  <meta name="robots" content="noindex">
  <h1>Redirecting&hellip;</h1>
  <a href="` + to + `">Click here if you are not redirected.</a>
</html>
`
}

// JSON is redirects.json: an object of old and new addresses. Of two redirects
// from one address the last one counts, in the place of the first.
func JSON(list []Redirect) string {
	at := map[string]int{}
	var kept []Redirect
	for _, r := range list {
		if i, ok := at[r.From]; ok {
			kept[i] = r
			continue
		}
		at[r.From] = len(kept)
		kept = append(kept, r)
	}
	var out strings.Builder
	text := func(s string) {
		var one strings.Builder
		e := json.NewEncoder(&one)
		e.SetEscapeHTML(false)
		_ = e.Encode(s) // a text can be encoded
		out.WriteString(strings.TrimSuffix(one.String(), "\n"))
	}
	out.WriteByte('{')
	for i, r := range kept {
		if i > 0 {
			out.WriteByte(',')
		}
		text(r.From)
		out.WriteByte(':')
		text(r.To)
	}
	out.WriteByte('}')
	return out.String()
}

// WithJSON reads the setting "redirect_from": whether redirects.json is
// written.
func WithJSON(setting any) bool {
	m, _ := setting.(map[string]any)
	return m["json"] != false
}
