package site

import (
	"bytes"
	"context"
	"io/fs"
	"strings"
	"testing"

	"galley/internal/example"
	"galley/internal/lexers"
	"galley/internal/post"
	"galley/internal/site/config"
)

// FuzzRenderPost: a page comes of any text, its content is where it says, and
// its shell is the page without it.
func FuzzRenderPost(f *testing.F) {
	for _, s := range []string{
		samplePost, "", "---", "---\n", "---\n---\n", "---\ntitle: [\n---\nx", "---\ntitle: {a: b}\ndate: 2024-04-17 14:4g5:00\n---\n",
		"\ufeff---\r\ntitle: T\r\n---\r\n\r\nx\r\n", "---\nlayout: index\n---\n", "---\nlayout: none\n---\n<b", "---\nlayout: feed\n---\n",
		"---\nimage: {path: 5}\ntags: {a: b}\nredirect_from: 5\n---\n<!--galley:content-->", "---\npermalink: \"\\0/../..\"\n---\n",
		"---\nexcerpt: \"<script>\"\nexcerpt_separator: e\n---\nsentence", "\x00\xff\xfe", "---\nlast_modified_at: x\nauthor: [a]\nlang: [b]\n---\n",
	} {
		f.Add("_posts/2026-08-16-u.md", s)
	}
	f.Add("../../x.md", "x")
	f.Add("", "x")
	sites := []*Site{mustLoad(f, "_config.yml", "url: https://x.example\n"), mustLoad(f, fuzzedSite...)}
	f.Fuzz(func(t *testing.T, name, src string) {
		if len(src) > maxFuzzed {
			t.Skip("long texts are slow, and other tests have them")
		}
		for _, s := range sites {
			checkPost(t, s, name, src)
		}
	})
}

// maxFuzzed is how long the texts are that are tried, in bytes: thousands of
// short ones find more than a few long ones.
const maxFuzzed = 4096

// fuzzedSite is a site of Jekyll's with what the fuzzers look at.
var fuzzedSite = []string{
	"_config.yml", "url: https://x.example\npaginate: 1\ncollections: {c: {output: true}}\nplugins: [jekyll-feed, jekyll-sitemap, jekyll-seo-tag, jekyll-redirect-from, jekyll-paginate, jekyll-archives, jekyll-mentions, jekyll-relative-links, jekyll-titles-from-headings, jekyll-include-cache]\njekyll-archives: {enabled: all, layout: post}\n",
	"_layouts/post.html", "<html><head>{% seo %}</head><body>{{ page.title }}{{ content }}{{ page.excerpt }}</body></html>\n",
	"_includes/a.html", "{{ include.x }}{{ page.tags | join: ',' }}\n",
	"_data/d.yml", "a: 1\n",
	"_posts/2026-08-15-one.md", "---\nlayout: post\ntags: [a, B]\ncategory: c\n---\nOne [two]({% post_url 2026-08-15-one %}).\n\nMore.\n",
	"_c/doc.md", "---\nlayout: post\nredirect_from: /old\n---\n# Doc\n",
	"index.html", "---\n---\n{% for p in paginator.posts %}{{ p.url }}{% endfor %}{{ site | jsonify | size }}\n",
	"page.md", "---\nlayout: post\n---\n{% include a.html x=1 %}\n",
	"file.txt", "copied\n",
}

// checkPost renders one text as a post.
func checkPost(t *testing.T, s *Site, name, src string) {
	p := s.RenderPost(name, []byte(src))
	if hasCode(p.Diagnostics, "render-panic") {
		t.Fatal(p.Diagnostics)
	}
	if p.Output != "" && (!fs.ValidPath(p.Output) || strings.Contains(p.Output, "\\")) {
		t.Fatalf("written to %q", p.Output)
	}
	for _, d := range p.Diagnostics {
		if d.File == "" && (d.Range.Start < 0 || d.Range.Start > d.Range.End || d.Range.End > len(src)) {
			t.Fatalf("%+v is outside the file", d)
		}
	}
	content := p.Document.HTML()
	if p.ContentStart < 0 {
		return
	}
	if !bytes.Equal(p.HTML[p.ContentStart:p.ContentEnd], content) {
		t.Fatal("the content is not where the page says")
	}
	shell := s.Shell(name, post.Parse([]byte(src)), p.Document)
	if shell.ContentStart != p.ContentStart {
		t.Fatal("shell and page differ in where the content is")
	}
	rest := shell.HTML[shell.ContentEnd:]
	if !bytes.Equal(rest, p.HTML[p.ContentEnd:]) || !bytes.Equal(shell.HTML[:shell.ContentStart], p.HTML[:p.ContentStart]) {
		t.Fatal("the shell is not the page without its content")
	}
}

// FuzzConfig: settings of any text give a site.
func FuzzConfig(f *testing.F) {
	if src, err := fs.ReadFile(example.FS(), config.File); err == nil {
		f.Add(string(src))
	}
	for _, s := range []string{"", ":", "- a", "a: &a [*a]", "title: {", "galley: [1]", "defaults: {scope: 5}", "permalink: :", "timezone: ../../etc/passwd",
		"exclude: {a: b}\ninclude: [[x]]", "a: !!binary x", "? [a]\n: b", "<<: {a: b}", "author: {name: [x]}", "baseurl: //x", "1: 2\ntrue: false"} {
		f.Add(s)
	}
	f.Add(fuzzedSite[1])
	// Galley's own templates take most of the time that loading takes.
	const page = "<title>{{.Page.Title}}</title>"
	options := Options{Now: now, Lexers: lexers.Source(), BuiltIn: files("post.html", page+"{{.Content}}", "page.html", page+"{{.Content}}", "index.html", page)}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > maxFuzzed {
			t.Skip("long texts are slow")
		}
		for _, pairs := range [][]string{{"_posts/2026-08-16-u.md", "x"}, fuzzedSite[2:]} {
			s, diags, err := Load(files(append(pairs[:len(pairs):len(pairs)], config.File, src)...), options)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range diags {
				if d.Range.Start < 0 || d.Range.Start > d.Range.End || d.Range.End > len(src) || d.Message == "" {
					t.Fatalf("%+v", d)
				}
			}
			if p := s.RenderPost("_posts/2026-08-17-u.md", []byte("wombat")); !strings.Contains(string(p.HTML), "wombat") {
				t.Fatalf("no page:\n%s", p.HTML)
			}
			var out memory
			if _, err := Build(context.Background(), s, &out, nil); err != nil {
				t.Fatal(err)
			}
			for name := range out.files {
				if !fs.ValidPath(name) || strings.Contains(name, "\\") {
					t.Fatalf("written to %q", name)
				}
			}
		}
	})
}

// FuzzTemplate: a template of any text is either used or told of, and ends.
func FuzzTemplate(f *testing.F) {
	for _, name := range []string{"post.html", "index.html", "feed.xml"} {
		if src, err := fs.ReadFile(mustLoad(f).pages.Options.BuiltIn, name); err == nil {
			f.Add(string(src))
		}
	}
	for _, s := range []string{"{{.Content}}", "{{range $i, $p := .Site.Posts}}{{$i}}{{$p.Title}}{{end}}", "{{with .Page}}{{.Date.Year}}{{end}}", "{{block \"x\" .}}{{end}}",
		"{{$x := .}}{{$x.Page.Meta.a.b.c}}", "{{(.Page).Title}}", "{{.Page.Date.Format \"2006\"}}", "{{break}}", "{{range 3}}{{continue}}{{end}}", "{{if .Page.Title}}<a href={{else}}<b {{end}}>"} {
		f.Add(s)
	}
	options := mustLoad(f).pages.Options
	f.Fuzz(func(t *testing.T, src string) {
		s, _, err := Load(files("templates/post.html", src), options)
		if err != nil {
			t.Fatal(err)
		}
		p := s.RenderPost("_posts/2026-08-16-u.md", []byte(samplePost))
		if hasCode(p.Diagnostics, "render-panic") {
			t.Fatal(p.Diagnostics)
		}
		if p.ContentStart >= 0 && !bytes.Equal(p.HTML[p.ContentStart:p.ContentEnd], p.Document.HTML()) {
			t.Fatal("the content is not where the page says")
		}
	})
}

// FuzzLiquid: a layout of any text is either used or told of, and ends.
func FuzzLiquid(f *testing.F) {
	for _, s := range []string{"{{ content }}", "{% for p in site.posts limit: 2 %}{{ p.title | escape }}{% endfor %}", "{% include a.html x=\"1\" y=page.title %}",
		"{% assign x = \"a,b\" | split: \",\" | where: \"a\", nil | sort: \"b\" | first %}{{ x | jsonify }}", "{% if a == empty and b contains 'c' %}{% elsif d %}{% else %}{% endif %}",
		"{%- raw -%}{{{%- endraw -%}", "{% capture x %}{{ x }}{% endcapture %}{{ x | date: '%Y' }}", "{% seo %}{% feed_meta %}", "{{ 'x' | slice: -9, 3 }}{{ 1 | round: 400 }}",
		"{% cycle 'a' %}", "{% tablerow x in (1..3) cols: 0 %}{% endtablerow %}", "{{ page | jsonify }}", "{{ site | size }}", "{% case x %}{% when %}{% endcase %}", "{% for x in y %}{% break %}"} {
		f.Add(s)
	}
	options := mustLoad(f).pages.Options
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 4096 {
			t.Skip("long texts are slow")
		}
		s, _, err := Load(files("_layouts/post.html", src, "_includes/a.html", "{{ include.x }}"), options)
		if err != nil {
			t.Fatal(err)
		}
		p := s.RenderPost("_posts/2026-08-16-u.md", []byte(samplePost))
		if hasCode(p.Diagnostics, "render-panic") {
			t.Fatal(p.Diagnostics)
		}
		if p.ContentStart >= 0 && !bytes.Equal(p.HTML[p.ContentStart:p.ContentEnd], p.Document.HTML()) {
			t.Fatal("the content is not where the page says")
		}
	})
}
