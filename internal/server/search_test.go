package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"galley/internal/server"
)

type searchAnswer struct {
	Posts, Searched, Unread int
	Pending                 bool
	Hits                    []struct {
		Path, Date string
		Title      []string
		Lines      []struct {
			Line   int
			Pieces []string
		}
	}
}

func (b *bench) search(query string) (a searchAnswer) {
	b.t.Helper()
	b.get("/api/search?branch=main&q="+url.QueryEscape(query), &a)
	return a
}

func TestSearch(t *testing.T) {
	b := newBench(t)
	main := b.forge.branches["main"]
	main["_posts/2026-08-02-one.md"] = []byte("---\ntitle: Needles\n---\nNothing.\n")
	main["_posts/2026-08-09-two.md"] = []byte("---\ntitle: Two\n---\n\n* A needle <b>\n")
	main["about.md"] = []byte("---\ntitle: About\n---\nA needle.\n")
	main["CHANGES.md"] = []byte("A needle that the site has not as a page.\n")
	a := b.search("NEEDLE")
	if a.Posts != 3 || len(a.Hits) != 3 || a.Unread != 0 || a.Pending {
		t.Fatalf("%+v", a)
	}
	if h := a.Hits[0]; h.Path != "_posts/2026-08-02-one.md" || strings.Join(h.Title, "|") != "|Needle|s" || len(h.Lines) != 0 || h.Date != "2026-08-02" {
		t.Errorf("%+v", h)
	}
	if h := a.Hits[1]; len(h.Lines) != 1 || h.Lines[0].Line != 5 || strings.Join(h.Lines[0].Pieces, "|") != "* A |needle| <b>" {
		t.Errorf("%+v", h)
	}
	if h := a.Hits[2]; h.Path != "about.md" || h.Date != "" {
		t.Errorf("%+v", h)
	}
	if res := b.do("GET", "/api/search?q="+strings.Repeat("x", 401), ""); res.StatusCode != http.StatusBadRequest {
		t.Errorf("a long query is answered %d", res.StatusCode)
	}
	if res := b.do("GET", "/api/search?q=x&branch=none", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("another branch is answered %d", res.StatusCode)
	}
}

// laterClock is a clock for a bench, and what moves it on by more than trees and
// indexes are kept for.
func laterClock() (func(*server.Config), func()) {
	var minutes atomic.Int64
	return func(c *server.Config) {
		c.Clock = func() time.Time { return now.Add(time.Duration(minutes.Load()) * time.Minute) }
	}, func() { minutes.Add(5) }
}

// A blob that was read is not read again, also where another post came.
func TestIndexReadsABlobOnce(t *testing.T) {
	set, later := laterClock()
	b := newBench(t, set)
	main := b.forge.branches["main"]
	for i := range 20 {
		main[fmt.Sprintf("_posts/2026-01-%02d-x.md", i+1)] = fmt.Appendf(nil, "word %d\n", i)
	}
	b.search("word")
	later() // trees are kept for a moment
	b.search("word")
	before := b.forge.called("Blob")
	main["_posts/2026-01-20-x.md"] = []byte("word and heron\n")
	later()
	if a := b.search("heron"); a.Posts != 1 {
		t.Fatalf("%+v", a)
	}
	if n := b.forge.called("Blob") - before; n != 1 {
		t.Errorf("%d blobs were read, for one that is new", n)
	}
}

// A failure is not kept, and those who ask together ask once.
func TestIndexFailsAndRecovers(t *testing.T) {
	set, later := laterClock()
	b := newBench(t, set)
	b.forge.branches["main"]["_posts/2026-01-01-x.md"] = []byte("word\n")
	b.search("warm the settings up")
	b.forge.branches["main"]["_posts/2026-01-02-x.md"] = []byte("word heron\n")
	later()
	b.forge.spoil = func(method string) error {
		if method == "Blob" {
			return fmt.Errorf("lost")
		}
		return nil
	}
	if res := b.do("GET", "/api/search?branch=main&q=word", ""); res.StatusCode < 500 {
		t.Errorf("answered %d", res.StatusCode)
	}
	b.forge.spoil = nil
	before := b.forge.called("Blob")
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if a := b.search("heron"); a.Posts != 1 {
				t.Errorf("%+v", a)
			}
		})
	}
	all.Wait()
	if n := b.forge.called("Blob") - before; n != 1 {
		t.Errorf("%d blobs were read, for one", n)
	}
}

// A forge that is far away is asked for so many posts at once; the rest later.
func TestIndexOfManyPostsFarAway(t *testing.T) {
	set, later := laterClock()
	b := newBench(t, set)
	b.forge.info.Kind = "github"
	for i := range 700 {
		b.forge.branches["main"][fmt.Sprintf("_posts/20%02d-01-%02d-x.md", i/28, 1+i%28)] = fmt.Appendf(nil, "word %d\n", i)
	}
	a := b.search("word")
	if a.Searched+a.Unread < 700 || a.Unread == 0 {
		t.Fatalf("%d are searched, and %d are not", a.Searched, a.Unread)
	}
	if a := b.search("word 699"); a.Posts != 1 {
		t.Error("the newest was left out")
	}
	later()
	if a := b.search("word"); a.Unread != 0 || a.Searched < 700 {
		t.Errorf("%d are searched later, and %d are not", a.Searched, a.Unread)
	}
}

// What earlier posts reported is told beside what is written, of a published post
// only where it says it anew.
func TestProblemsOfEarlierPosts(t *testing.T) {
	b := newBench(t)
	main := b.forge.branches["main"]
	main["_config.yml"] = []byte("galley:\n  rules: {link-again: info, empty-section: off}\n")
	main["_posts/2026-08-09-one.md"] = []byte("## News\n\n* [a](https://a.example/1)\n* [b](https://a.example/2)\n")
	main["_posts/2026-08-16-two.md"] = []byte("* [a](https://a.example/1)\n")
	found := func(path, src string) (list []string) {
		var answer struct {
			Diagnostics []struct{ Code, Message, Severity string }
		}
		decode(t, text(t, b.post("/api/problems", map[string]string{"branch": "main", "path": path, "text": src})), &answer)
		for _, d := range answer.Diagnostics {
			if d.Code == "link-again" {
				list = append(list, d.Severity+" "+d.Message)
			}
		}
		return list
	}
	const both = "* [a](https://a.example/1)\n* [b](https://a.example/2)\n"
	if got := found("_posts/2026-08-23-new.md", both); len(got) != 2 || got[1] != "info Reported already in the post of August 9, 2026, in “News” (line 4). Is it news?" {
		t.Errorf("%q", got)
	}
	if got := found("_posts/2026-08-16-two.md", both); len(got) != 1 || !strings.Contains(got[0], "line 4") {
		t.Errorf("%q", got)
	}
}

// What a date does to a post's address is told before it lands: whose it is already,
// and who links to the one that it had.
func TestAddressProblems(t *testing.T) {
	b := newBench(t)
	main := b.forge.branches["main"]
	main["_config.yml"] = []byte("permalink: /:year/:year:month:day\n")
	main["_posts/2026-08-02-one.md"] = []byte("---\ntitle: One\ndate: 2026-08-06 22:00:00 -0000\n---\nText.\n")
	main["_posts/2026-08-09-two.md"] = []byte("---\ntitle: Two\ndate: 2026-08-13 22:00:00 -0000\n---\n\n[One](/2026/20260806#a), [other](/2026/202608061)\n[again](https://news.example/2026/20260806)\n")
	found := func(date string) (list []string) {
		src := "---\ntitle: One\ndate: " + date + "\n---\nText.\n"
		var answer struct {
			Diagnostics []struct {
				From, To      int
				Code, Message string
			}
		}
		decode(t, text(t, b.post("/api/problems", map[string]string{"branch": "main", "path": "_posts/2026-08-02-one.md", "text": src})), &answer)
		for _, d := range answer.Diagnostics {
			if strings.HasPrefix(d.Code, "address-") {
				list = append(list, src[d.From:d.To]+" "+d.Code+" "+d.Message)
			}
		}
		return list
	}
	if got := found("2026-08-06 23:59:00 -0000"); len(got) != 0 {
		t.Errorf("%q", got)
	}
	got := strings.Join(found("2026-08-13 00:10:00 -0000"), "\n")
	want := "2026-08-13 00:10:00 -0000 address-taken _posts/2026-08-09-two.md has the address /2026/20260813, too. The site keeps one page of the two: change the date, the slug or the permalink.\n" +
		"2026-08-13 00:10:00 -0000 address-moved The published post moves from /2026/20260806 to /2026/20260813. What was mailed or posted of it leads to the old address, and so do 2 links of the site: _posts/2026-08-09-two.md:6, _posts/2026-08-09-two.md:7."
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
