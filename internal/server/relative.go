package server

import (
	"bytes"
	"strings"

	nethtml "golang.org/x/net/html"
)

// loading are the attributes by which an element has something loaded, apart from
// href, which mostly is a link that waits for a click.
var loading = map[string]bool{"src": true, "srcset": true, "poster": true, "data": true, "background": true}

// loadsRelatively tells whether a page has something loaded from an address that
// is relative to its own, so that it matters where it is read.
func loadsRelatively(page []byte) bool {
	z := nethtml.NewTokenizer(bytes.NewReader(page))
	styles := false
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return false
		case nethtml.TextToken:
			if styles && stylesRelatively(string(z.Raw())) {
				return true
			}
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			tag, more := z.TagName()
			name := string(tag)
			styles = name == "style"
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				switch attribute := string(key); {
				case attribute == "style":
					if stylesRelatively(string(value)) {
						return true
					}
				case loading[attribute] || attribute == "href" && (name == "link" || name == "image" || name == "use"):
					if isRelative(string(value)) {
						return true
					}
				}
			}
		default:
			styles = false
		}
	}
}

// stylesRelatively tells whether CSS has something loaded so.
func stylesRelatively(css string) bool {
	for {
		_, rest, found := strings.Cut(css, "url(")
		if !found {
			return false
		}
		if isRelative(strings.TrimLeft(rest, " \t\r\n'\"")) {
			return true
		}
		css = rest
	}
}

// isRelative tells whether an address is relative to the path of its page: it names
// neither scheme nor host, and does not begin at the root.
func isRelative(address string) bool {
	address = strings.TrimLeft(address, " \t\r\n\f")
	if address == "" || strings.ContainsRune("/\\#?", rune(address[0])) {
		return false
	}
	for i, c := range []byte(address) {
		switch {
		case c == ':':
			return i == 0
		case 'a' <= c|0x20 && c|0x20 <= 'z', i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return true
		}
	}
	return true
}
