package mail

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"galley/internal/formatting"
	"galley/internal/percent"
)

// document is a page on its way to be a mail.
type document struct {
	root *html.Node
	body *html.Node
	// dropped are the names of elements that were taken out, each once.
	dropped []string
	// sheets are the addresses of style sheets that no mail program loads.
	sheets []string
	// refused are the addresses that cannot be read, which were left out.
	refused  []string
	pictures []picture
	data     int // addresses that hold their content
	links    int
}

// picture is a picture in a mail.
type picture struct {
	address string // absolute
	alt     string
	hasAlt  bool
}

// active are the elements that mail programs take out, or take for an attack.
var active = []string{"script", "noscript", "iframe", "object", "embed", "form", "input", "button", "select", "textarea", "audio", "video", "base", "applet", "template", "animate", "set"}

// addresses are the attributes that hold an address, by element; "" is any.
var addresses = []string{"href", "src", "poster", "background", "cite", "longdesc"}

// newDocument reads a page: what mail cannot have is taken out, addresses are made
// absolute.
func newDocument(page []byte, base *url.URL) (*document, error) {
	root, err := formatting.Parse(page)
	if errors.Is(err, formatting.ErrUnclosed) {
		return nil, tooMuchOpen()
	} else if err != nil {
		return nil, err
	}
	d := &document{root: root}
	var gone []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			// Comments that old programs read as conditions stay.
			if !strings.HasPrefix(n.Data, "[if") && !strings.HasPrefix(n.Data, "<![endif") {
				gone = append(gone, n)
			}
			continue
		}
		if n.Type != html.ElementNode {
			continue
		}
		switch {
		case slices.Contains(active, n.Data):
			if !slices.Contains(d.dropped, n.Data) {
				d.dropped = append(d.dropped, n.Data)
			}
			gone = append(gone, n)
			continue
		case n.DataAtom == atom.Link:
			if strings.Contains(" "+strings.ToLower(attribute(n, "rel"))+" ", " stylesheet ") {
				d.sheets = append(d.sheets, attribute(n, "href"))
			}
			gone = append(gone, n)
			continue
		case n.DataAtom == atom.Meta && attribute(n, "http-equiv") != "" && !strings.EqualFold(attribute(n, "http-equiv"), "content-type"):
			gone = append(gone, n)
			continue
		case n.DataAtom == atom.Body:
			d.body = n
		}
		d.resolve(n, base)
	}
	for _, n := range gone {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Img:
			alt, has := find(n, "alt")
			d.pictures = append(d.pictures, picture{attribute(n, "src"), alt, has})
		case atom.A:
			if attribute(n, "href") != "" {
				d.links++
			}
		}
	}
	return d, nil
}

// resolve makes an element's addresses absolute, and takes its scripts out, as well as
// what cannot be read as an address: a program may read something else in it.
func (d *document) resolve(n *html.Node, base *url.URL) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		key := strings.ToLower(a.Key)
		switch {
		case strings.HasPrefix(key, "on"), key == "srcset", key == "sizes" && n.DataAtom == atom.Img, key == "loading", key == "crossorigin", key == "integrity":
			continue // scripts, and what mail programs do not choose by
		case slices.Contains(addresses, key):
			address, err := base.Parse(asBrowsersRead(a.Val))
			if err != nil {
				d.refused = append(d.refused, a.Val)
				continue
			}
			switch address.Scheme {
			case "data":
				d.data++
			case "javascript", "vbscript":
				continue
			default:
				a.Val = address.String()
			}
		}
		kept = append(kept, a)
	}
	n.Attr = kept
}

// asBrowsersRead is an address without what browsers leave out of one: blanks and
// controls around it, and ends of lines within. A percent sign that escapes nothing is
// written as one.
func asBrowsersRead(address string) string {
	address = strings.TrimFunc(address, func(r rune) bool { return r <= ' ' })
	address = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address)
	var b strings.Builder
	for i := range len(address) {
		b.WriteByte(address[i])
		if _, escapes := percent.Byte(address[i:]); address[i] == '%' && !escapes {
			b.WriteString("25")
		}
	}
	return b.String()
}

// addPreview puts the text that programs show beside the subject where they look
// for it: first in the body, and out of sight.
func (d *document) addPreview(text string) {
	if text == "" || d.body == nil {
		return
	}
	div := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div, Attr: []html.Attribute{
		{Key: "style", Val: "display:none;max-height:0;overflow:hidden;mso-hide:all"}, {Key: "aria-hidden", Val: "true"},
	}}
	div.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	d.body.InsertBefore(div, d.body.FirstChild)
}

func (d *document) html() (string, error) {
	var b strings.Builder
	err := html.Render(&b, d.root)
	return b.String(), err
}

func attribute(n *html.Node, key string) string {
	v, _ := find(n, key)
	return v
}

func find(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}
