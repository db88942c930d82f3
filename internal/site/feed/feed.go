// Package feed writes Atom feeds as jekyll-feed 0.17 does. The section "feed"
// of the settings says which feeds there are ([Channels]); a feed is read from
// what templates see ([Source.Feed]) and written ([Feed.XML]).
package feed

import (
	"galley/internal/liquid"
	"strings"
)

// Feed is an Atom feed. Its texts are plain: they are escaped when they are
// written.
type Feed struct {
	// Jekyll is the version of Jekyll that is told.
	Jekyll string
	// URL is the feed's own whole address, and Home the site's.
	URL, Home string
	// Lang is the site's language, or empty.
	Lang string
	// Updated is the time of building, as XML Schema has it.
	Updated string
	// Title and Subtitle are nil where there are none.
	Title, Subtitle *string
	// Author is nil for a site without one.
	Author *Person
	// Stylesheet is the address of the site's feed.xslt.xml, or empty.
	Stylesheet string
	Entries    []Entry
}

// Person is an author.
type Person struct{ Name, Email, URI string }

// Entry is one document in a feed.
type Entry struct {
	Lang  string
	Title string
	// URL is its whole address, ID what tells it from others for ever.
	URL, ID            string
	Published, Updated string
	// Content is HTML; nil for a feed of summaries.
	Content    *string
	Author     Person
	Categories []string
	// Summary is plain text; nil where there is none.
	Summary *string
	// Image is a whole address, or empty.
	Image string
}

// XML writes a feed.
func (f Feed) XML() string {
	var b strings.Builder
	esc := liquid.EscapeXML
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?>`)
	if f.Stylesheet != "" {
		b.WriteString(`<?xml-stylesheet type="text/xml" href="` + f.Stylesheet + `"?>`)
	}
	lang, hreflang := "", ""
	if f.Lang != "" {
		lang, hreflang = `xml:lang="`+f.Lang+`"`, `hreflang="`+f.Lang+`" `
	}
	b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom" ` + lang + `>`)
	b.WriteString(`<generator uri="https://jekyllrb.com/" version="` + f.Jekyll + `">Jekyll</generator>`)
	b.WriteString(`<link href="` + f.URL + `" rel="self" type="application/atom+xml" />`)
	b.WriteString(`<link href="` + f.Home + `" rel="alternate" type="text/html" ` + hreflang + `/>`)
	b.WriteString(`<updated>` + f.Updated + `</updated><id>` + esc(f.URL) + `</id>`)
	if f.Title != nil {
		b.WriteString(`<title type="html">` + esc(*f.Title) + `</title>`)
	}
	if f.Subtitle != nil {
		b.WriteString(`<subtitle>` + esc(*f.Subtitle) + `</subtitle>`)
	}
	if f.Author != nil {
		f.Author.write(&b)
	}
	for _, e := range f.Entries {
		e.write(&b)
	}
	b.WriteString(`</feed>`)
	return b.String()
}

func (p Person) write(b *strings.Builder) {
	b.WriteString(`<author><name>` + liquid.EscapeXML(p.Name) + `</name>`)
	if p.Email != "" {
		b.WriteString(`<email>` + liquid.EscapeXML(p.Email) + `</email>`)
	}
	if p.URI != "" {
		b.WriteString(`<uri>` + liquid.EscapeXML(p.URI) + `</uri>`)
	}
	b.WriteString(`</author>`)
}

func (e Entry) write(b *strings.Builder) {
	esc := liquid.EscapeXML
	b.WriteString(`<entry`)
	if e.Lang != "" {
		b.WriteString(` xml:lang="` + e.Lang + `"`)
	}
	title := esc(e.Title)
	b.WriteString(`><title type="html">` + title + `</title>`)
	b.WriteString(`<link href="` + e.URL + `" rel="alternate" type="text/html" title="` + title + `" />`)
	b.WriteString(`<published>` + e.Published + `</published><updated>` + e.Updated + `</updated><id>` + esc(e.ID) + `</id>`)
	if e.Content != nil {
		b.WriteString(`<content type="html" xml:base="` + esc(e.URL) + `">` + cdata(*e.Content) + `</content>`)
	}
	e.Author.write(b)
	for _, c := range e.Categories {
		b.WriteString(`<category term="` + esc(c) + `" />`)
	}
	if e.Summary != nil {
		b.WriteString(`<summary type="html">` + cdata(*e.Summary) + `</summary>`)
	}
	if e.Image != "" {
		b.WriteString(`<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="` + esc(e.Image) + `" />`)
		b.WriteString(`<media:content medium="image" url="` + esc(e.Image) + `" xmlns:media="http://search.yahoo.com/mrss/" />`)
	}
	b.WriteString(`</entry>`)
}

// cdata puts a text between the marks of character data. The mark of its end
// in the text is parted in two, so that the feed stays whole; jekyll-feed
// writes a broken one there. Characters that XML has not are left out.
func cdata(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000:
			return r
		}
		return -1
	}, text)
	return "<![CDATA[" + strings.ReplaceAll(text, "]]>", "]]]]><![CDATA[>") + "]]>"
}
