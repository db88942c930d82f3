package deadlinks

import (
	"bytes"
	"html"
	"strings"

	"galley/internal/site/config"
)

// Page is what a built page links to and what can be linked to in it.
type Page struct {
	URL    string // the page's own, within the site
	Source []byte // of the file that it is made of; nil for none
	Layout string // the file of its template; empty for none
	links  []link
	ids    map[string]bool
}

// link is an address in a page.
type link struct {
	address string
	picture bool // the page shows it as a picture
}

// Scan reads the links and ids of a page, without most of the links that lead to
// other sites: those are not checked, and a site has many thousands.
func Scan(page []byte, siteURL string) Page {
	p := Page{ids: map[string]bool{}}
	scanTags(page, func(tag, name, value []byte) {
		switch string(name) {
		case "id":
			p.ids[string(value)] = true
		case "name":
			if string(tag) == "a" {
				p.ids[string(value)] = true
			}
		case "href", "src", "poster":
			if string(tag) != "base" && !leadsAway(value, siteURL) {
				picture := string(name) == "poster" || string(name) == "src" && string(tag) == "img"
				p.links = append(p.links, link{html.UnescapeString(string(value)), picture})
			}
		}
	})
	return p
}

// leadsAway says whether an attribute's value is plainly an address on another
// site; one with a character reference in it is not looked at that closely.
func leadsAway(value []byte, siteURL string) bool {
	if bytes.IndexByte(value, '&') >= 0 || siteURL != "" && bytes.HasPrefix(value, []byte(siteURL)) {
		return false
	}
	return config.HasScheme(value) || bytes.HasPrefix(value, []byte("//"))
}

// scanTags calls found for each attribute with a value in a page's tags; tag
// and name are in small letters. It passes over comments and over the text of
// scripts and styles.
func scanTags(page []byte, found func(tag, name, value []byte)) {
	for {
		at := bytes.IndexByte(page, '<')
		if at < 0 || at+1 >= len(page) {
			return
		}
		page = page[at+1:]
		switch c := page[0]; {
		case bytes.HasPrefix(page, []byte("!--")):
			end := bytes.Index(page, []byte("-->"))
			if end < 0 {
				return
			}
			page = page[end+3:]
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			var tag []byte
			tag, page = scanTag(page, found)
			if string(tag) == "script" || string(tag) == "style" {
				end := bytes.Index(page, []byte("</"+string(tag)))
				if end < 0 {
					return
				}
				page = page[end:]
			}
		}
	}
}

// scanTag reads one tag and gives its name and what follows it.
func scanTag(page []byte, found func(tag, name, value []byte)) (tag, rest []byte) {
	i := 0
	word := func(stop string) []byte {
		start := i
		for i < len(page) && strings.IndexByte(stop, page[i]) < 0 {
			i++
		}
		return page[start:i]
	}
	space := func() {
		for i < len(page) && strings.IndexByte(" \t\r\n\f/", page[i]) >= 0 {
			i++
		}
	}
	tag = lower(word(" \t\r\n\f/>"))
	for i < len(page) {
		space()
		if i >= len(page) {
			break
		}
		if page[i] == '>' {
			return tag, page[i+1:]
		}
		name := lower(word(" \t\r\n\f/>="))
		space()
		if i >= len(page) || page[i] != '=' {
			if len(name) == 0 {
				i++ // a lone sign
			}
			continue
		}
		i++
		for i < len(page) && strings.IndexByte(" \t\r\n\f", page[i]) >= 0 {
			i++
		}
		if i >= len(page) {
			break
		}
		var value []byte
		if q := page[i]; q == '"' || q == '\'' {
			i++
			length := bytes.IndexByte(page[i:], q)
			if length < 0 {
				length = len(page) - i
			}
			value = page[i : i+length]
			i += length + 1
		} else {
			value = word(" \t\r\n\f>")
		}
		found(tag, name, value)
	}
	return tag, nil
}

// lower is a word in small letters: itself, where it is.
func lower(word []byte) []byte {
	for _, c := range word {
		if 'A' <= c && c <= 'Z' {
			return bytes.ToLower(word)
		}
	}
	return word
}
