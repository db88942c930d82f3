package tray

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// No feed takes long, or much memory: whoever has one chooses what it is.
func TestHostileFeeds(t *testing.T) {
	const head = `<rss version="2.0"><channel><item><a xmlns="u">`
	repeated := func(head, part string) string { return head + strings.Repeat(part, (MaxFile-len(head))/len(part)) }
	names := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, ` xmlns:n%d="u%d"`, i, i)
		}
		return b.String()
	}
	for name, feed := range map[string]string{
		"elements in each other":     repeated(head, "<a>"),
		"text in pieces":             repeated(head, "a<b/>"),
		"text between sections":      repeated(head, "a<![CDATA[b]]>"),
		"text between comments":      repeated(head, "a<!---->"),
		"text between controls":      repeated(head, "a<\x01b\x02/>"),
		"much text in pieces":        repeated(head, strings.Repeat("a", 300)+"<b/>"),
		"elements":                   repeated(head, "<b/>"),
		"items":                      repeated(`<rss version="2.0"><channel>`, "<item/>"),
		"entries":                    repeated(`<feed xmlns="http://www.w3.org/2005/Atom">`, "<entry/>"),
		"in another encoding":        repeated(`<?xml version="1.0" encoding="windows-1252"?>`+head, "a<b/>"),
		"end tags of others":         repeated(head, "<a></b>"),
		"attributes":                 repeated(head+"<b", " a=''"),
		"namespaces":                 repeated(`<rss version="2.0"`+names(20_000)+`><channel><item>`, `<b xmlns="u"/>`),
		"just few enough elements":   head + strings.Repeat("<b/>", maxParts-10) + "</a></item></channel></rss>",
		"just few enough namespaces": `<rss version="2.0"` + names(maxSpaces-2) + "><channel><item>" + strings.Repeat(`<b xmlns="u"/>`, maxParts/2-100) + "</item></channel></rss>",
		"just few enough items":      `<rss version="2.0"><channel>` + strings.Repeat("<item/>", maxHeavy) + "</channel></rss>",
		"just short enough text":     head + strings.Repeat("a<b/>", 22_000) + "</a></item></channel></rss>",
		"just few enough of JSON":    `{"version":"https://jsonfeed.org/version/1","items":[{}` + strings.Repeat(",{}", maxHeavy-5),
		"items of JSON":              repeated(`{"version":"https://jsonfeed.org/version/1","items":[{}`, ",{}"),
		"lists of JSON":              repeated(`{"version":"https://jsonfeed.org/version/1","items":[{"a":`, "["),
		"tags of JSON":               repeated(`{"version":"https://jsonfeed.org/version/1","items":[{"attachments":[{}`, ",{}"),
	} {
		t.Run(name, func(t *testing.T) {
			if strings.HasSuffix(name, "JSON") && !strings.HasPrefix(name, "lists") {
				feed += strings.Repeat("]}", strings.Count(feed, "["))
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begun := time.Now()
			_, err := readFeed([]byte(feed), "https://x.example/")
			took := time.Since(begun)
			runtime.ReadMemStats(&after)
			made := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Log(took, made, err)
			if took > 5*time.Second || made > 600 {
				t.Errorf("%v and %d MB", took, made)
			}
			if err == nil && !strings.HasPrefix(name, "just") {
				t.Error("it is read")
			}
		})
	}
}

// A feed as large as is read, of a thousand long articles, is read.
func TestLargeFeed(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>` + "\n")
	for i := 0; b.Len() < MaxFile-8000; i++ {
		fmt.Fprintf(&b, "<item>\n <title>T%d</title>\n <link>https://x.example/%d</link>\n <media:group><media:content url='https://x.example/a.png' width='1'><media:title>a &amp; b</media:title></media:content></media:group>\n"+
			" <content:encoded><![CDATA[%s]]></content:encoded>\n</item>\n", i, i, strings.Repeat("<p>a <b>b</b></p>\n", 200))
	}
	b.WriteString("</channel></rss>")
	items, err := readFeed([]byte(b.String()), "https://x.example/")
	if err != nil || len(items) < 900 {
		t.Errorf("%d items, %v", len(items), err)
	}
	if _, err := readFeed([]byte("<rss><channel>"+strings.Repeat("<a>", maxDepth)), ""); !errors.Is(err, errUnlikeFeeds) {
		t.Errorf("the error is %v", err)
	}
}
