package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"galley/internal/liquid"
	"galley/internal/ordered"
)

func TestChannels(t *testing.T) {
	m := ordered.Of
	for _, c := range []struct {
		section *ordered.Map
		want    []string
	}{
		{nil, []string{"/feed.xml posts"}},
		{m("path", "atom.xml"), []string{"/atom.xml posts"}},
		{m("categories", []any{"a", "b", "a"}), []string{"/feed/a.xml posts a", "/feed/b.xml posts b", "/feed.xml posts"}},
		{m("collections", []any{"docs"}), []string{"/feed/docs.xml docs", "/feed.xml posts"}},
		{m("collections", m("docs", m("path", "/d.xml", "categories", []any{"x"}), "posts", m("path", "p/feed.xml"))),
			[]string{"/feed/docs/x.xml docs x", "/d.xml docs", "/p/feed.xml posts"}},
		{m("tags", true), []string{"/feed.xml posts", "/feed/by_tag/a.xml posts #a", "/feed/by_tag/b_1.xml posts #b_1"}},
		{m("tags", m("path", "t/", "except", []any{"a"})), []string{"/feed.xml posts", "/t/b_1.xml posts #b_1"}},
		{m("tags", m("only", []any{"a", "none"})), []string{"/feed.xml posts", "/feed/by_tag/a.xml posts #a", "/feed/by_tag/none.xml posts #none"}},
	} {
		var got []string
		for _, ch := range Channels(c.section, []string{"a", "b_1", "c d"}) {
			line := ch.URL() + " " + ch.Collection
			if ch.Category != "" {
				line += " " + ch.Category
			}
			if ch.Tag != "" {
				line += " #" + ch.Tag
			}
			got = append(got, line)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct {
		channel Channel
		site    any
		want    string
		ok      bool
	}{
		{Channel{Collection: "posts"}, "T", "T", true},
		{Channel{Collection: "posts"}, nil, "", false},
		{Channel{Collection: "posts", Category: "newS"}, nil, " | News", true},
		{Channel{Collection: "docs", Category: "äb"}, "T", "T | Docs | Äb", true},
	} {
		if got, ok := c.channel.Title(c.site); got != c.want || ok != c.ok {
			t.Errorf("%+v: got %q, %v", c.channel, got, ok)
		}
	}
}

// site is a site of posts that are told apart by their titles.
func site(settings *ordered.Map, posts ...any) Source {
	settings.Set("time", time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC))
	settings.Set("posts", posts)
	return Source{
		Site: liquid.Names{Map: settings}, Jekyll: "4.3.1",
		Absolute: func(s string) string { return "https://e.org/" + strings.TrimPrefix(s, "/") },
		Smartify: func(s string) string { return s },
		Date: func(v any) string {
			at, _ := v.(time.Time)
			return at.Format(time.RFC3339)
		},
	}
}

func day(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }

// What jekyll-feed 0.17 writes for a post with everything.
func TestXML(t *testing.T) {
	s := site(ordered.Of("title", "T & Co", "lang", "en", "author", ordered.Of("name", "Jane", "email", "j@e.org")),
		ordered.Of("title", "A <b>\"x\"</b>", "url", "/a.html", "id", "/a", "date", day(2), "content", "<p>c</p>\n", "excerpt", "<p>c &amp;\nd</p>",
			"author", "bob", "categories", []any{"x", "y"}, "tags", []any{"z"}, "image", ordered.Of("path", "/i.png"), "lang", "de"))
	s.Site.(liquid.Names).Set("data", ordered.Of("authors", ordered.Of("bob", ordered.Of("name", "Bob", "uri", "https://bob.org"))))
	s.Stylesheet = true
	want := `<?xml version="1.0" encoding="utf-8"?><?xml-stylesheet type="text/xml" href="https://e.org/feed.xslt.xml"?>` +
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><generator uri="https://jekyllrb.com/" version="4.3.1">Jekyll</generator>` +
		`<link href="https://e.org/feed.xml" rel="self" type="application/atom+xml" /><link href="https://e.org/" rel="alternate" type="text/html" hreflang="en" />` +
		`<updated>2026-05-01T00:00:00Z</updated><id>https://e.org/feed.xml</id><title type="html">T &amp; Co</title>` +
		`<author><name>Jane</name><email>j@e.org</email></author>` +
		`<entry xml:lang="de"><title type="html">A &quot;x&quot;</title><link href="https://e.org/a.html" rel="alternate" type="text/html" title="A &quot;x&quot;" />` +
		`<published>2026-01-02T00:00:00Z</published><updated>2026-01-02T00:00:00Z</updated><id>https://e.org/a</id>` +
		`<content type="html" xml:base="https://e.org/a.html"><![CDATA[<p>c</p>]]></content><author><name>Bob</name><uri>https://bob.org</uri></author>` +
		`<category term="x" /><category term="y" /><category term="z" /><summary type="html"><![CDATA[c &amp; d]]></summary>` +
		`<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="https://e.org/i.png" /><media:content medium="image" url="https://e.org/i.png" xmlns:media="http://search.yahoo.com/mrss/" />` +
		`</entry></feed>`
	if got := s.Feed(Channel{Path: "/feed.xml", Collection: "posts"}).XML(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDocuments(t *testing.T) {
	var posts []any
	for n := 12; n > 0; n-- {
		posts = append(posts, ordered.Of("title", fmt.Sprint(n), "date", day(n), "categories", []any{fmt.Sprint("c", n%2)}))
	}
	posts = append(posts, ordered.Of("title", "draft", "date", day(20), "draft", true), ordered.Of("title", "same day", "date", day(12)))
	titles := func(s Source, c Channel) string {
		var out []string
		for _, e := range s.Feed(c).Entries {
			out = append(out, e.Title)
		}
		return strings.Join(out, " ")
	}
	channel := Channel{Path: "/feed.xml", Collection: "posts"}
	for _, c := range []struct {
		settings *ordered.Map
		channel  Channel
		want     string
	}{
		{ordered.New(0), channel, "same day 12 11 10 9 8 7 6 5 4"},
		{ordered.Of("feed", ordered.Of("posts_limit", int64(2))), channel, "same day 12"},
		{ordered.Of("feed", ordered.Of("posts_limit", int64(0))), channel, ""},
		{ordered.Of("show_drafts", true, "feed", ordered.Of("posts_limit", "2")), channel, "draft same day"},
		{ordered.New(0), Channel{Path: "/c.xml", Collection: "posts", Category: "c1"}, "11 9 7 5 3 1"},
		{ordered.Of("tags", ordered.Of("t", []any{posts[3]})), Channel{Path: "/t.xml", Collection: "posts", Tag: "t"}, "9"},
		{ordered.New(0), Channel{Path: "/n.xml", Collection: "none"}, ""},
	} {
		if got := titles(site(c.settings, posts...), c.channel); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.channel, got, c.want)
		}
	}
}

// Whatever a post says, the feed is XML.
func FuzzXML(f *testing.F) {
	f.Add("A & B", "<p>]]></p>", "x\x01")
	f.Fuzz(func(t *testing.T, title, content, author string) {
		if !valid(title) || !valid(author) {
			return // a post's file is UTF-8, and its front matter YAML
		}
		s := site(ordered.Of("title", title), ordered.Of("title", title, "url", "/a", "id", "/a", "date", day(1), "content", content, "excerpt", content, "author", author))
		out := s.Feed(Channel{Path: "/feed.xml", Collection: "posts"}).XML()
		for d := xml.NewDecoder(strings.NewReader(out)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				t.Fatalf("%v: %s", err, out)
			}
		}
	})
}

func valid(s string) bool {
	for _, r := range s {
		if r < 0x20 && r != '\n' && r != '\t' || r == 0xFFFD || r == 0xFFFE || r == 0xFFFF {
			return false
		}
	}
	return true
}
