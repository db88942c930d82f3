package site

import (
	"strings"
	"testing"
)

// TestTheme: a theme's files lie below the site's own, in a build as in a
// bundle, and nothing of its folder is published.
func TestTheme(t *testing.T) {
	pairs := []string{
		"_config.yml", "url: https://x.example\ntheme: calm\nmood: {b: 2}\ngalley: {theme: themes/calm}\n",
		"themes/calm/_config.yml", "mood: {a: 1, b: 1}\npermalink: pretty\n",
		"themes/calm/_layouts/default.html", "<body>{% include a.html %}{% include b.html %}{{ site.mood.a }}{{ site.mood.b }}{{ content }}</body>",
		"themes/calm/_layouts/post.html", "---\nlayout: default\n---\nTheme's {{ content }}",
		"themes/calm/_includes/a.html", "theme's a ", "themes/calm/_includes/b.html", "theme's b ",
		"themes/calm/assets/x.txt", "x", "themes/calm/README.md", "read me",
		"_includes/b.html", "own b ", "_layouts/page.html", "---\nlayout: default\n---\nOwn {{ content }}",
		"_posts/2026-01-02-a.md", "---\nlayout: post\n---\nText.\n", "about.md", "---\nlayout: page\n---\nAbout.\n",
	}
	out, report := buildSite(t, pairs...)
	for _, p := range report.Problems {
		t.Error(p)
	}
	want := map[string]string{
		"about.html":        "<body>theme's a own b 12Own <p>About.</p>\n</body>",
		"2026/01/02/a.html": "<body>theme's a own b 12Theme's <p>Text.</p>\n</body>",
		"assets/x.txt":      "x",
	}
	for name, text := range want {
		if out[name] != text {
			t.Errorf("%s: %q, not %q", name, out[name], text)
		}
	}
	if len(out) != len(want) {
		t.Error(names(out))
	}
	s, _ := throughBundle(t, files(pairs...), mustLoad(t).pages.Options)
	if p := s.RenderPost("about.md", []byte("---\nlayout: page\n---\nAbout.\n")); string(p.HTML) != want["about.html"] {
		t.Errorf("%s", p.HTML)
	}
}

// TestThemeMissing: content is not put into Galley's own page instead, and the
// buildSite fails.
func TestThemeMissing(t *testing.T) {
	s, _ := load(t, "_config.yml", "theme: minima\n")
	p := s.RenderPost("_posts/2026-01-02-a.md", []byte("---\nlayout: post\n---\nText.\n"))
	if !hasCode(p.Diagnostics, "theme-missing") || !strings.Contains(string(p.HTML), "<p>Text.</p>") || !strings.Contains(string(p.HTML), "the theme minima is not here") {
		t.Errorf("%v %s", p.Diagnostics, p.HTML)
	}
}
