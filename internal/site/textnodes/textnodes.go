// Package textnodes changes the text of HTML and leaves its tags alone. It
// reads HTML as it stands in pages that a site makes: tags, comments, scripts
// and styles, elements that are closed by the end of another.
package textnodes

import "strings"

// maxDepth is how many elements deep the ancestors are followed. What is open
// beyond it is taken for closed.
const maxDepth = 1000

// Replace gives the HTML with each text in it replaced by what change makes of
// it; the text is handed over as it is written, with its character references.
// Texts within the elements that skip names (in small letters) stay as they
// are. The texts of scripts and styles are texts too, those of comments and
// attributes are not.
func Replace(html string, skip []string, change func(text string) string) string {
	var out strings.Builder
	out.Grow(len(html) + len(html)/16)
	var open []string // the elements around, outermost first
	skipped := 0      // how many of them are in skip
	text := func(s string) {
		if s == "" {
			return
		}
		if skipped == 0 {
			s = change(s)
		}
		out.WriteString(s)
	}
	for html != "" {
		at := tagStart(html)
		text(html[:at])
		html = html[at:]
		if html == "" {
			break
		}
		end := tagEnd(html)
		tag := html[:end]
		html = html[end:]
		out.WriteString(tag)
		name := elementName(tag)
		switch {
		case name == "" || void(name):
		case tag[1] == '/':
			for i := len(open) - 1; i >= 0; i-- {
				if open[i] == name {
					for _, closed := range open[i:] {
						skipped -= count(skip, closed)
					}
					open = open[:i]
					break
				}
			}
		case strings.HasSuffix(tag, "/>"):
		case name == "script" || name == "style":
			end := rawEnd(html, name)
			if count(skip, name) == 0 {
				text(html[:end])
			} else {
				out.WriteString(html[:end])
			}
			html = html[end:]
		case len(open) < maxDepth:
			open = append(open, name)
			skipped += count(skip, name)
		}
	}
	return out.String()
}

// tagStart is where the next tag, comment or declaration begins.
func tagStart(html string) int {
	for at := 0; ; at++ {
		i := strings.IndexByte(html[at:], '<')
		if i < 0 || at+i+1 >= len(html) {
			return len(html)
		}
		at += i
		c := html[at+1]
		if c == '/' && at+2 < len(html) {
			c = html[at+2]
		}
		if letter(c) || c == '!' || c == '?' {
			return at
		}
	}
}

// tagEnd is behind the tag that html begins with. A sign > between quotes
// does not end it.
func tagEnd(html string) int {
	if strings.HasPrefix(html, "<!--") {
		if i := strings.Index(html, "-->"); i >= 0 {
			return i + len("-->")
		}
		return len(html)
	}
	var quote, before byte
	for i := 1; i < len(html); i++ {
		c := html[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && before == '=':
			quote = c
		case c == '>':
			return i + 1
		}
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			before = c
		}
	}
	return len(html)
}

// rawEnd is where a script or style ends.
func rawEnd(html, name string) int {
	for at := 0; ; at += 2 {
		i := strings.Index(html[at:], "</")
		if i < 0 {
			return len(html)
		}
		at += i
		if rest := html[at+2:]; len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) {
			return at
		}
	}
}

// elementName is a tag's name in small letters; a comment has none.
func elementName(tag string) string {
	name := strings.TrimPrefix(tag[1:], "/")
	end := 0
	for end < len(name) && strings.IndexByte(" \t\r\n\f/>", name[end]) < 0 {
		end++
	}
	if end == 0 || !letter(name[0]) {
		return ""
	}
	return strings.ToLower(name[:end])
}

// void says whether an element has no end.
func void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

func count(list []string, name string) int {
	for _, s := range list {
		if s == name {
			return 1
		}
	}
	return 0
}

func letter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// Body cuts a page into what stands before its body's content, the content and
// what follows it. A text without a body is all content. Space behind the
// body's tag belongs to the tag.
func Body(page string) (before, content, after string) {
	at := strings.Index(page, "<body")
	if at < 0 {
		return "", page, ""
	}
	end := strings.IndexByte(page[at:], '>')
	if end < 0 {
		return page, "", ""
	}
	end += at + 1
	for end < len(page) && strings.IndexByte(" \t\r\n\f\v", page[end]) >= 0 {
		end++
	}
	before, content = page[:end], page[end:]
	if i := strings.Index(content, "</body>"); i >= 0 {
		content, after = content[:i], content[i:]
	}
	return before, content, after
}
