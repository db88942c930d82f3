package markdown

import (
	"bytes"
	"strings"
)

// voidTags have no end tag.
var voidTags = tagSet("area base br col command embed hr img input keygen link meta param source track wbr")

// oddTags are those whose tags or content can change how what follows them is
// parsed, even when they are closed.
var oddTags = tagSet("html head body frameset frame plaintext noscript svg math template title textarea xmp iframe " +
	"noembed noframes listing form script style p")

func tagSet(names string) map[string]bool {
	set := map[string]bool{}
	for _, n := range strings.Fields(names) {
		set[n] = true
	}
	return set
}

// balanced tells whether HTML closes all elements that it opens and no
// others, so that it can be parsed on its own. In doubt it says no.
func balanced(html []byte) bool {
	var open []string
	for {
		i := bytes.IndexByte(html, '<')
		if i < 0 {
			return len(open) == 0
		}
		html = html[i+1:]
		closing := len(html) > 0 && html[0] == '/'
		rest := html
		if closing {
			rest = html[1:]
		}
		n := 0
		for n < len(rest) && (rest[n]|0x20 >= 'a' && rest[n]|0x20 <= 'z' || n > 0 && strings.IndexByte(" \t\n\f\r/>", rest[n]) < 0) {
			n++
		}
		if n == 0 {
			if len(html) > 0 && html[0] == '!' || len(html) > 0 && html[0] == '?' || closing {
				if !bytes.HasPrefix(html, []byte("!--")) {
					return false
				}
				end := bytes.Index(html, []byte("-->"))
				if end < 0 || bytes.HasPrefix(html, []byte("!-->")) || bytes.HasPrefix(html, []byte("!--->")) ||
					bytes.Contains(html[:end], []byte("--!>")) {
					return false
				}
				html = html[end+3:]
			}
			continue
		}
		name := strings.Map(lower, string(rest[:n]))
		rest = rest[n:]
		end, selfClosed := tagEnd(rest)
		if end < 0 {
			return false
		}
		html = rest[end:]
		switch {
		case oddTags[name] && name != "p":
			return false
		case closing:
			if len(open) == 0 || open[len(open)-1] != name {
				return false
			}
			open = open[:len(open)-1]
		case voidTags[name]:
		case selfClosed:
			return false // HTML takes it for a start tag
		default:
			open = append(open, name)
		}
	}
}

// lower is a letter of a tag's name as HTML takes it, which knows of no capitals
// but those of ASCII.
func lower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// tagEnd returns where a tag's attributes and its > end.
func tagEnd(s []byte) (end int, selfClosed bool) {
	var quote byte
	for i, c := range s {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			if before := bytes.TrimRight(s[:i], " \t\n\f\r"); len(before) == 0 || before[len(before)-1] != '=' {
				return -1, false // not where a value begins: a name with a quotation mark in it
			}
			quote = c
		case c == '>':
			return i + 1, i > 0 && s[i-1] == '/'
		}
	}
	return -1, false
}
