package site

import (
	"fmt"
	"html"
	"path"
	"strings"
)

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
