package site

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"sort"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/example"
	"galley/internal/site/build"
)

// buildSite builds a site of names and texts by turns.
func buildSite(t *testing.T, pairs ...string) (map[string]string, build.Report) {
	t.Helper()
	s, _ := load(t, pairs...)
	var out memory
	report, err := Build(context.Background(), s, &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out.files, report
}

func names(files map[string]string) []string {
	var out []string
	for name := range files {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

func postOn(date, more string) string {
	return "---\ntitle: Post of " + date + "\ndate: " + date + " 12:00:00 +0000\n" + more + "---\n\nText of " + date + ".\n"
}

func TestBuildWrites(t *testing.T) {
	out, report := buildSite(t,
		"_config.yml", "permalink: /:year/:title\nurl: https://x.example\n",
		"_posts/2026-01-02-a.md", postOn("2026-01-02", "redirect_from: [/old/a, /older/]\naliases: /x.html\n"),
		"_posts/2026-12-24-later.md", postOn("2026-12-24", ""),
		"_posts/2026-01-03-not.md", postOn("2026-01-03", "published: false\n"),
		"_posts/2026-01-04-draft.md", postOn("2026-01-04", "draft: true\n"),
		"_posts/notes.txt", "not a post",
		"_drafts/idea.md", "---\ntitle: Idea\n---\n",
		"about.md", "# About\n",
		"README.md", "for the repository\n",
		"img/a.png", "\x89PNG",
		"data.json", "{}",
		".secret", "x", "_private/x.md", "x", "backup~", "x", "Gemfile", "x", "node_modules/a.js", "x",
		"template.md", "---\n---\n", "templates/extra.txt", "x",
	)
	want := []string{"2026/a.html", "404.html", "README.md", "about.html", "archive.html", "assets/galley.css", "data.json",
		"feed.xml", "img/a.png", "index.html", "old/a.html", "older/index.html", "sitemap.xml", "x.html"}
	if got := names(out); !reflect.DeepEqual(got, want) {
		t.Errorf("wrote %v\n  want %v", got, want)
	}
	if !reflect.DeepEqual(report.Written, want) {
		t.Error("the report says", report.Written)
	}
	if report.Posts != 1 || report.Pages != 1 || report.Files != 3 {
		t.Error(report.Posts, report.Pages, report.Files)
	}
	var hidden []string
	for _, h := range report.Hidden {
		hidden = append(hidden, h.File+": "+h.Reason)
	}
	if got := strings.Join(hidden, "; "); got != "_posts/2026-01-03-not.md: it says published: false; _posts/2026-01-04-draft.md: it is a draft; _posts/2026-12-24-later.md: its date is in the future" {
		t.Error(got)
	}
	if !strings.Contains(out["old/a.html"], `content="0; url=/2026/a"`) || !strings.Contains(out["old/a.html"], `<link rel="canonical" href="https://x.example/2026/a">`) {
		t.Error("no redirect:", out["old/a.html"])
	}
}

func TestBuildDraftsAndFuture(t *testing.T) {
	out, report := buildSite(t,
		"_config.yml", "permalink: /:title\nshow_drafts: true\nfuture: true\nunpublished: true\n",
		"_posts/2026-12-24-later.md", postOn("2026-12-24", ""),
		"_posts/2026-01-03-not.md", postOn("2026-01-03", "published: false\n"),
		"_drafts/idea.md", "---\ntitle: Idea\n---\n",
	)
	for _, name := range []string{"later.html", "not.html", "idea.html"} {
		if out[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if len(report.Hidden) > 0 {
		t.Error(report.Hidden)
	}
}

func TestBuildKeepsTheSitesOwn(t *testing.T) {
	out, _ := buildSite(t,
		"index.md", "---\ntitle: Mine\n---\nHello.\n",
		"404.html", "<p>mine</p>",
		"feed.xml", "<mine/>",
		"assets/galley.css", "body{}",
		"archive.md", "---\nlayout: archive\ntitle: Everything\npermalink: /archive\n---\nAn introduction.\n",
		"_posts/2026-01-02-a.md", postOn("2026-01-02", ""),
	)
	if out["404.html"] != "<p>mine</p>" || out["feed.xml"] != "<mine/>" || out["assets/galley.css"] != "body{}" {
		t.Error("a file of the site was written over")
	}
	if !strings.Contains(out["index.html"], "Hello.") {
		t.Error("index.md is not the index")
	}
	if a := out["archive.html"]; !strings.Contains(a, "An introduction.") || !strings.Contains(a, "Post of 2026-01-02") || !strings.Contains(a, "<h1>Everything</h1>") {
		t.Error("the archive has not both its text and the posts", a)
	}
}

func TestBuildIndex(t *testing.T) {
	pairs := []string{"_config.yml", "permalink: /:year/:month/:day/:title\n"}
	day := time.Date(2024, 1, 7, 0, 0, 0, 0, time.UTC)
	for range 40 {
		text := day.Format("2006-01-02")
		pairs = append(pairs, "_posts/"+text+"-u.md", postOn(text, ""))
		day = day.AddDate(0, 0, 14)
	}
	out, _ := buildSite(t, pairs...)
	if n := strings.Count(out["index.html"], "<li>\n          <time"); n != 25 {
		t.Errorf("the index has %d posts", n)
	}
	if n := strings.Count(out["archive.html"], "<li>\n          <time"); n != 40 {
		t.Errorf("the archive has %d posts", n)
	}
	if at2025, at2024 := strings.Index(out["archive.html"], `id="year-2025"`), strings.Index(out["archive.html"], `id="year-2024"`); at2025 < 0 || at2024 < at2025 {
		t.Error("years are not there, newest first")
	}
	if n := strings.Count(out["feed.xml"], "<entry>"); n != 10 {
		t.Errorf("the feed has %d entries", n)
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	pairs := []string{"_config.yml", "permalink: /:title\n"}
	for _, n := range strings.Split("abcdefghijklmnop", "") {
		pairs = append(pairs, "_posts/2026-01-02-"+n+".md", postOn("2026-01-02", "tags: ["+n+"]\n"))
	}
	first, _ := buildSite(t, pairs...)
	for range 5 {
		if again, _ := buildSite(t, pairs...); !reflect.DeepEqual(first, again) {
			t.Fatal("two builds differ")
		}
	}
}

func TestBuildTellsOfClashes(t *testing.T) {
	out, report := buildSite(t,
		"_config.yml", "url: https://x.example\npermalink: /:year\n",
		"_posts/2026-01-02-a.md", postOn("2026-01-02", ""),
		"_posts/2026-01-03-b.md", postOn("2026-01-03", ""),
	)
	if len(report.Problems) != 1 || report.Problems[0].Code != "address-taken" || report.Problems[0].File != "_posts/2026-01-03-b.md" {
		t.Error(report.Problems)
	}
	if !strings.Contains(out["2026.html"], "2026-01-02") {
		t.Error("the first post lost its address")
	}
}

// TestBuildThemeNames: pages that ask for layouts of a Jekyll theme get what
// is nearest to them.
func TestBuildThemeNames(t *testing.T) {
	out, report := buildSite(t,
		"_config.yml", "url: https://x.example\n",
		"index.md", "---\nlayout: home\n---\nWelcome.\n",
		"about.md", "---\nlayout: default\ntitle: About\n---\nx\n",
		"style.scss", "---\n---\nb { c { color: red } }\n",
		"_posts/2026-01-02-a.md", postOn("2026-01-02", ""),
	)
	if html := out["index.html"]; !strings.Contains(html, "Welcome.") || !strings.Contains(html, "Post of 2026-01-02") {
		t.Error("home is not an index", html)
	}
	if !strings.Contains(out["about.html"], "<h1>About</h1>") {
		t.Error("default is not a page")
	}
	if len(report.Problems) != 1 || report.Problems[0].Code != "sass" || report.Problems[0].File != "style.scss" {
		t.Error(report.Problems)
	}
}

// TestExampleSite builds the site that Galley brings: nothing is wrong with
// it, every post is published, and each is rendered alone as it is built.
func TestExampleSite(t *testing.T) {
	s, diags, err := Load(example.FS(), mustLoad(t).pages.Options)
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	var out memory
	report, err := Build(context.Background(), s, &out, nil)
	if err != nil || len(report.Problems) > 0 || len(report.Hidden) > 0 {
		t.Fatal(err, report.Problems, report.Hidden)
	}
	checkFeed(t, out.files["feed.xml"])
	posts, err := fs.Glob(example.FS(), "_posts/*.md")
	if err != nil || len(posts) < 6 || report.Posts != len(posts) {
		t.Error(len(posts), report.Posts, err)
	}
	alone, _ := throughBundle(t, example.FS(), s.pages.Options)
	for _, name := range posts {
		src, err := fs.ReadFile(example.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		if p := alone.RenderPost(name, src); string(p.HTML) != out.files[p.Output] || p.ContentStart < 0 {
			t.Errorf("%s: the preview is not the built page", name)
		}
	}
}

// BenchmarkBuild builds some four hundred posts.
func BenchmarkBuild(b *testing.B) {
	m := files("_config.yml", "title: T\npermalink: /:year/:month/:day/:title\n")
	posts, err := fs.Glob(example.FS(), "_posts/*.md")
	if err != nil {
		b.Fatal(err)
	}
	for n := range 55 {
		for _, name := range posts {
			src, err := fs.ReadFile(example.FS(), name)
			if err != nil {
				b.Fatal(err)
			}
			copied := strings.Replace(string(src), "slug:", "old_slug:", 1)
			m[fmt.Sprintf("%s-%d.md", strings.TrimSuffix(name, ".md"), n)] = &fstest.MapFile{Data: []byte(copied)}
		}
	}
	options := mustLoad(b).pages.Options
	for b.Loop() {
		s, _, err := Load(m, options)
		if err != nil {
			b.Fatal(err)
		}
		if r, err := Build(context.Background(), s, &memory{}, nil); err != nil || r.Posts != 55*len(posts) {
			b.Fatal(err, r.Posts)
		}
	}
}

// failing is a Writer whose disk is full.
type failing struct{}

var errFull = errors.New("disk full")

func (failing) WriteFile(string, []byte) error { return errFull }

func TestBuildStops(t *testing.T) {
	s, _ := load(t, "a.md", "x")
	if _, err := Build(context.Background(), s, failing{}, nil); !errors.Is(err, errFull) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Build(ctx, s, &memory{}, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestBuildProgress(t *testing.T) {
	s, _ := load(t, "a.md", "x", "b.md", "y")
	last := 0
	var out memory
	_, err := Build(context.Background(), s, &out, func(done, total int, what string) {
		if done != last+1 || done > total || what == "" {
			t.Error(done, total, what)
		}
		last = done
	})
	if err != nil || last != len(out.files) {
		t.Error(err, last, len(out.files))
	}
}

// atomFeed is what RFC 4287 requires of a feed.
type atomFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      []string `xml:"id"`
	Title   []string `xml:"title"`
	Updated []string `xml:"updated"`
	Author  []struct {
		Name string `xml:"name"`
	} `xml:"author"`
	Link  []atomLink `xml:"link"`
	Entry []struct {
		ID        []string   `xml:"id"`
		Title     []string   `xml:"title"`
		Updated   []string   `xml:"updated"`
		Published []string   `xml:"published"`
		Link      []atomLink `xml:"link"`
		Content   []struct {
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"content"`
	} `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

// checkFeed holds a feed against RFC 4287, sections 4.1.1 and 4.1.2.
func checkFeed(t *testing.T, text string) atomFeed {
	t.Helper()
	var f atomFeed
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = true
	if err := d.Decode(&f); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if space, ok := token.(xml.CharData); err != nil || !ok || strings.TrimSpace(string(space)) != "" {
			t.Fatal("something follows the feed", err)
		}
	}
	one := func(what string, list []string) {
		if len(list) != 1 || strings.TrimSpace(list[0]) == "" {
			t.Errorf("there must be one %s, not %q", what, list)
		}
	}
	date := func(list []string) {
		one("date", list)
		if _, err := time.Parse(time.RFC3339, list[0]); err != nil {
			t.Error(err)
		}
	}
	iri := func(id string) {
		if !strings.HasPrefix(id, "https://") {
			t.Errorf("%q is not absolute", id)
		}
	}
	one("feed id", f.ID)
	iri(f.ID[0])
	one("feed title", f.Title)
	date(f.Updated)
	if len(f.Author) == 0 || f.Author[0].Name == "" {
		t.Error("the feed has no author, so every entry would need one")
	}
	self := false
	for _, l := range f.Link {
		iri(l.Href)
		self = self || l.Rel == "self"
	}
	if !self {
		t.Error("the feed does not link to itself")
	}
	seen := map[string]bool{}
	for _, e := range f.Entry {
		one("entry id", e.ID)
		iri(e.ID[0])
		one("entry title", e.Title)
		date(e.Updated)
		date(e.Published)
		if seen[e.ID[0]] {
			t.Errorf("the id %s is there twice", e.ID[0])
		}
		seen[e.ID[0]] = true
		if len(e.Content) != 1 || e.Content[0].Type != "html" || e.Content[0].Text == "" {
			t.Error("an entry without content")
		}
		if len(e.Link) == 0 || e.Link[0].Rel != "alternate" {
			t.Error("an entry without a link")
		}
	}
	return f
}

func TestFeed(t *testing.T) {
	out, _ := buildSite(t,
		"_config.yml", "title: A & B <c>\nurl: https://x.example\nbaseurl: /news\npermalink: /:title\n",
		"_posts/2026-01-02-a.md", "---\ntitle: \"</title><script>\"\ndate: 2026-01-02\nlast_modified_at: 2026-02-03\n---\n\nA [link](/b) & [another](c) <em>x</em> ![p](i.png \"t\")\n\n]]> \x01 done\n",
		"_posts/2026-01-03-b.md", "---\ntitle: B\ndate: 2026-01-03\nid: /for-ever\n---\n\nx\n",
	)
	f := checkFeed(t, out["feed.xml"])
	if len(f.Entry) != 2 || f.Entry[0].Title[0] != "B" || f.Entry[0].ID[0] != "https://x.example/news/for-ever" || f.Entry[1].ID[0] != "https://x.example/news/a" {
		t.Error(f.Entry)
	}
	if f.Entry[1].Title[0] != "</title><script>" || f.Title[0] != "A & B <c>" {
		t.Error(f.Entry[1].Title, f.Title)
	}
	if f.Updated[0] != "2026-02-03T00:00:00Z" {
		t.Error(f.Updated)
	}
	text := f.Entry[1].Content[0].Text
	for _, want := range []string{`href="https://x.example/b"`, `href="https://x.example/news/c"`, `src="https://x.example/news/i.png"`, "<em>x</em>"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in\n%s", want, text)
		}
	}
}

func TestSitemap(t *testing.T) {
	out, _ := buildSite(t, "_config.yml", "url: https://x.example\npermalink: /:title\n",
		"_posts/2026-01-02-a.md", postOn("2026-01-02", ""), "b.md", "---\nsitemap: false\n---\n", "c.md", "x", "404.md", "x")
	var m struct {
		URL []struct {
			Loc string `xml:"loc"`
			Mod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(out["sitemap.xml"]), &m); err != nil {
		t.Fatal(err, out["sitemap.xml"])
	}
	var got []string
	for _, u := range m.URL {
		got = append(got, u.Loc+" "+u.Mod)
	}
	if want := "https://x.example/ |https://x.example/archive |https://x.example/a 2026-01-02T12:00:00Z|https://x.example/c "; strings.Join(got, "|") != want {
		t.Error(strings.Join(got, "|"))
	}
}
