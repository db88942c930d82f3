// Package plaintext makes plain text of HTML and HTML of plain text, as the
// filters of Liquid and Jekyll do that feeds and descriptions use.
package plaintext

import "strings"

// StripHTML takes tags, comments, scripts and styles out, as strip_html does:
// a tag goes from "<" to the next ">".
func StripHTML(text string) string {
	if strings.IndexByte(text, '<') < 0 {
		return text
	}
	return stripTags(stripBlocks(text))
}

// blocks are taken out with what is in them.
var blocks = [...][2]string{{"<script", "</script>"}, {"<!--", "-->"}, {"<style", "</style>"}}

func stripBlocks(text string) string {
	var b strings.Builder
	done, lost := 0, [len(blocks)]bool{} // lost: no more ends of this block
	for at := 0; ; at++ {
		i := strings.IndexByte(text[at:], '<')
		if i < 0 {
			return b.String() + text[done:]
		}
		at += i
		for k, block := range blocks {
			if lost[k] || !strings.HasPrefix(text[at:], block[0]) {
				continue
			}
			end := strings.Index(text[at+len(block[0]):], block[1])
			if end < 0 {
				lost[k] = true
				continue
			}
			b.WriteString(text[done:at])
			done = at + len(block[0]) + end + len(block[1])
			at = done - 1
			break
		}
	}
}

func stripTags(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "<")
		if !found {
			break
		}
		_, after, closed := strings.Cut(rest, ">")
		if !closed {
			break
		}
		b.WriteString(before)
		text = after
	}
	return b.String() + text
}

// OneLine makes one space of white space, and none at the ends, as
// normalize_whitespace does. White space is ASCII's; a no-break space stays.
func OneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, space), " ")
}

// space is Ruby's \s.
func space(r rune) bool {
	return r == ' ' || '\t' <= r && r <= '\r'
}

// Trim takes white space off both ends, as strip does.
func Trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return space(r) || r == 0 })
}

var xml = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")

// EscapeXML is xml_escape.
func EscapeXML(text string) string { return xml.Replace(text) }

// EscapeOnce is escape_once: character references stay as they are.
func EscapeOnce(text string) string {
	if !strings.ContainsAny(text, `&<>"'`) {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		if text[i] == '&' && reference(text[i+1:]) {
			b.WriteByte('&')
			continue
		}
		switch text[i] {
		case '\'':
			b.WriteString("&#39;")
		case '&', '<', '>', '"':
			b.WriteString(xml.Replace(text[i : i+1]))
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// reference says whether a text goes on as a character reference behind "&":
// letters, or # and digits, and a semicolon.
func reference(text string) bool {
	digits := strings.HasPrefix(text, "#")
	text = strings.TrimPrefix(text, "#")
	for i := range len(text) {
		c := text[i]
		switch {
		case c == ';':
			return i > 0
		case digits && '0' <= c && c <= '9':
		case !digits && ('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'):
		default:
			return false
		}
	}
	return false
}
