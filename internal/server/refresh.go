package server

import (
	"bytes"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
)

// withoutRefresh takes from a page what would lead its frame away or load it on and
// on by merely standing there: `content` of each `<meta http-equiv="refresh">`. The
// element stays, as it does where patches bring it (web/src/frame/page-parser.ts).
//
// Which bytes a browser takes for a tag depends on all that stands before them, and
// readers of HTML differ in it. So each "<meta" is taken for one, also within a
// comment, a style sheet or an attribute.
func withoutRefresh(page []byte) []byte {
	var out []byte
	written, read := 0, 0
	for at := 0; ; at += len(metaTag) {
		i := indexTag(page[at:])
		if i < 0 {
			break
		}
		at += i
		if read > mostRead {
			// What is left is shown without elements of this kind.
			out = append(append(out, page[written:at]...), "<span"...)
			written = at + len(metaTag)
			continue
		}
		tag, length := refreshTag(page[at:])
		read += length
		if tag != "" {
			out = append(append(out, page[written:at]...), tag...)
			written = at + length
			at = written - len(metaTag)
		}
	}
	if written == 0 {
		return page
	}
	return append(out, page[written:]...)
}

const metaTag = "<meta"

// indexTag is where the next "<meta" begins that can be a tag's; -1 for none.
func indexTag(page []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(page[at:], '<')
		if i < 0 || at+i+len(metaTag) >= len(page) {
			return -1
		}
		at += i
		if behind := page[at+len(metaTag)]; bytes.EqualFold(page[at:at+len(metaTag)], []byte(metaTag)) && strings.IndexByte(" \t\r\n\f/", behind) >= 0 {
			return at
		}
		at++
	}
}

// mostRead is how many bytes are read of a page's tags, each from its beginning. Only
// a page that is made to cost much has as many: tags within tags.
const mostRead = 64 << 20

// refreshTag reads the tag of a meta element, and how long it is; where that is a
// refresh, without is the tag without its `content`.
func refreshTag(page []byte) (without string, length int) {
	z := nethtml.NewTokenizer(bytes.NewReader(page))
	if kind := z.Next(); kind != nethtml.StartTagToken && kind != nethtml.SelfClosingTagToken {
		return "", len(page) // the page ends in it: no browser makes an element of it
	}
	length = len(z.Raw())
	t := z.Token()
	if !slices.ContainsFunc(t.Attr, func(a nethtml.Attribute) bool {
		return a.Key == "http-equiv" && strings.EqualFold(strings.TrimSpace(a.Val), "refresh")
	}) {
		return "", length
	}
	t.Attr = slices.DeleteFunc(t.Attr, func(a nethtml.Attribute) bool { return a.Key == "content" })
	return t.String(), length
}
