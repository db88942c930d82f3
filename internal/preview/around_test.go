package preview

import (
	"strings"
	"testing"
	"time"

	"galley/templates"
)

// What a page shows around its content follows the text, however far on that stands
// which it is made of.
func TestAroundFollows(t *testing.T) {
	const path, head = "_posts/2026-08-16-a.md", "---\nlayout: post\n---\n"
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	shown := map[string]string{"_layouts/post.html": "<div>{{ page.excerpt }}</div><main>{{ content }}</main>"}
	coded := map[string]string{"_config.yml": "excerpt_separator: <!--more-->\n", "_layouts/post.html": shown["_layouts/post.html"]}
	own := map[string]string{"_config.yml": "excerpt_separator: <!--more-->\n", "templates/post.html": "<title>x</title><div>{{.Page.Excerpt}}</div><main>{{.Content}}</main>"}
	counted := map[string]string{"_layouts/page.html": "<p>{{ page.content | number_of_words }} words</p><main>{{ content }}</main>"}
	cached := map[string]string{"_config.yml": "plugins: [jekyll-include-cache]\n", "_includes/h.html": "<b>{{ page.title }}</b>", "_layouts/post.html": "{% include_cached h.html %}<main>{{ content }}</main>"}
	for _, c := range []struct {
		name     string
		files    map[string]string
		path     string
		text     string
		old, new string
	}{
		{"a definition that changes", shown, path, head + "Read [this][x] today.\n\nMore words.\n\n[x]: https://one.example\n", "one.example", "two.example"},
		{"a definition far behind", shown, path, head + "Read [this][x] today.\n\n" + strings.Repeat("More words.\n\n", 1000) + "[x]: https://one.example\n", "today", "now"},
		{"a new definition", shown, path, head + "Read [this][x] today.\n\nMore words.\n\n", "More words.\n", "More words.\n\n[x]: https://one.example\n"},
		{"a definition by its colon", shown, path, head + "Read [this][x] today.\n\n[x] https://one.example\n", "[x] h", "[x]: h"},
		{"lines that end as in Windows", shown, path, crlf(head + "One.\n\nTwo.\n\nThree.\n"), "Three", "Four"},
		{"many such lines", shown, path, crlf(head + "One.\n\n" + strings.Repeat("Two.\n\n", 3000)), "Two", "Four"},
		{"an excerpt in the front matter", own, path, "---\nexcerpt: words\n---\nOne.\n\nTwo.\n\n<!--more-->\n\nThree.\n", "Two", "Four"},
		{"what ends a block of Liquid", own, path, "---\nrender_with_liquid: false\n---\nOne {% if x %}.<!--more-->", "<!--more-->", "<!--more-->x"},
		{"a page's words", counted, "about.md", "---\nlayout: page\n---\nOne.\n\nTwo.\n\nThree four.\n", "four", "four five"},
		{"a long page's words", counted, "about.md", "---\nlayout: page\n---\n" + strings.Repeat("One two.\n\n", 3000), "One", "Four five"},
		{"code", coded, path, head + "```ruby\nx\n```\n\n<!--more-->\n\nWords.\n", "Words", "More words"},
		{"an include that is cached", cached, path, "---\nlayout: post\ntitle: One\n---\nWords.\n", "One", "Two"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := New(Options{BuiltIn: templates.FS(), Clock: func() time.Time { return time.Date(2026, 8, 20, 0, 0, 0, 0, time.UTC) }})
			if a := s.Site(Bundle{Files: c.files}); !a.OK || len(a.Diagnostics) > 0 {
				t.Fatalf("%+v", a)
			}
			var frame page
			text := c.text
			look := func(when string) {
				if want := string(s.site.RenderPost(c.path, []byte(text)).HTML); frame.html != want {
					t.Errorf("%s: %.500q, want %.500q", when, frame.html, want)
				}
			}
			frame.apply(t, s.Open(c.path, text).Patch)
			look("opened")
			if err := s.AddLexer("ruby", rubyLexer); err != nil {
				t.Fatal(err)
			}
			coloured, err := s.Edit(1, nil)
			if err != nil {
				t.Fatal(err)
			}
			frame.apply(t, coloured.Patch)
			look("coloured")
			edited, err := s.Edit(2, []Change{replace(text, c.old, c.new)})
			if err != nil {
				t.Fatal(err)
			}
			text = strings.Replace(text, c.old, c.new, 1)
			frame.apply(t, edited.Patch)
			look("edited")
		})
	}
}
