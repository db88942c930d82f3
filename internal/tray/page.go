package tray

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readPage reads a page of many articles, newest first, by day: HTML, or the text
// of such a page. In HTML an article begins with a heading that is a link; in text
// with the name of its feed ("feedName", as aggregators mark it) or behind the time
// that ends the article before. A line that is a day alone is the day of what
// follows.
func readPage(data []byte, at string) []Item {
	if looksLikeHTML(data) {
		return readHTML(data, at)
	}
	return readText(string(data))
}

var (
	doctype = regexp.MustCompile(`(?i)<(?:!doctype|html|body|h[1-6]|article|div)\b`)
	ending  = regexp.MustCompile(`^(\d{1,2} [A-Z][a-z]{2,8} \d{4}) \d{1,2}:\d{2} ?(?:[ap]m)?(?: [A-Z]{2,5})?$`)
)

func looksLikeHTML(data []byte) bool { return doctype.Match(data[:min(len(data), 4096)]) }

// dayForms are how pages write a day.
var dayForms = []string{"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "Monday, 2 January 2006", "Monday, January 2, 2006", "Mon, 2 Jan 2006", "2006-01-02"}

// dayOf reads a line that is a day and nothing else.
func dayOf(line string) (time.Time, bool) {
	if len(line) < 8 || len(line) > 40 {
		return time.Time{}, false
	}
	for _, form := range dayForms {
		if day, err := time.Parse(form, line); err == nil {
			return day, true
		}
	}
	return time.Time{}, false
}

func readText(text string) (items []Item) {
	var day time.Time
	source, wanted := "", false // whether the next line is a title
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if d, ok := dayOf(line); ok {
			day, source, wanted = d, "", true
			continue
		}
		if name, ok := strings.CutPrefix(line, "feed"); ok && wanted && name != "" && strings.TrimSpace(name) == name {
			source = name
			continue
		}
		if m := ending.FindStringSubmatch(line); m != nil {
			_, wanted = dayOf(m[1])
			continue
		}
		switch {
		case wanted && len(items) < maxRead:
			items = append(items, Item{Title: line, Source: source, Date: day})
			wanted = false
		case len(items) > 0 && items[len(items)-1].Summary == "" && len(line) > 80:
			items[len(items)-1].Summary = line
		}
	}
	return items
}

// readHTML goes through the page's elements in their order.
func readHTML(data []byte, at string) (items []Item) {
	z := html.NewTokenizer(bytes.NewReader(data))
	z.SetMaxBuf(1 << 20)
	var (
		day     time.Time
		text    strings.Builder // of the block that is open
		link    string          // the first one in the heading that is open
		heading atom.Atom
		skip    atom.Atom
	)
	end := func() string {
		line := strings.Join(strings.Fields(text.String()), " ")
		text.Reset()
		return line
	}
	block := func() {
		line := end()
		if d, ok := dayOf(line); ok {
			day = d
		} else if n := len(items); n > 0 && items[n-1].Summary == "" && len(line) > 80 {
			items[n-1].Summary = line
		}
	}
	for len(items) < maxRead {
		switch z.Next() {
		case html.ErrorToken:
			return items
		case html.TextToken:
			if skip == 0 && text.Len() < 8*maxSummary {
				text.Write(z.Text())
			}
		case html.StartTagToken:
			name, attributes := z.TagName()
			switch tag := atom.Lookup(name); tag {
			case atom.Script, atom.Style, atom.Template:
				skip = tag
			case atom.H1, atom.H2, atom.H3, atom.H4:
				block()
				heading, link = tag, ""
			case atom.A:
				for attributes {
					var key, value []byte
					key, value, attributes = z.TagAttr()
					if heading != 0 && link == "" && string(key) == "href" {
						link = resolve(at, string(value))
					}
				}
			case atom.P, atom.Div, atom.Li, atom.Section, atom.Article, atom.Td, atom.Time, atom.Header:
				if heading == 0 {
					block()
				}
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch tag := atom.Lookup(name); tag {
			case atom.Script, atom.Style, atom.Template:
				if tag == skip {
					skip = 0
				}
			case atom.H1, atom.H2, atom.H3, atom.H4:
				line := end()
				if d, ok := dayOf(line); ok {
					day = d
				} else if link != "" && line != "" {
					items = append(items, Item{Title: line, URL: link, Date: day, Source: hostOf(link)})
				}
				heading, link = 0, ""
			case atom.P, atom.Div, atom.Li, atom.Time, atom.Header, atom.Td:
				if heading == 0 {
					block()
				}
			}
		}
	}
	return items
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
