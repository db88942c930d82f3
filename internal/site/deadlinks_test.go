package site

import (
	"strings"
	"testing"
)

func TestDeadLinks(t *testing.T) {
	_, report := build(t,
		"_config.yml", "url: https://x.example\nbaseurl: /news\npermalink: /:year/:title\n",
		"_posts/2026-01-02-a.md", "---\ntitle: A\ndate: 2026-01-02\n---\n\n## Part one\n\n"+
			"[good](/news/2026/b) [good](b) [good](b#part) [good](#part-one) [good](https://x.example/news/about) [good](/news/img/a.png)\n"+
			"[elsewhere](/other) [elsewhere](https://y.example/z) [elsewhere](mailto:a@x.example) [good](/news/) [good](../about?x#top)\n"+
			"[dead](/news/2026/c)\n"+
			"text [dead](nowhere) text\n"+
			"[dead](b#nothing)\n"+
			"<a href=\"/news/gone/\">dead</a> ![dead](/news/img/b.png)\n"+
			"<!-- <a href=\"/news/comment\"> --> `<a href=\"/news/code\">`\n",
		"_posts/2026-01-03-b.md", "---\ntitle: B\ndate: 2026-01-03\nlayout: mine\n---\n\n## Part\n",
		"templates/mine.html", "{{.Content}}\n<a href=\"/news/from-template\">x</a>",
		"about.md", "x", "img/a.png", "x",
	)
	var got []string
	for _, p := range report.Problems {
		got = append(got, p.String()[:strings.Index(p.String(), " This")])
	}
	want := []string{
		"_posts/2026-01-02-a.md:10:8: warning:",
		"_posts/2026-01-02-a.md:11:13: warning:",
		"_posts/2026-01-02-a.md:12:8: warning:",
		"_posts/2026-01-02-a.md:13:10: warning:",
		"_posts/2026-01-02-a.md:13:40: warning:",
		"templates/mine.html:2:10: warning:",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		for _, p := range report.Problems {
			t.Log(p)
		}
	}
}

// FuzzScanPage: the scanner ends, whatever the page.
func FuzzScanPage(f *testing.F) {
	for _, s := range []string{"<a href=x id='y' z>", "<", "<a", "<a b", "<a b=", "<a b='", "<script>", "<!--", "<a/b/=>", "<A HREF = \"q\" >"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(_ *testing.T, page []byte) { Config{}.scanPage(page) })
}
