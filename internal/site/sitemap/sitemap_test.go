package sitemap

import "testing"

func TestXML(t *testing.T) {
	got := XML([]URL{{Loc: "https://e.org/?a&b'c"}, {"https://e.org/b", "2026-01-02T00:00:00+00:00"}}, "https://e.org/sitemap.xsl")
	want := `<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="https://e.org/sitemap.xsl"?>
<urlset xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.sitemaps.org/schemas/sitemap/0.9 http://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url>
<loc>https://e.org/?a&amp;b&apos;c</loc>
</url>
<url>
<loc>https://e.org/b</loc>
<lastmod>2026-01-02T00:00:00+00:00</lastmod>
</url>
</urlset>
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := Robots("https://e.org/sitemap.xml"); got != "Sitemap: https://e.org/sitemap.xml\n" {
		t.Errorf("got %q", got)
	}
}

func TestLists(t *testing.T) {
	for name, want := range map[string]bool{"a.pdf": true, "b/c.html": true, "404.html": false, "d/404.html": false, "a.png": false, "a.HTML": false, "a.htm": true} {
		if ListsFile(name) != want {
			t.Errorf("%s: got %v", name, !want)
		}
	}
	if !ListsPage("/a.html") || ListsPage("/404.html") || Address("/a/index.html") != "/a/" || Address("/a/index.htm") != "/a/index.htm" {
		t.Error("addresses are misread")
	}
}
