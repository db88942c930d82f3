package markdown

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The strict comparison of two fragments: names, nesting, order, attributes,
// comments and text count. Outside <pre>, runs of white space are one space,
// and white space at the edges of block elements and next to <br> is none.
// Inside <pre>, the highlighter's spans are looked through, and a single
// final line break does not count.

// inlineNames are the elements at whose edges white space shows.
var inlineNames = map[string]bool{
	"a": true, "abbr": true, "acronym": true, "b": true, "bdi": true, "bdo": true, "big": true, "button": true,
	"cite": true, "code": true, "data": true, "del": true, "dfn": true, "em": true, "font": true, "i": true,
	"img": true, "input": true, "ins": true, "kbd": true, "label": true, "map": true, "mark": true, "meter": true,
	"output": true, "progress": true, "q": true, "rp": true, "rt": true, "ruby": true, "s": true, "samp": true,
	"select": true, "small": true, "span": true, "strike": true, "strong": true, "sub": true, "sup": true,
	"textarea": true, "time": true, "tt": true, "u": true, "var": true, "wbr": true, "script": true, "style": true,
	"svg": true, "math": true, "object": true, "video": true, "audio": true, "canvas": true, "iframe": true,
	"picture": true, "source": true, "noscript": true, "template": true,
}

// dom is one line a node: a canonical form of a fragment.
type dom struct {
	lines []string
	text  strings.Builder
	// space is set when white space waits to be written before more text,
	// edge when it would be at a block's edge.
	space, edge bool
}

func canonical(t testing.TB, fragment string) []string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(fragment), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	d := &dom{edge: true}
	for _, n := range nodes {
		d.walk(n, 0)
	}
	d.flush(0, true)
	return d.lines
}

// flush ends a run of text.
func (d *dom) flush(depth int, edge bool) {
	text := d.text.String()
	d.text.Reset()
	if d.space && !edge {
		text += " "
		d.space = false
	}
	if edge {
		d.space = false
	}
	if text != "" {
		d.lines = append(d.lines, fmt.Sprintf("%*s%q", depth, "", text))
	}
}

func (d *dom) walk(n *html.Node, depth int) {
	switch n.Type {
	case html.TextNode:
		for _, r := range n.Data {
			if r == ' ' || r == '\t' || r == '\n' || r == '\f' || r == '\r' {
				d.space = true
				continue
			}
			if d.space && !d.edge {
				d.text.WriteByte(' ')
			}
			d.space, d.edge = false, false
			d.text.WriteRune(r)
		}
	case html.CommentNode:
		d.flush(depth, false)
		d.lines = append(d.lines, fmt.Sprintf("%*s<!--%s-->", depth, "", n.Data))
	case html.ElementNode:
		if d.space && d.edge {
			d.space = false
		}
		block := !inlineNames[n.Data]
		d.flush(depth, block)
		var attrs []string
		for _, a := range n.Attr {
			attrs = append(attrs, fmt.Sprintf(" %s%s=%q", a.Namespace, a.Key, a.Val))
		}
		sort.Strings(attrs)
		d.lines = append(d.lines, fmt.Sprintf("%*s<%s%s>", depth, "", n.Data, strings.Join(attrs, "")))
		if n.Data == "pre" {
			d.pre(n, depth+1)
			d.edge = true
			return
		}
		if block {
			d.edge = true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			d.walk(c, depth+1)
		}
		d.flush(depth+1, block)
		d.lines = append(d.lines, fmt.Sprintf("%*s</%s>", depth, "", n.Data))
		if block {
			d.edge = true
		} else if n.Data == "img" || n.Data == "input" {
			d.edge = false
		}
	}
}

// pre writes what is in a <pre>.
func (d *dom) pre(n *html.Node, depth int) {
	start := len(d.lines)
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			d.lines = append(d.lines, fmt.Sprintf("%*s%q", depth, "", text.String()))
			text.Reset()
		}
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				text.WriteString(c.Data)
			case c.Type == html.CommentNode:
				flush()
				d.lines = append(d.lines, fmt.Sprintf("%*s<!--%s-->", depth, "", c.Data))
			case c.Data == "span":
				walk(c)
			default:
				flush()
				var attrs []string
				for _, a := range c.Attr {
					attrs = append(attrs, fmt.Sprintf(" %s=%q", a.Key, a.Val))
				}
				sort.Strings(attrs)
				d.lines = append(d.lines, fmt.Sprintf("%*s<%s%s>", depth, "", c.Data, strings.Join(attrs, "")))
				walk(c)
				flush()
				d.lines = append(d.lines, fmt.Sprintf("%*s</%s>", depth, "", c.Data))
			}
		}
	}
	walk(n)
	flush()
	for i := len(d.lines) - 1; i >= start; i-- {
		if line := d.lines[i]; strings.HasSuffix(line, `"`) && !strings.HasPrefix(strings.TrimLeft(line, " "), "<") {
			d.lines[i] = strings.TrimSuffix(line, `\n"`) + map[bool]string{true: `"`}[strings.HasSuffix(line, `\n"`)]
			break
		}
	}
}

// domDifference returns the first place where two fragments differ, or "".
func domDifference(t testing.TB, got, want string) string {
	t.Helper()
	if got == want {
		return ""
	}
	g, w := canonical(t, got), canonical(t, want)
	for i := 0; i < len(g) || i < len(w); i++ {
		a, b := "(end)", "(end)"
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return fmt.Sprintf("node %d:\n got  %s\n want %s", i, a, b)
		}
	}
	return ""
}
