// Package sametest tells, for tests, whether a file that Galley built is the
// one that Jekyll built.
//
// HTML is the same when an HTML5 parser gives the same elements, attributes
// (in any order), comments and texts; runs of white space count as one space
// outside pre and textarea, texts of white space alone do not count, nor does
// the name of the generator; JSON-LD is compared as JSON. XML is the same with
// the same elements, attributes and texts. All else is compared byte by byte.
// Times at which the two were built do not count anywhere.
package sametest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// Difference is the first difference between two files of one name, in words,
// or empty when they are the same. What is less than an hour from one of the
// times in built is a time of building.
func Difference(name string, want, got []byte, built ...time.Time) string {
	if bytes.Equal(want, got) {
		return ""
	}
	if len(built) > 0 {
		want, got = withoutTimes(want, built), withoutTimes(got, built)
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		return first(htmlLines(want), htmlLines(got))
	case ".xml", ".svg", ".atom", ".rss":
		w, err := xmlLines(want)
		if err != nil {
			break
		}
		g, err := xmlLines(got)
		if err != nil {
			return "not XML: " + err.Error()
		}
		return first(w, g)
	case ".json", ".map":
		var w, g any
		if json.Unmarshal(want, &w) == nil && json.Unmarshal(got, &g) == nil && reflect.DeepEqual(w, g) {
			return ""
		}
	}
	return first(strings.Split(string(want), "\n"), strings.Split(string(got), "\n"))
}

// stamp is a moment as pages and feeds have it.
var stamp = regexp.MustCompile(`(20\d\d-\d\d-\d\d)[T ](\d\d:\d\d:\d\d) ?(Z|[+-]\d\d:?\d\d)`)

// withoutTimes puts words in the place of the moments at which a file was built.
func withoutTimes(src []byte, built []time.Time) []byte {
	return stamp.ReplaceAllFunc(src, func(text []byte) []byte {
		m := stamp.FindSubmatch(text)
		zone := strings.Replace(strings.ReplaceAll(string(m[3]), ":", ""), "Z", "+0000", 1)
		at, err := time.Parse("2006-01-02 15:04:05 -0700", string(m[1])+" "+string(m[2])+" "+zone)
		for _, b := range built {
			if err == nil && at.Sub(b).Abs() < time.Hour {
				return []byte("(time of building)")
			}
		}
		return text
	})
}

// first shows where two lists part.
func first(want, got []string) string {
	for i := 0; i < len(want) || i < len(got); i++ {
		w, g := "(the end)", "(the end)"
		if i < len(want) {
			w = want[i]
		}
		if i < len(got) {
			g = got[i]
		}
		if w != g {
			w, g = apart(w, g)
			return fmt.Sprintf("after %q:\n\twant %s\n\tgot  %s", strings.Join(want[max(0, i-2):i], " "), w, g)
		}
	}
	return ""
}

// apart cuts long texts to where they differ.
func apart(a, b string) (string, string) {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	cut := func(s string) string {
		from, to := max(0, at-60), min(len(s), at+160)
		return fmt.Sprintf("%q", s[from:max(from, to)])
	}
	return cut(a), cut(b)
}

var spaces = regexp.MustCompile(`[ \t\r\n\f]+`)

// htmlLines gives a page's nodes in order, a line each.
func htmlLines(src []byte) []string {
	doc, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		return []string{"not HTML: " + err.Error()}
	}
	var out []string
	var text strings.Builder
	flush := func(exact bool) {
		s := text.String()
		text.Reset()
		if !exact {
			s = strings.Trim(spaces.ReplaceAllString(s, " "), " ")
		}
		if strings.Trim(s, " \t\r\n\f") != "" {
			out = append(out, "text "+s)
		}
	}
	var walk func(n *html.Node, exact bool)
	walk = func(n *html.Node, exact bool) {
		switch n.Type {
		case html.TextNode:
			text.WriteString(n.Data)
			return
		case html.CommentNode:
			flush(exact)
			out = append(out, "comment "+spaces.ReplaceAllString(n.Data, " "))
			return
		case html.DoctypeNode:
			out = append(out, "doctype "+n.Data)
			return
		case html.ElementNode:
			flush(exact)
			if n.Data == "meta" && attr(n, "name") == "generator" {
				return
			}
			out = append(out, element(n))
			exact = exact || n.Data == "pre" || n.Data == "textarea"
			if n.Data == "script" && attr(n, "type") == "application/ld+json" && n.FirstChild != nil {
				var v any
				if json.Unmarshal([]byte(n.FirstChild.Data), &v) == nil {
					b, _ := json.Marshal(v)
					out = append(out, "json "+string(b), "/script")
					return
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, exact)
		}
		if n.Type == html.ElementNode {
			flush(exact)
			out = append(out, "/"+n.Data)
		}
	}
	walk(doc, false)
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func element(n *html.Node) string {
	list := make([]string, len(n.Attr))
	for i, a := range n.Attr {
		list[i] = fmt.Sprintf(" %s=%q", a.Key, a.Val)
	}
	sort.Strings(list)
	return "<" + n.Data + strings.Join(list, "") + ">"
}

// xmlLines gives a document's elements, attributes and texts, a line each. A
// feed's text that is HTML is compared as it is; its own time of building is
// left out.
func xmlLines(src []byte) ([]string, error) {
	var out, open []string
	d := xml.NewDecoder(bytes.NewReader(src))
	d.Strict = true
	d.Entity = xml.HTMLEntity
	var text strings.Builder
	flush := func() {
		s := strings.Trim(spaces.ReplaceAllString(text.String(), " "), " ")
		text.Reset()
		if s == "" {
			return
		}
		if built := strings.Join(open, "/"); built == "feed/updated" || built == "rss/channel/pubDate" || built == "rss/channel/lastBuildDate" {
			s = "(time of building)"
		}
		out = append(out, "text "+s)
	}
	for {
		t, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			flush()
			open = append(open, t.Name.Local)
			if t.Name.Local == "generator" {
				if err := d.Skip(); err != nil {
					return nil, err
				}
				open = open[:len(open)-1]
				continue
			}
			list := make([]string, len(t.Attr))
			for i, a := range t.Attr {
				list[i] = fmt.Sprintf(" %s:%s=%q", a.Name.Space, a.Name.Local, a.Value)
			}
			sort.Strings(list)
			out = append(out, "<"+t.Name.Space+":"+t.Name.Local+strings.Join(list, "")+">")
		case xml.EndElement:
			flush()
			open = open[:len(open)-1]
			out = append(out, "/"+t.Name.Local)
		case xml.CharData:
			text.Write(t)
		}
	}
}
