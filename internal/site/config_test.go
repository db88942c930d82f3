package site

import (
	"strings"
	"testing"
	"time"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/site/config"
	"galley/internal/site/newpost"
	"galley/internal/site/zone"
)

func TestConfig(t *testing.T) {
	s, diags := load(t, "_config.yml", `title: News
description: >
  About
  things
url: https://x.example/
baseurl: news/
author: {name: Ana}
lang: de
permalink: pretty
timezone: Europe/Berlin
markdown: GFM
future: true
exclude: [a, b/c]
include: .well-known
galley:
  index: 5
  anything: {x: [1, two]}
defaults:
  - scope: {path: "", type: posts}
    values: {layout: essay, author: Bo}
  - scope: {path: _posts/special}
    values: {author: Chi}
  - nonsense
`)
	if len(diags) != 1 || diags[0].Code != "config-defaults" {
		t.Fatal(diags)
	}
	c := s.Config()
	if c.Title != "News" || c.Description != "About things" || c.URL != "https://x.example" || c.BaseURL != "/news" || c.Author != "Ana" ||
		c.Lang != "de" || c.PageSuffix != "/" || c.Location.String() != "Europe/Berlin" || c.Dialect != markdown.GFM || !c.Future || c.ShowDrafts ||
		len(c.Exclude) != 2 || len(c.Include) != 1 || c.Galley["index"] != 5 || c.Defaults.None() {
		t.Errorf("%+v", c)
	}
	e := s.pages.Entry("_posts/special/2026-01-02-a.md", parsePost("x"))
	if e.Meta["author"] != "Chi" || e.Meta["layout"] != "essay" {
		t.Error(e.Meta)
	}
	e = s.pages.Entry("_posts/2026-01-02-a.md", parsePost("---\nlayout: own\n---\n"))
	if e.Meta["author"] != "Bo" || e.Meta["layout"] != "own" {
		t.Error(e.Meta)
	}
	if e = s.pages.Entry("a.md", parsePost("x")); e.Meta["author"] != nil {
		t.Error(e.Meta)
	}
}

// TestConfigProblems: each is told at its line, and the site works.
func TestConfigProblems(t *testing.T) {
	for _, c := range []struct{ text, code, at, words string }{
		{"title: T\n\tx: 1\n", "config-yaml", "2:1", "Line 2"},
		{"- a\n- b\n", "config-yaml", "1:1", "key: value"},
		{"title: T\ntimezone: Mars/Olympus\n", "config-timezone", "2:1", "Mars/Olympus"},
		{"title: T\ntimezone: Local\n", "config-timezone", "2:1", "Local"},
		{"\n\npermalink: /:yaer/:title\n", "config-permalink", "3:1", ":yaer"},
		{"markdown: redcarpet\n", "config-markdown", "1:1", "redcarpet"},
		{"title: [a, b]\n", "config-type", "1:1", "title"},
		{"future: soon\n", "config-type", "1:1", "true or false"},
		{"galley: x\n", "config-type", "1:1", "galley"},
		{"galley:\n  sign_off: maybe\n", "config-sign-off", "1:1", "never, ask or always"},
		{"galley:\n  branch: \"{mm}{dd}\"\n", "config-branch", "1:1", "year"},
		{"galley:\n  branch: [a]\n", "config-type", "1:1", "branch"},
		{"kramdown:\n  hard_wrap: false\n  toc_levels: 1..9\n", "config-kramdown", "3:3", "toc_levels"},
		{"kramdown: {math_engine: katex}\n", "config-kramdown", "1:1", "mathjax"},
		{"title: T\nexclude: [" + strings.Repeat("\"*.a\", ", 101) + "]\n", "config-patterns", "2:1", "exclude in the settings has more than 100 patterns"},
		{"include: \"" + strings.Repeat("*a", 2000) + "\"\n", "config-patterns", "1:1", "include"},
		{"relative_links:\n  exclude: [" + strings.Repeat("\"*.a\", ", 101) + "]\n", "config-patterns", "1:1", "relative_links"},
		{"collections: [" + strings.Repeat("a, ", 255) + "]\n", "config-collections", "1:1", "250 collections; the last 5"},
		{strings.Repeat("#", config.MaxFile+1), "config-too-large", "1:1", "larger"},
		{"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n", "config-yaml", "7:1", "alias"},
	} {
		s, diags := load(t, "_config.yml", c.text)
		if len(diags) != 1 || diags[0].Code != c.code || diags[0].File != "_config.yml" || !strings.Contains(diags[0].Message, c.words) {
			t.Errorf("%.40q: %v", c.text, diags)
			continue
		}
		if at := diag.NewIndex([]byte(c.text)).Position(diags[0].Range.Start).String(); at != c.at {
			t.Errorf("%.40q: at %s, not %s", c.text, at, c.at)
		}
		if p := s.RenderPost("_posts/2026-01-02-a.md", []byte("x")); !strings.Contains(string(p.HTML), "<p>x</p>") {
			t.Errorf("%.40q: no page", c.text)
		}
	}
}

func mustLoad(t testing.TB, pairs ...string) *Site {
	s, _ := load(t, pairs...)
	return s
}

func TestNewPost(t *testing.T) {
	const template = "---\r\nlayout: post\r\ntitle: Week Ending Month DD, YYYY # Sunday\r\ndate: POST_DATE\r\nslug: 'YYYY'\r\n---\r\n\r\n## News\r\n\r\n*\r\n"
	s, _ := load(t, "template.md", template, "_config.yml", "timezone: Europe/Berlin\ngalley:\n  title: \"Week Ending {month} {day}, {year} {mm} {dd}\"\n  slug: \"{date}-update\"\n")
	name, src, err := s.NewPost(newpost.Post{Date: time.Date(2026, 8, 5, 23, 0, 0, 0, time.UTC)})
	if err != nil || name != "_posts/2026-08-06-update.md" {
		t.Fatal(name, err)
	}
	want := strings.NewReplacer("Week Ending Month DD, YYYY", "Week Ending August 6, 2026 08 06", "POST_DATE", "2026-08-06 01:00:00 +0200", "'YYYY'", "'2026-08-06-update'").Replace(template)
	if string(src) != want {
		t.Errorf("got %q\nwant %q", src, want)
	}
	for _, c := range []struct {
		n    newpost.Post
		want string
	}{
		{newpost.Post{Title: "Ünï & more"}, "_posts/2026-09-01-ünï-more.md"},
		{newpost.Post{Title: "../../etc/passwd"}, "_posts/2026-09-01-etc-passwd.md"},
		{newpost.Post{Title: "x", Slug: "2026-09-01-a"}, "_posts/2026-09-01-a.md"},
		{newpost.Post{Title: "x", Slug: "2026-09-01"}, "_posts/2026-09-01-post.md"},
	} {
		s, _ := load(t)
		name, src, err := s.NewPost(c.n)
		if err != nil || name != c.want {
			t.Errorf("%+v: %s %v", c.n, name, err)
			continue
		}
		if p := s.RenderPost(name, src); len(p.Diagnostics) > 0 || p.Title != c.n.Title {
			t.Errorf("%+v: %q %v", c.n, p.Title, p.Diagnostics)
		}
	}
	s, _ = load(t, "_config.yml", "collections_dir: col\n")
	if name, _, err := s.NewPost(newpost.Post{Title: "x"}); err != nil || name != "col/_posts/2026-09-01-x.md" {
		t.Errorf("within a folder: %s, %v", name, err)
	}
	s, _ = load(t)
	if _, _, err := s.NewPost(newpost.Post{Title: "???"}); err == nil {
		t.Error("a post without a name was made")
	}
	// The template file may have anything in it.
	for _, text := range []string{"", "no front matter", "---\ntitle: [\n---\n", "---\nnever closed", "\ufeff---\na: b\n---\n"} {
		s, _ := load(t, "template.md", text)
		if _, src, err := s.NewPost(newpost.Post{Title: "T"}); err == nil && !strings.Contains(string(src), "T") {
			t.Errorf("%q became %q", text, src)
		}
	}
}

// The zone that a bundle brings is the one that its site has.
func TestBundleZone(t *testing.T) {
	m := files("_config.yml", "timezone: Pacific/Auckland\npermalink: /:year/:month/:day\n")
	bundle, err := BundleFiles(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	if bundle[zone.File] == "" {
		t.Fatal("the bundle brings no zone")
	}
	// As in a browser: the name alone finds nothing.
	bundle[config.File] = strings.Replace(bundle[config.File], "Pacific/Auckland", "Nowhere/Else", 1)
	s, diags, err := Load(FromBundle(bundle), mustLoad(t).pages.Options)
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	if got := s.RenderPost("_posts/2026-08-16-u.md", []byte("---\ndate: 2026-08-20 22:30:00 -0000\n---\n")).Permalink; got != "/2026/08/21" {
		t.Error(got)
	}
}
