package site

import (
	"testing"
	"time"
)

// The wanted addresses are what Jekyll 4.3.1 gives.
func TestPermalinks(t *testing.T) {
	const front = "---\ntitle: T\ndate: 2026-03-05 07:08:09 +0000\ncategories: [Deep Sea, news]\nslug: Some Slug!\n---\n"
	for _, c := range []struct{ pattern, want string }{
		{"date", "/deep%20sea/news/2026/03/05/Some-Slug!.html"},
		{"pretty", "/deep%20sea/news/2026/03/05/Some-Slug!/"},
		{"ordinal", "/deep%20sea/news/2026/064/Some-Slug!.html"},
		{"weekdate", "/deep%20sea/news/2026/W10/Thu/Some-Slug!.html"},
		{"none", "/deep%20sea/news/Some-Slug!.html"},
		{"/:year/:year:month:day", "/2026/20260305"},
		{"/:short_year-:i_month-:i_day/:y_day/:w_year/:week/:w_day", "/26-3-5/064/2026/10/4"},
		{"/:short_month/:long_month/:short_day/:long_day/", "/Mar/March/Thu/Thursday/"},
		{"/:hour:minute:second/:slug:output_ext", "/070809/some-slug.html"},
		{"/:slugified_categories/:title", "/deep-sea/news/Some-Slug!"},
		{"/:month_:day_:title", "/03_05_Some-Slug!"},
		{"no/slash/:title//x/../y/./", "/no/slash/Some-Slug!/x/y/"},
	} {
		s, diags := load(t, "_config.yml", "permalink: \""+c.pattern+"\"\n")
		if len(diags) > 0 {
			t.Errorf("%s: %v", c.pattern, diags)
		}
		if got := s.RenderPost("_posts/2026-03-05-file-name.md", []byte(front)).Permalink; got != c.want {
			t.Errorf("%s: %s, not %s", c.pattern, got, c.want)
		}
	}
}

func TestPermalinkFromFileName(t *testing.T) {
	s, _ := load(t, "_config.yml", "permalink: /:year/:month/:day/:title/:slug/:name\n")
	page := s.RenderPost("news/_posts/2026-03-05-My_File.name.md", []byte("no front matter\n"))
	if want := "/2026/03/05/My_File.name/my-file-name/2026-03-05-my-file-name"; page.Permalink != want {
		t.Errorf("%s, not %s", page.Permalink, want)
	}
	if !page.Date.Equal(time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)) || page.Title != "My_file.name" {
		t.Error(page.Date, page.Title)
	}
}

func TestDayInTheSitesZone(t *testing.T) {
	for zone, want := range map[string]string{"UTC": "/2026/08/20", "Europe/Berlin": "/2026/08/21", "America/New_York": "/2026/08/20"} {
		s, diags := load(t, "_config.yml", "permalink: /:year/:month/:day\ntimezone: "+zone+"\n")
		if len(diags) > 0 {
			t.Error(diags)
		}
		if got := s.RenderPost("_posts/2026-08-16-u.md", []byte("---\ndate: 2026-08-20 22:30:00 -0000\n---\n")).Permalink; got != want {
			t.Errorf("%s: %s, not %s", zone, got, want)
		}
	}
}

func TestFrontMatterPermalink(t *testing.T) {
	s, _ := load(t)
	for link, want := range map[string][2]string{
		"/about/":                   {"/about/", "about/index.html"},
		"old/:year/x.html":          {"/old/2026/x.html", "old/2026/x.html"},
		"/../../etc/x":              {"/etc/x", "etc/x.html"},
		"/a/%2e%2e/%2e%2e/%2e%2e/b": {"/a/%2e%2e/%2e%2e/%2e%2e/b", "b.html"},
		"/":                         {"/", "index.html"},
	} {
		p := s.RenderPost("_posts/2026-08-16-u.md", []byte("---\npermalink: \""+link+"\"\n---\n"))
		if p.Permalink != want[0] || p.Output != want[1] {
			t.Errorf("%s: %s %s, not %v", link, p.Permalink, p.Output, want)
		}
	}
	p := s.RenderPost("_posts/2026-08-16-u.md", []byte("---\npermalink: /:yaer/\n---\n"))
	if !hasCode(p.Diagnostics, "permalink-placeholder") {
		t.Error("a placeholder that there is not is not told of", p.Diagnostics)
	}
}

func TestPages(t *testing.T) {
	for _, c := range []struct{ permalink, file, want, output string }{
		{"date", "about.md", "/about.html", "about.html"},
		{"pretty", "about.md", "/about/", "about/index.html"},
		{"/:year/:title", "about.md", "/about", "about.html"},
		{"/:year/:title/", "docs/a b.md", "/docs/a%20b/", "docs/a b/index.html"},
		{"date", "docs/index.md", "/docs/", "docs/index.html"},
		{"date", "index.html", "/", "index.html"},
		{"pretty", "style.css", "/style.css", "style.css"},
	} {
		s, _ := load(t, "_config.yml", "permalink: "+c.permalink+"\n")
		p := s.RenderPost(c.file, []byte("---\ntitle: x\n---\n"))
		if p.Permalink != c.want || p.Output != c.output {
			t.Errorf("%s with %s: %s %s, not %s %s", c.file, c.permalink, p.Permalink, p.Output, c.want, c.output)
		}
	}
}
