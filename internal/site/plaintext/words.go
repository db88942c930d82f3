package plaintext

import (
	"html"
	"strings"
	"unicode/utf8"
)

// Words takes the markup out of HTML that a renderer made: what stands between
// tags, white space as one space. Other than Liquid's strip_html it keeps words apart
// that elements part, and reads character references.
func Words(markup string) string {
	var b strings.Builder
	for len(markup) > 0 {
		open := strings.IndexByte(markup, '<')
		if open < 0 {
			b.WriteString(markup)
			break
		}
		b.WriteString(markup[:open])
		markup = markup[open:]
		switch {
		case strings.HasPrefix(markup, "<!--"):
			_, markup, _ = strings.Cut(markup, "-->")
			continue
		case skipped(markup) != "":
			_, markup, _ = strings.Cut(markup, "</"+skipped(markup))
		}
		if !inline(markup) {
			b.WriteByte(' ')
		}
		_, markup, _ = strings.Cut(markup, ">")
	}
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}

// skipped names an element whose text nobody reads.
func skipped(markup string) string {
	for _, name := range []string{"script", "style"} {
		if len(markup) > len(name)+1 && strings.EqualFold(markup[1:1+len(name)], name) {
			return name
		}
	}
	return ""
}

// inline says whether a tag stands within a word's reach: it parts no words.
func inline(tag string) bool {
	name := strings.TrimPrefix(tag[1:], "/")
	end := strings.IndexAny(name, " \t\n/>")
	if end < 0 {
		return false
	}
	switch strings.ToLower(name[:end]) {
	case "a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup":
		return true
	}
	return false
}

// Shorten shortens a text at a word's end, and says so with an ellipsis.
func Shorten(text string, length int) string {
	if utf8.RuneCountInString(text) <= length {
		return text
	}
	at := 0
	for i := range text {
		if length--; length < 0 {
			at = i
			break
		}
	}
	head := text[:at]
	if space := strings.LastIndexByte(head, ' '); space > 0 {
		head = head[:space]
	}
	return strings.TrimRight(head, ",;:.-– ") + "…"
}
