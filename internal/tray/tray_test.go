package tray

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"galley/internal/markdown"
	"galley/internal/site/plaintext"
)

var now = time.Date(2026, 3, 22, 12, 0, 0, 0, time.UTC)

func same(address string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://"), "/")
}

const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour &amp; Sea</title><link>https://blog.example/</link>
<item><title>Gates &lt;b&gt;open&lt;/b&gt; again</title><link>https://blog.example/gates/</link><pubDate>Fri, 20 Mar 2026 08:00:00 +0100</pubDate><description>&lt;p&gt;The gates
are &lt;em&gt;open&lt;/em&gt;.&lt;/p&gt;</description></item>
<item><title>Twice</title><link>http://blog.example/gates</link><pubDate>Thu, 19 Mar 2026 08:00:00 +0100</pubDate></item>
<item><title>Old</title><link>https://blog.example/old</link><pubDate>Thu, 19 Jan 2023 08:00:00 +0100</pubDate></item>
<item><title>Undated</title><link>javascript:alert(1)</link></item>
</channel></rss>`

const atomFeed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Atoms</title><entry><title type="html">Split &amp;amp; joined</title>
<link rel="alternate" href="/posts/split"/><updated>2026-03-18T10:00:00Z</updated><author><name>Ada</name></author><summary>Short</summary></entry></feed>`

const jsonFeed = `{"version":"https://jsonfeed.org/version/1.1","title":"Jay","items":[{"id":"1","url":"https://j.example/1","title":"One","date_published":"2026-03-17T00:00:00Z","content_html":"<p>Long <b>text</b></p>"}]}`

func tray(t testing.TB, settings map[string]any) Tray {
	t.Helper()
	list, wrong := Read(map[string]any{"trays": []any{settings}})
	if len(list) != 1 || len(wrong) > 0 {
		t.Fatal(list, wrong)
	}
	return list[0]
}

func TestFeeds(t *testing.T) {
	tr := tray(t, map[string]any{"name": "Blogs", "kind": "feed", "where": "https://blog.example/feed", "days": 30,
		"bullet": "[{{ item.title }}]({{ item.url }}) of {{ item.date | date: '%B %-d' }}{% if item.author != '' %} by {{ item.author }}{% endif %}"})
	var items []Item
	for _, text := range []string{rss, atomFeed, jsonFeed} {
		list, err := tr.Parse([]byte(text), "https://blog.example/feed")
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, list...)
	}
	var got []string
	for _, i := range tr.Arrange(items, now, same) {
		b, err := tr.Bullet(i, now)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, b+" ("+i.Source+": "+i.Summary+")")
	}
	want := []string{
		"[Gates open again](https://blog.example/gates/) of March 20 (Harbour & Sea: The gates are open.)",
		"[Split & joined](https://blog.example/posts/split) of March 18 by Ada (Atoms: Short)",
		"[One](https://j.example/1) of March 17 (Jay: Long text)",
		"[Undated]() of (Harbour & Sea: )",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSettings(t *testing.T) {
	for _, c := range []struct {
		entry any
		want  string
	}{
		{map[string]any{"name": "A", "kind": "feed", "where": "x.xml"}, ""},
		{"x", "a name, a kind"},
		{map[string]any{"kind": "feed", "where": "x"}, "no name"},
		{map[string]any{"name": "A", "kind": "fax", "where": "x"}, `no kind "fax"; the kinds are feed,`},
		{map[string]any{"name": "A", "kind": "feed"}, "does not say where"},
		{map[string]any{"name": "A", "kind": "pulls"}, "no query"},
		{map[string]any{"name": 3, "kind": "pulls"}, "name should be text"},
		{map[string]any{"name": "A", "kind": "feed", "where": "x", "days": "7"}, "days should be a number"},
		{map[string]any{"name": "A", "kind": "feed", "where": "x", "bullet": "{{ item.title | shout }}"}, "its bullet "},
		{map[string]any{"name": "A", "kind": "feed", "where": "x", "bullet": "{% include x.html %}"}, "its bullet "},
	} {
		list, wrong := Read(map[string]any{"trays": []any{c.entry}})
		if c.want == "" && (len(list) != 1 || len(wrong) != 0) || c.want != "" && (len(list) != 0 || len(wrong) != 1 || !strings.Contains(wrong[0], c.want)) {
			t.Errorf("%v: %v, %v", c.entry, list, wrong)
		}
	}
}

// titles are what somebody could call an article.
var titles = []string{
	"Plain", "A [link](javascript:alert(1))", "![x](y)", "<script>alert(1)</script>", "{{ site.github }} and {% include secret %}", "{{{{", "{:.class}", "{::options /}",
	"*bold* _it_ __b__ snake_case", "# heading", "1. one", "- dash", "> quote", "+ plus", ": def", "a | b | c", "`code` and `more`", "odd ` one", "``two``", "`a]b`", "`{{ .Values }}`",
	"&lt;b&gt; &amp; &#x3c;", `back\slash \[ \`, "~~gone~~ ==mark==", "[^1] $$x$$", "trailing \\", "line\nbreak\r\n\r\n# x", "\u202eevil\u200b", "=== x", "    code", "`", "a`b`", "` `", "<https://x.example>", "----", "***",
	"New ` *release*{: onclick=\"alert(1)\" style=\"position:fixed;inset:0\"} ` of x", "` **b** ` and ` $$x$$ `", "`a *b*{: onclick=\"x\"}`", "`std::mem` of `snake_case`",
	"ab<img src=x onerror=alert(1)>", "`x <b onclick=x>y</b>`", "{::nomarkdown}<b>x</b>{:/}", "`c`{: onclick=\"x\"}",
}

// A title is shown as it is, and is nothing else, in each dialect.
func TestLiteral(t *testing.T) {
	for _, dialect := range []markdown.Dialect{markdown.Kramdown, markdown.GFM, markdown.CommonMark} {
		for _, title := range titles {
			checkLiteral(t, dialect, title)
		}
	}
}

var (
	element = regexp.MustCompile(`<[^>]*>`)
	foreign = regexp.MustCompile(`(?i)\s(on\w+|style|id|src)\s*=|javascript:`)
)

// Code of one word stays code, since it would be harmless as text, too.
func TestLiteralCode(t *testing.T) {
	for title, want := range map[string]string{
		"`std::mem` of `snake_case`":       "`std::mem` of `snake_case`",
		"`&mut T`, `a = b` and `--flag`":   "`&mut T`, `a = b` and `--flag`",
		"back\\`slash`":                    "back\\\\`slash`",
		"` of ` and `x *y*`":               "\\` of \\` and \\`x \\*y\\*\\`",
		"`{{ .Values }}` and `&lt;`, `ok`": "\\`&#123;&#123; .Values }}\\` and \\`&amp;lt;\\`, `ok`",
	} {
		if got := Literal(title); got != want {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
}

// However a rule's filters cut what a stranger wrote, and in whichever of an item's
// texts it stands: no element of theirs is in the post, no attribute, and no Liquid.
func TestStrangersInBullets(t *testing.T) {
	rules := []string{"{{ item.%s }}", "{{ item.%s | truncatewords: 8 }}", "{{ item.%s | split: '`' | first }}", "{{ item.%s | remove_first: '`' }}", "{{ item.%s | split: ' ' | join: ' ' }}"}
	for n := range 40 {
		rules = append(rules, fmt.Sprintf("{{ item.%%s | truncate: %d, '' }}", n), fmt.Sprintf("{{ item.%%s | slice: %d, 999 }}", n))
	}
	labels := "{%% for l in item.labels %%}{{ l }}{%% endfor %%}({{ item.labels | join: ', ' }})"
	renderers := []*markdown.Renderer{markdown.New(markdown.Config{}), markdown.New(markdown.Config{Dialect: markdown.GFM})}
	for field, rules := range map[string][]string{"title": rules, "summary": rules, "author": rules, "version": rules[:5], "source": rules[:5], "fields.x": rules[:5], "labels": {labels}} {
		for _, rule := range rules {
			rule = "[" + strings.ReplaceAll(strings.Replace(rule, "%s", field, 1), "%%", "%") + "]({{ item.url }}): `{{ item.author }}`"
			tr := tray(t, map[string]any{"name": "Blogs", "kind": "feed", "where": "x.xml", "bullet": rule})
			for _, title := range titles {
				i := Item{URL: "https://a.example/", Title: title, Summary: title, Author: "A", Version: title, Source: title, Labels: []string{title, title}, Fields: [][2]string{{"x", title}}}
				if field == "author" {
					i.Author = title
				}
				checkStranger(t, renderers, tr, i, rule)
			}
		}
	}
}

func checkStranger(t *testing.T, renderers []*markdown.Renderer, tr Tray, i Item, rule string) {
	t.Helper()
	b, err := tr.Bullet(i, now)
	if err != nil || strings.Contains(b, "{{") || strings.Contains(b, "{%") || strings.Contains(b, "{:") {
		t.Errorf("%s of %q: %s, %v", rule, i.Summary, b, err)
	}
	for _, r := range renderers {
		out := string(r.Render([]byte("* " + b + "\n")).HTML())
		for _, tag := range element.FindAllString(out, -1) {
			if foreign.MatchString(tag) || strings.HasPrefix(tag, "<a") && tag != `<a href="https://a.example/">` {
				t.Errorf("%s of %q: %s in %s", rule, i.Summary, tag, out)
			}
		}
	}
}

// checkLiteral renders a bullet and looks for anything but the title in it.
func checkLiteral(t *testing.T, dialect markdown.Dialect, title string) {
	t.Helper()
	text := Literal(title)
	if strings.Contains(text, "{{") || strings.Contains(text, "{%") || strings.ContainsAny(text, "\n\r") {
		t.Errorf("%q: Liquid or a line is left in %q", title, text)
	}
	r := markdown.New(markdown.Config{Dialect: dialect})
	for _, form := range []string{"* %", "* [%](https://x.example/)", "* see % there"} {
		doc := r.Render([]byte(strings.Replace(form, "%", text, 1) + "\n"))
		out := string(doc.HTML())
		for _, tag := range element.FindAllString(out, -1) {
			name := strings.Trim(strings.Fields(tag)[0], "</>")
			if name != "ul" && name != "li" && name != "code" && (name != "a" || form == "* %") && name != "span" && name != "p" {
				t.Errorf("%s, %q as %q: %s in %s", dialect, title, form, tag, out)
			}
			if foreign.MatchString(tag) {
				t.Errorf("%s, %q as %q: attributes in %s", dialect, title, form, tag)
			}
		}
		shown := plaintext.Words(out)
		want := strings.Join(strings.Fields(strings.Map(func(r rune) rune {
			if hidden(r) || r == '`' {
				return -1
			}
			return r
		}, title)), " ")
		want = strings.Replace(strings.TrimPrefix(form, "* "), "%", want, 1)
		if inner, ok := strings.CutSuffix(want, "](https://x.example/)"); ok {
			want = inner[1:]
		}
		if plainer(shown) != plainer(want) {
			t.Errorf("%s, %q as %q: shows %q, want %q (%s)", dialect, title, text, shown, want, out)
		}
	}
}

// plainer leaves out what typography changes, and spaces.
func plainer(text string) string {
	return strings.NewReplacer("`", "", " ", "", "–", "--", "—", "---", "…", "...", "“", `"`, "”", `"`, "’", "'", "‘", "'").Replace(text)
}

func FuzzLiteral(f *testing.F) {
	for _, title := range titles {
		f.Add(title)
	}
	r := []*markdown.Renderer{markdown.New(markdown.Config{}), markdown.New(markdown.Config{Dialect: markdown.GFM})}
	f.Fuzz(func(t *testing.T, title string) {
		text := Literal(title)
		if strings.Contains(text, "{{") || strings.Contains(text, "{%") || strings.ContainsAny(text, "\n\r") {
			t.Errorf("%q: Liquid or a line is left in %q", title, text)
		}
		for _, r := range r {
			out := string(r.Render([]byte("* [" + text + "](https://x.example/)\n")).HTML())
			if strings.TrimSpace(text) == "" {
				continue
			}
			for _, tag := range element.FindAllString(out, -1) {
				name := strings.Trim(strings.Fields(tag + " ")[0], "</>")
				if name != "ul" && name != "li" && name != "code" && name != "a" && name != "span" {
					t.Errorf("%q: %s in %s", title, tag, out)
				}
				if foreign.MatchString(tag) {
					t.Errorf("%q: attributes in %s", title, tag)
				}
				if name == "a" && tag != "</a>" && tag != `<a href="https://x.example/">` {
					t.Errorf("%q: another link: %s", title, out)
				}
			}
		}
	})
}

func FuzzFeed(f *testing.F) {
	for _, text := range []string{rss, atomFeed, jsonFeed, "", "<rss", "<?xml", "{"} {
		f.Add([]byte(text))
	}
	tr := tray(f, map[string]any{"name": "Blogs", "kind": "feed", "where": "x.xml"})
	f.Fuzz(func(t *testing.T, data []byte) {
		items, err := tr.Parse(data, "https://blog.example/feed")
		if err != nil {
			return
		}
		for _, i := range tr.Arrange(items, now, same) {
			b, err := tr.Bullet(i, now)
			if err != nil || strings.Contains(b, "\n") || strings.Contains(b, "{{") || strings.Contains(b, "{%") || len(i.Title) > maxTitle+8 {
				t.Errorf("%q, %v", b, err)
			}
		}
	})
}
