package site

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"galley/internal/diag"
	"galley/internal/site/render"
)

// liquidLine renders one line of Liquid in a layout.
func liquidLine(t *testing.T, text string) (string, render.Page) {
	t.Helper()
	s, _ := load(t, "_config.yml", "url: https://x.example\nbaseurl: /b\n", "_layouts/l.html", text)
	p := s.RenderPost("_posts/2026-08-16-u.md", []byte("---\nlayout: l\ntitle: A <b> \"c\"\ntags: [one, two]\nnested: {z: 1, a: 2}\n---\nx\n"))
	return string(p.HTML), p
}

// The wanted results are what Jekyll 4.3.1 gives.
func TestLiquid(t *testing.T) {
	for _, c := range [][2]string{
		{`{{ "/a" | relative_url }} {{ "a" | absolute_url }} {{ "https://y/z" | relative_url }}`, "/b/a https://x.example/b/a https://y/z"},
		{`{{ page.title | escape }}|{{ page.title | xml_escape }}|{{ "a'b" | escape }}`, "A &lt;b&gt; &quot;c&quot;|A &lt;b&gt; &quot;c&quot;|a&#39;b"},
		{`{{ page.title | slugify }} {{ "A_b.C d" | slugify: "pretty" }} {{ "É a" | slugify: "ascii" }}`, "a-b-c a_b.c-d a"},
		{`{{ page.date | date: "%Y %b %-d %j %%" }} {{ "2026-02-03" | date_to_string }} {{ "2026-02-03" | date_to_long_string: "ordinal", "US" }}`, "2026 Aug 16 228 % 03 Feb 2026 February 3rd, 2026"},
		{`{{ page.date }} {{ page.date | date_to_xmlschema }} {{ page.date | date_to_rfc822 }}`, "2026-08-16 00:00:00 +0000 2026-08-16T00:00:00+00:00 Sun, 16 Aug 2026 00:00:00 +0000"},
		{`{{ "now" | date: "%Y" }} {{ site.time | date: "%F" }}`, "2026 2026-09-01"},
		{`{{ page.tags | join: "," }} {{ page.tags | size }} {{ page.tags.first }} {{ page.tags[1] }}`, "one,two 2 one two"},
		{`{{ page.tags | array_to_sentence_string }} {{ page.tags | push: "x" | array_to_sentence_string: "or" }}`, "one and two one, two, or x"},
		{`{% for t in page.tags limit: 1 offset: 1 %}{{ forloop.index }}{{ t }}{% endfor %}{% for t in nothing %}{% else %}none{% endfor %}`, "1twonone"},
		{`{% for i in (1..3) reversed %}{{ i }}{% if i == 2 %}{% break %}{% endif %}{% endfor %}`, "32"},
		{`{% for p in page.nested %}{{ p[0] }}={{ p[1] }};{% endfor %}`, "z=1;a=2;"},
		{`{% if page.nothing == empty or page.tags contains "two" and page.title != blank %}yes{% endif %}`, "yes"},
		{`{% if page.nothing == blank %}a{% endif %}{% assign e = "" %}{% if e == empty %}b{% endif %}{% unless page.tags == empty %}c{% endunless %}`, "bc"},
		{`{% case page.tags.size %}{% when 1 %}a{% when 2, 3 %}b{% else %}c{% endcase %}`, "b"},
		{`{{ 7 | plus: 1 }} {{ 7 | divided_by: 2 }} {{ 7 | divided_by: 2.0 }} {{ 7 | times: 1000000 }} {{ 7 | minus: 9 }} {{ 7 | modulo: 4 }} {{ "5" | plus: 1 }}`, "8 3 3.5 7000000 -2 3 6"},
		{`{{ "a b  c" | number_of_words }} {{ "<p>a<script>x</script>b</p>" | strip_html }} {{ " a  b " | normalize_whitespace }}`, "3 ab a b"},
		{`{{ "hELLO you" | capitalize }} {{ "abcdefgh" | truncate: 5 }} {{ "a b c d" | truncatewords: 2, "--" }}`, "Hello you ab... a b--"},
		{`{{ "a" | append: "b" | prepend: "c" | upcase | replace: "B", "d" | remove: "A" }} {{ "a,b" | split: "," | last }}`, "Cd b"},
		{`{{ "x *y*" | markdownify | strip }} {{ '"q"' | smartify }}`, "<p>x <em>y</em></p> “q”"},
		{`{{ page.nested | jsonify }} {{ page.tags | jsonify }} {{ "a/b" | jsonify }}`, `{"z":1,"a":2} ["one","two"] "a/b"`},
		{`{% raw %}{{ x }}{% if %}{% endraw %}{% comment %}{{ x }}{% endcomment %}`, "{{ x }}{% if %}"},
		{`a {%- if true -%} b {%- endif -%} c`, "abc"},
		{`{% capture c %}{{ content }}{% endcapture %}{{ c | strip_html | strip | size }}`, "1"},
		{`{% increment n %}{% increment n %}{% decrement m %}`, "01-1"},
		{`{% tablerow t in page.tags cols: 2 %}{{ t }}{% endtablerow %}`, `<tr class="row1"><td class="col1">one</td><td class="col2">two</td></tr>`},
		{`{% for t in page.tags %}{% cycle "a", "b" %}{% endfor %}`, "ab"},
		{`{{ page.collection }} {{ page.path }} {{ page.id }} {{ page.url }} {{ page.slug }}`, "posts _posts/2026-08-16-u.md /2026/08/16/u /2026/08/16/u.html u"},
		{`{{ jekyll.environment }} {{ layout.x }}`, "production "},
		{`{% highlight go %}` + "\nx < 1\n" + `{% endhighlight %}`, `<figure class="highlight"><pre><code class="language-go" data-lang="go">`},
	} {
		got, p := liquidLine(t, c[0])
		if strings.Contains(c[0], "highlight") && strings.HasPrefix(strings.TrimSpace(got), c[1]) {
			continue
		}
		if strings.ReplaceAll(got, "\n", "") != c[1] {
			t.Errorf("%s\n got %q\nwant %q\n%v", c[0], got, c[1], p.Diagnostics)
		}
	}
}

// TestLiquidErrors: file, line and words are named, and the content is shown in
// no other layout meanwhile, below the cause.
func TestLiquidErrors(t *testing.T) {
	for _, c := range []struct{ text, line, words string }{
		{"---\nx: 1\n---\n<p>\n{% if %}{% endif %}", "Line 5", "{% if %}"},
		{"a\n{{ page.title | shout }}", "Line 2", "shout"},
		{"a\n\n{% nosuchtag x %}", "Line 3", "nosuchtag"},
		{"a\n{% for x in page.tags %}\n", "Line 2", "for"},
		{"a\n{% include nowhere.html %}", "Line 2", "nowhere.html"},
		{"a\n{{ 1 | divided_by: 0 }}", "Line 2", "divi"},
		{"a\n{% post_url 2020-01-01-x %}", "Line 2", "2020-01-01-x"},
	} {
		_, p := liquidLine(t, c.text)
		if len(p.Diagnostics) == 0 {
			t.Errorf("%q: nothing was found", c.text)
			continue
		}
		d := p.Diagnostics[0]
		if d.File != "_layouts/l.html" || !strings.Contains(d.Message, c.line) || !strings.Contains(d.Message, c.words) {
			t.Errorf("%q: %+v", c.text, d)
		}
		switch html := string(p.HTML); {
		case d.Severity == diag.Warning:
		case !strings.Contains(html, "<p>x</p>") || !strings.Contains(html, "cannot be shown in its layout") || p.ContentStart < 0:
			t.Errorf("%q: not the content below the cause: %s", c.text, html)
		}
	}
	s, _ := load(t, "_layouts/l.html", "{% include a.html %}", "_includes/a.html", "x\n{{ 'a' | nofilter }}\n")
	p := s.RenderPost("x.md", []byte("---\nlayout: l\n---\nx\n"))
	if len(p.Diagnostics) == 0 || p.Diagnostics[0].File != "_includes/a.html" || !strings.Contains(p.Diagnostics[0].Message, "Line 2") {
		t.Error(p.Diagnostics)
	}
}

// TestHostileLiquid ends, whatever it does. In short mode a third of the texts
// is enough, as with templates: loops, growing texts, growing lists.
func TestHostileLiquid(t *testing.T) {
	for i, text := range []string{
		`{% for i in (1..2000000000) %}{% endfor %}`,
		`{% for i in (1..2000000) %}{% for j in (1..2000000) %}x{% endfor %}{% endfor %}`,
		`{% assign x = "aaaaaaaaaaaaaaaa" %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}`,
		`{% assign x = "aaaaaaaaaaaaaaaa" %}{% for i in (1..60) %}{% assign x = x | replace: "a", x %}{% endfor %}`,
		`{% assign x = "&" %}{% for i in (1..600) %}{% assign x = x | url_encode | url_encode | append: x %}{% endfor %}`,
		`{% capture x %}aaaaaaaa{% endcapture %}{% for i in (1..60) %}{% capture x %}{{ x }}{{ x }}{% endcapture %}{% endfor %}`,
		`{% assign x = "a,b" | split: "," %}{% for i in (1..60) %}{% assign x = x | concat: x %}{% endfor %}`,
		`{% assign x = (1..2000000000) | join: "" %}`,
		`{% include a.html %}`,
		`{{ "x" | truncate: 99999999999999999999 }}`,
	} {
		if testing.Short() && i%3 != 0 {
			continue
		}
		start := time.Now()
		s, _ := load(t, "_layouts/l.html", text+"{{ content }}", "_includes/a.html", "{% include a.html %}{% include a.html %}")
		p := s.RenderPost("x.md", []byte("---\nlayout: l\n---\nx\n"))
		if len(p.Diagnostics) == 0 && !strings.Contains(text, "truncate") || !strings.Contains(string(p.HTML), "<p>x</p>") {
			t.Errorf("%s: %v", text, p.Diagnostics)
		}
		if took := time.Since(start); took > 20*time.Second && runtime.GOARCH != "wasm" {
			t.Errorf("%s took %s", text, took)
		}
	}
	s, _ := load(t, "_layouts/a.html", "---\nlayout: b\n---\n{{ content }}", "_layouts/b.html", "---\nlayout: a\n---\n{{ content }}")
	if p := s.RenderPost("x.md", []byte("---\nlayout: a\n---\nx\n")); len(p.Diagnostics) > 0 || !strings.Contains(string(p.HTML), "<p>x</p>") {
		t.Error("a layout inside itself", p.Diagnostics)
	}
}

// Excerpts and contents that ask for each other end, whoever else asks meanwhile.
func TestExcerptOfItself(t *testing.T) {
	all := " {% for p in site.posts %}[{{ p.excerpt }}{{ p.content }}]{% endfor %} {{ page.previous.content }}{{ page.next.excerpt }}\n\nMore.\n"
	s, _ := load(t, "_config.yml", "title: T\n", "_layouts/l.html", "{% for p in site.posts %}{{ p.excerpt }}{% endfor %}{{ content }}",
		"_posts/2026-01-01-a.md", "---\nlayout: l\n---\nFirst"+all, "_posts/2026-01-02-b.md", "---\nlayout: l\n---\nSecond"+all,
		"_posts/2026-01-03-c.md", "---\nlayout: l\n---\nThird.\n")
	var pages sync.WaitGroup
	for range 8 {
		for _, word := range []string{"First", "Second", "Third"} {
			pages.Go(func() {
				p := s.RenderPost("_posts/2026-01-04-d.md", []byte("---\nlayout: l\n---\nLast"+all))
				if !strings.Contains(string(p.HTML), word) || !strings.Contains(string(p.HTML), "Last") {
					t.Errorf("the page has no %s: %s", word, p.HTML)
				}
			})
		}
	}
	pages.Wait()
}

// An excerpt that is written with all that its page has is none of its own, however
// it asks.
func TestExcerptOfAll(t *testing.T) {
	for all, want := range map[string]string{
		"{{ page | jsonify }}": `"id":"/2026/01/04/d#excerpt","relative_path":"_posts/2026-01-04-d.html/#excerpt","excerpt":null,`,
		"{{ page | inspect }}": "&quot;excerpt&quot;: null,",
		"{{ page.excerpt }}{% for p in site.posts %}{{ p.excerpt }}{% endfor %}": "[]",
	} {
		s, _ := load(t, "_layouts/l.html", "[{{ page.excerpt }}]")
		p := s.RenderPost("_posts/2026-01-04-d.html", []byte("---\nlayout: l\n---\n"+all+"\n\nMore.\n"))
		if html := strings.ReplaceAll(string(p.HTML), "\n", ""); !strings.Contains(html, want) {
			t.Errorf("%s: the page has no %s: %s", all, want, p.HTML)
		}
	}
}

// What a page includes once for all is made anew for a page that is being written.
func TestCachedIncludes(t *testing.T) {
	s, _ := load(t, "_config.yml", "plugins: [jekyll-include-cache]\n", "_layouts/l.html", "{% include_cached n.html %}{% include_cached n.html %}{{ content }}",
		"_includes/n.html", "{% for p in site.posts %}[{{ p.title }}]{% endfor %}")
	for _, title := range []string{"One", "Two"} {
		p := s.RenderPost("_posts/2026-01-04-d.md", []byte("---\nlayout: l\ntitle: "+title+"\n---\nx\n"))
		if want := "[" + title + "][" + title + "]"; !strings.HasPrefix(string(p.HTML), want) {
			t.Errorf("the page does not begin with %s: %s", want, p.HTML)
		}
	}
}

// In a built site an include that is cached is one for all pages that give it the same:
// documents, lists of them and the site are the same wherever they are met.
func TestCachedIncludesOfDrops(t *testing.T) {
	for given, shared := range map[string]bool{"site": true, "site.posts": true, "site.posts.first": true, "site.static_files": true, "site.collections": true, "page": false, "page.title": false} {
		s, _ := load(t, "_config.yml", "plugins: [jekyll-include-cache]\n", "_includes/n.html", "[{{ include.x | size }}{{ page.title }}]", "a.txt", "a",
			"_layouts/l.html", "{% include_cached n.html x="+given+" %}",
			"_posts/2026-01-01-a.md", "---\nlayout: l\ntitle: A\n---\na", "_posts/2026-01-02-b.md", "---\nlayout: l\ntitle: B\n---\nb")
		var out memory
		if _, err := Build(context.Background(), s, &out, nil); err != nil {
			t.Fatal(err)
		}
		first, second := out.files["2026/01/01/a.html"], out.files["2026/01/02/b.html"]
		if first == "" || second == "" || (first == second) != shared {
			t.Errorf("%s: %q and %q", given, first, second)
		}
	}
}

// TestLiquidInPosts: tags in a post are carried out on every site.
func TestLiquidInPosts(t *testing.T) {
	const post = "---\ntitle: T\nlayout: l\n---\n\n{{ page.title }}\n"
	s, _ := load(t, "_layouts/l.html", "[{{ content }}]")
	p := s.RenderPost("_posts/2026-08-16-u.md", []byte(post))
	if !strings.Contains(string(p.HTML), "<p>T</p>") || p.BodyStart != -1 {
		t.Errorf("%s %d", p.HTML, p.BodyStart)
	}
	p = s.RenderPost("_posts/2026-08-16-u.md", []byte("---\nlayout: l\nrender_with_liquid: false\n---\n\n{{ page.title }}\n"))
	if !strings.Contains(string(p.HTML), "{{ page.title }}") || p.BodyStart < 0 {
		t.Errorf("%s", p.HTML)
	}
	p = s.RenderPost("_posts/2026-08-16-u.md", []byte("---\nlayout: l\n---\nok\n\n{% if %}\n"))
	if len(p.Diagnostics) != 1 || p.Diagnostics[0].File != "" || p.Diagnostics[0].Range.Start != 22 || !strings.Contains(string(p.HTML), "{% if %}") {
		t.Errorf("%v %s", p.Diagnostics, p.HTML)
	}
	s, _ = load(t)
	p = s.RenderPost("_posts/2026-08-16-u.md", []byte(post))
	if !strings.Contains(string(p.HTML), "<p>T</p>") {
		t.Errorf("%s", p.HTML)
	}
}

// TestTemplatesWinOverLayouts as the package comment says.
func TestTemplatesWinOverLayouts(t *testing.T) {
	s, _ := load(t, "_layouts/post.html", "liquid", "_layouts/default.html", "default {{ content }}", "templates/post.html", "own {{.Content}}")
	if p := s.RenderPost("x.md", []byte("---\nlayout: post\n---\nx")); !strings.HasPrefix(string(p.HTML), "own ") {
		t.Errorf("%s", p.HTML)
	}
	if p := s.RenderPost("x.md", []byte("---\nlayout: default\n---\nx")); !strings.HasPrefix(string(p.HTML), "default ") {
		t.Errorf("%s", p.HTML)
	}
}

// TestPreviewKnowsOtherPosts: a layout that lists posts shows the one being
// written as it is being written.
func TestPreviewKnowsOtherPosts(t *testing.T) {
	m := files("_layouts/post.html", `{% for p in site.posts %}{{ p.title }};{% endfor %}{{ page.previous.title }}<{{ content }}`,
		"_posts/2026-01-02-a.md", postOn("2026-01-02", "layout: post\n"), "_posts/2026-01-03-b.md", postOn("2026-01-03", "layout: post\n"))
	s, _ := load(t)
	s2, bundle := throughBundle(t, m, s.pages.Options)
	if len(bundle) != 4 {
		t.Error(len(bundle))
	}
	p := s2.RenderPost("_posts/2026-01-03-b.md", []byte("---\ntitle: Changed\nlayout: post\ndate: 2026-01-03\n---\nx"))
	if want := "Changed;Post of 2026-01-02;Post of 2026-01-02<"; !strings.HasPrefix(string(p.HTML), want) {
		t.Errorf("%s", p.HTML)
	}
}

// TestPreviewKnowsPages: a layout that lists pages and files shows the same
// in the preview as in the built site.
func TestPreviewKnowsPages(t *testing.T) {
	pairs := []string{
		"_config.yml", "permalink: /:title\nexclude: [hidden]\n",
		"_layouts/post.html", `{% for p in site.pages %}{{ p.url }} {{ p.title }};{% endfor %}{% for f in site.static_files %}{{ f.path }};{% endfor %}{% link about.md %} {% post_url 2026-01-02-a %}<{{ content }}`,
		"_posts/2026-01-02-a.md", postOn("2026-01-02", "layout: post\n"), "about.md", "---\ntitle: About\nlayout: none\n---\nx", "img/a.png", "\x89PNG", "hidden/b.md", "x",
	}
	built, report := buildSite(t, pairs...)
	s, bundle := throughBundle(t, files(pairs...), mustLoad(t).pages.Options)
	p := s.RenderPost("_posts/2026-01-02-a.md", []byte(postOn("2026-01-02", "layout: post\n")))
	if string(p.HTML) != built["a.html"] || !strings.HasPrefix(built["a.html"], "/about About;/img/a.png;/about /a<") {
		t.Errorf("built %s\npreview %s\n%v %v", built["a.html"], p.HTML, p.Diagnostics, report.Problems)
	}
	if bundle["img/a.png"] != "" || bundle["hidden/b.md"] != "" {
		t.Error("the bundle has more than it needs")
	}
}

// TestPreviewKnowsTexts: a layout that looks at the texts of other posts in whatever
// way shows in the preview what it shows in the built site.
func TestPreviewKnowsTexts(t *testing.T) {
	long := "---\ntitle: A\n---\n" + strings.Repeat("One two three.\n\n", 500)
	for _, looks := range []string{
		"{{ site.posts | map: 'content' | join | number_of_words }}", "{% for p in site.posts %}{{ p['content'] | size }};{% endfor %}",
		"{{ site.posts | jsonify | size }}", "{% for p in site.posts %}{{ p | number_of_words }};{% endfor %}", "{{ page.previous }}",
	} {
		pairs := []string{"_layouts/post.html", looks, "_posts/2026-01-02-a.md", long, "_posts/2026-01-03-b.md", postOn("2026-01-03", "layout: post\n")}
		built, _ := buildSite(t, pairs...)
		s, _ := throughBundle(t, files(pairs...), mustLoad(t).pages.Options)
		p := s.RenderPost("_posts/2026-01-03-b.md", []byte(postOn("2026-01-03", "layout: post\n")))
		if want := built["2026/01/03/b.html"]; want == "" || string(p.HTML) != want {
			t.Errorf("%s: built %.200s, preview %.200s", looks, want, p.HTML)
		}
	}
}

// TestMD5: a filter of a site's own plugin that many sites have.
func TestMD5(t *testing.T) {
	for source, want := range map[string]string{
		"def md5(x)\nDigest::MD5.hexdigest(x.strip.downcase)": "0bc83cb571cd1c50ba6f3e8a78ef1346",
		"def md5(x)\nDigest::MD5.hexdigest(x)":                "a957567ba0ce0106c0d1cfa646acdb71",
	} {
		s, _ := load(t, "_plugins/md5.rb", source, "_layouts/l.html", `{{ "MyEmailAddress@example.com " | strip | md5 }}`)
		if p := s.RenderPost("x.md", []byte("---\nlayout: l\n---\nx\n")); string(p.HTML) != want {
			t.Errorf("%s: %s", source, p.HTML)
		}
	}
}
