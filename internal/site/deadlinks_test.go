package site

import (
	"strings"
	"testing"

	"galley/internal/site/deadlinks"
)

func TestDeadLinks(t *testing.T) {
	_, report := buildSite(t,
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
		if strings.Contains(p.Message, "This picture is missing") != strings.Contains(p.Message, "/img/b.png") {
			t.Error(p)
		}
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

// A pointer of Git LFS is told where the file is asked for.
func TestPointers(t *testing.T) {
	const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
	files := []string{
		"_config.yml", "url: https://x.example\nbaseurl: /news\n",
		"_posts/2026-01-02-a.md", "---\ntitle: A\nimage: /img/front.png\n---\n\n![a](/news/img/a.png) ![b]({{ '/img/b.png' | relative_url }})\n\n" +
			"[paper](/news/img/paper.pdf) ![c](https://y.example/c.png) ![](/news/img/long.png)\n\n<img src=\"/news/img/gone%20away.png\"> ![](/news/img/gone.svg \"x\")\n\n```\n<img src=\"/news/code.png\">\n```\n",
		"_layouts/default.html", "<img src=\"/news/logo.png\"><img src=\"/news{{ page.image }}\">{{ content }}", "_layouts/post.html", "---\nlayout: default\n---\n{{ content }}",
		"img/a.png", "PNG", "img/b.png", pointer, "img/paper.pdf", pointer, "img/long.png", pointer + strings.Repeat("x", 1024),
	}
	files[3] = strings.Replace(files[3], "title: A", "title: A\nlayout: post", 1)
	_, report := buildSite(t, files...)
	var got []string
	for _, p := range report.Problems {
		got = append(got, strings.Join([]string{p.File, p.Position.String(), p.Code}, " "))
	}
	want := []string{
		"_layouts/default.html 1:11 missing-picture",
		"_posts/2026-01-02-a.md 4:8 missing-picture", "_posts/2026-01-02-a.md 7:32 lfs-pointer", "_posts/2026-01-02-a.md 9:9 lfs-pointer",
		"_posts/2026-01-02-a.md 11:11 missing-picture", "_posts/2026-01-02-a.md 11:43 missing-picture",
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
	f.Fuzz(func(_ *testing.T, page []byte) { deadlinks.Scan(page, "") })
}
