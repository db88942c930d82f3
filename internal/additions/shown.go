package additions

import (
	"bytes"
	"context"
	"hash/maphash"
	"regexp"
	"slices"
	"strings"

	"galley/internal/formatting"
	"galley/internal/markdown"
	"galley/internal/post"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inert matches the Liquid that an addition may have: what stands for itself, and neither
// takes in text behind it, nor changes what others' Liquid makes, nor writes HTML. None
// has another in it.
var inert = regexp.MustCompile(`\{%-?\s*(?:link|post_url|include|include_relative)\s[^<>{}\[\]%&]*%\}` +
	`|\{\{-?\s*(?:(?:site|page)\.[\w.]+|"[^"<>{}%&]*"|'[^'<>{}%&]*')\s*(?:\|\s*(?:relative_url|absolute_url)\s*)?-?\}\}`)

// hasLiquid tells whether lines have Liquid that may be of consequence for others.
func hasLiquid(lines string) bool {
	lines = inert.ReplaceAllString(lines, "")
	for _, sign := range []string{"{%", "%}", "{{", "}}"} {
		if strings.Contains(lines, sign) {
			return true
		}
	}
	return false
}

// showsAll tells whether a page of the one post shows all that one of the other does, in
// that order, and each of it as it was: within the same elements. Whatever takes text in
// that it did not bring, be it a comment, an element, a fence or a link's definition, makes
// something else of it. The site's dialect is not known here, so each is asked.
func showsAll(ctx context.Context, now, was post.Post) (bool, error) {
	for _, dialect := range []markdown.Dialect{markdown.Kramdown, markdown.GFM} {
		r := markdown.New(markdown.Config{Dialect: dialect, Stop: ctx.Err})
		seed := maphash.MakeSeed()
		a, b := page{seed: seed}, page{seed: seed}
		read := a.read(r.Render(body(was)).HTML()) && b.read(r.Render(body(now)).HTML())
		if err := ctx.Err(); err != nil {
			return false, err
		}
		if !read || b.active != a.active || b.open > a.open || !follows(a.shown, b.shown) {
			return false, nil
		}
	}
	return true, nil
}

// body is a post's body, without the items that wait to be filled in.
func body(p post.Post) []byte {
	lines := strings.Split(string(p.Source[p.Body:]), "\n")
	for i, line := range lines {
		if emptyItem.MatchString(line) {
			lines[i] = ""
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

// page is what a page shows.
type page struct {
	seed maphash.Seed
	// shown are the words and pictures, each together with the elements around it.
	shown []uint64
	// active is how many elements can change what is shown elsewhere.
	active int
	// open is how many elements and comments are not closed at its end.
	open int
}

// read reads a page's content; false for what cannot be read.
func (p *page) read(src []byte) bool {
	nodes, err := formatting.ParseFragment(src, &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return false
	}
	for _, n := range nodes {
		p.node(n, 0)
	}
	p.ends(src)
	return true
}

// node adds what a node shows; around tells the elements around it.
func (p *page) node(n *html.Node, around uint64) {
	switch n.Type {
	case html.TextNode:
		for word := range strings.FieldsSeq(n.Data) {
			p.shown = append(p.shown, p.sum(around, word))
		}
		return
	case html.ElementNode:
	default:
		return
	}
	if isNote(n) {
		p.shown = append(p.shown, p.sum(around, "note"))
		return // they are numbered, so that another before it changes its text
	}
	if !(n.Data == "p" && n.Parent != nil && n.Parent.Data == "li") { // a list's items are wide or narrow together
		around = p.sum(around, tag(n))
	}
	switch n.Data {
	case "style", "script", "link", "base", "meta", "template":
		p.active++
	case "img", "hr", "iframe", "input", "video", "audio", "source", "embed", "object":
		p.shown = append(p.shown, around)
	}
	if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "style" || strings.HasPrefix(a.Key, "on") }) && n.Data != "td" && n.Data != "th" {
		p.active++
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c, around)
	}
}

func (p *page) sum(around uint64, text string) uint64 {
	return maphash.Comparable(p.seed, struct {
		around uint64
		text   string
	}{around, text})
}

// isNote tells whether an element leads to a note or back.
func isNote(n *html.Node) bool {
	return n.Data == "a" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
		return a.Key == "class" && (strings.Contains(a.Val, "footnote"))
	})
}

// tag is an element with its attributes, but those that tell its place among others.
func tag(n *html.Node) string {
	var b strings.Builder
	b.WriteString(n.Data)
	for _, a := range n.Attr {
		if a.Key == "id" || n.Data == "ol" && a.Key == "start" || n.Data == "sup" && a.Key == "role" {
			continue
		}
		b.WriteString("\x00" + a.Key + "\x00" + a.Val)
	}
	return b.String()
}

// ends counts what is open at the content's end, where the page around it goes on.
func (p *page) ends(src []byte) {
	depth := map[string]int{}
	for z := html.NewTokenizer(bytes.NewReader(src)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			for _, n := range depth {
				p.open += max(n, -n)
			}
			return
		case html.CommentToken:
			if raw := z.Raw(); !bytes.HasSuffix(raw, []byte(">")) {
				p.open++
			}
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			switch atom.Lookup(name) {
			case atom.Img, atom.Br, atom.Hr, atom.Input, atom.Wbr, atom.Source, atom.Area, atom.Col, atom.Embed, atom.Track, atom.Link, atom.Meta, atom.Base, atom.Param:
				continue
			}
			if kind == html.StartTagToken {
				depth[string(name)]++
			} else {
				depth[string(name)]--
			}
		}
	}
}
