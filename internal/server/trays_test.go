package server_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/fetch"
	"galley/internal/forge"
	"galley/internal/forge/local"
	"galley/internal/server"
)

const trayFeed = `<rss version="2.0"><channel><title>Harbours</title>
<item><title>The {{ gates }} [open]</title><link>https://blog.example/gates?utm_source=feed</link><pubDate>Fri, 14 Aug 2026 08:00:00 +0000</pubDate></item>
<item><title>Old</title><link>https://blog.example/old</link><pubDate>Fri, 12 Jun 2026 08:00:00 +0000</pubDate></item>
</channel></rss>`

type trayAnswers struct {
	Trays []struct {
		Name, Kind, Section string
		Items               []struct{ Key, Title, URL, Source, Date, Bullet, Reported string }
		Trouble             []string
	}
	Dismissed []struct {
		Key string
		Own bool
	}
	Wrong []string
}

// newTrays is a server over a repository whose settings have trays.
// later is added to the clock of what asks others.
func newTrays(t *testing.T, trays string, files fstest.MapFS, later *atomic.Int64) *bench {
	t.Helper()
	if files == nil {
		files = fstest.MapFS{}
	}
	files["_config.yml"] = &fstest.MapFile{Data: []byte(config + "  trays:\n" + trays)}
	files[shared] = &fstest.MapFile{Data: []byte("---\ntitle: T\n---\n\n## News\n")}
	clock := func() time.Time { return now }
	f, err := local.Init(t.TempDir()+"/harbour", files, somebody("Ada"), clock)
	if err != nil {
		t.Fatal(err)
	}
	return newBenchOver(t, f, func(c *server.Config) {
		c.Forge = func(*http.Request) (forge.Forge, error) { return f, nil }
		c.Fetch = fetch.New(fetch.Config{Clock: func() time.Time { return time.Now().Add(time.Duration(later.Load())) }, Own: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, Pause: time.Millisecond})
	})
}

func (b *bench) trays(query string) (list trayAnswers) {
	b.t.Helper()
	decode(b.t, text(b.t, b.do("GET", "/api/trays?branch=main&path="+shared+query, "")), &list)
	return list
}

func TestTrays(t *testing.T) {
	var asked atomic.Int32
	var broken atomic.Bool
	var later atomic.Int64
	feeds := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if broken.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		io.WriteString(w, strings.ReplaceAll(trayFeed, "Harbours", "Far harbours"))
	}))
	defer feeds.Close()
	b := newTrays(t, `    - {name: Near, kind: feed, where: [feeds/*.xml, feeds/missing.json], section: News, days: 30}
    - {name: Far, kind: feed, where: "`+feeds.URL+`", bullet: "{{ item.title }} ({{ item.date | date: '%B %-d' }})"}
    - {name: Inside, kind: feed, where: "http://169.254.169.254/latest"}
    - {name: Wrong, kind: fax, where: x}
`, fstest.MapFS{
		"feeds/a.xml":                  {Data: []byte(trayFeed)},
		"_posts/2026-08-09-earlier.md": {Data: []byte("---\ntitle: Earlier\n---\n\n## News\n\n* [Gates](http://www.blog.example/gates/)\n\nSee [old](https://blog.example/old).\n")},
	}, &later)
	list := b.trays("")
	if len(list.Trays) != 3 || len(list.Wrong) != 1 || !strings.Contains(list.Wrong[0], "“Wrong”") {
		t.Fatalf("%+v", list)
	}
	near, far, inside := list.Trays[0], list.Trays[1], list.Trays[2]
	if len(near.Items) != 1 || near.Section != "News" || len(near.Trouble) != 1 || !strings.Contains(near.Trouble[0], "feeds/missing.json") {
		t.Fatalf("%+v", near)
	}
	item := near.Items[0]
	if item.Bullet != `[The &#123;&#123; gates }} \[open\]](https://blog.example/gates?utm_source=feed)` || item.Date != "2026-08-14" || item.Source != "Harbours" || len(item.Key) != 12 {
		t.Errorf("%+v", item)
	}
	if item.Reported != "Earlier, News" {
		t.Errorf("reported in %q", item.Reported)
	}
	if len(far.Items) != 2 || far.Items[1].Reported != "" || far.Items[1].Bullet != "Old (June 12)" || far.Items[0].Key != item.Key {
		t.Errorf("%+v", far)
	}
	if len(inside.Items) != 0 || len(inside.Trouble) != 1 || !strings.Contains(inside.Trouble[0], "not public") {
		t.Errorf("%+v", inside)
	}
	// What was fetched lately is not asked for again, and stays when the network goes.
	broken.Store(true)
	if again := b.trays("").Trays[1]; len(again.Items) != 2 || len(again.Trouble) != 0 || asked.Load() != 1 {
		t.Errorf("%+v after %d requests", again, asked.Load())
	}
	later.Store(int64(time.Hour))
	if again := b.trays("").Trays[1]; len(again.Items) != 2 || len(again.Trouble) != 1 || !strings.Contains(again.Trouble[0], "502") {
		t.Errorf("%+v", again)
	}
}

// What is dismissed is in the pull request's description, for everybody.
func TestTraysDismissed(t *testing.T) {
	b := newTrays(t, "    - {name: Near, kind: feed, where: a.xml}\n", fstest.MapFS{"a.xml": {Data: []byte(trayFeed)}}, &atomic.Int64{})
	first := b.trays("")
	if len(first.Dismissed) != 0 {
		t.Fatalf("%+v", first)
	}
	key := first.Trays[0].Items[0].Key
	var file struct{ Text, Blob string }
	decode(t, text(t, b.do("GET", "/api/post?branch=main&path="+shared, "")), &file)
	sent := text(t, b.do("POST", "/api/submit", fmt.Sprintf(`{"base":"main","path":%q,"text":%q,"blob":%q,"title":"T","announce":true,"dismissed":[%q]}`, shared, file.Text, file.Blob, key), "Content-Type: application/json"))
	if got := b.trays("").Dismissed; len(got) != 1 || got[0].Key != key || !got[0].Own {
		t.Errorf("%v, want %q: %s", got, key, sent)
	}
}

// Feeds are read when there is room for work on what others wrote.
func TestTraysTakeTurns(t *testing.T) {
	files := exampleFiles(t)
	files["_config.yml"] += "  trays: [{name: Near, kind: feed, where: a.xml}]\n"
	files["a.xml"] = trayFeed
	release := make(chan bool)
	b := newBenchOver(t, newFake(files), func(c *server.Config) {
		c.Renders, c.RenderTime = 1, 300*time.Millisecond
		c.LexerXML = func(string) ([]byte, error) {
			<-release
			return nil, nil
		}
	})
	waitFor(t, func() bool { list := b.trays("").Trays; return len(list) == 1 && len(list[0].Items) > 0 })
	b.post("/api/preview", map[string]string{"branch": "main", "path": shared, "text": "```go\nx\n```\n"}) // it keeps the slot
	if list := b.trays("").Trays; len(list[0].Items) != 0 || len(list[0].Trouble) != 1 || !strings.Contains(list[0].Trouble[0], "too much to do") {
		t.Errorf("%+v", list)
	}
	close(release)
	waitFor(t, func() bool { return len(b.trays("").Trays[0].Items) > 0 })
}
