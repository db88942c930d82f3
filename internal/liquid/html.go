package liquid

import "strings"

// EscapeHTML escapes as Ruby's CGI library does.
func EscapeHTML(s string) string {
	if !strings.ContainsAny(s, `&<>"'`) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); i++ {
		b.WriteString(escaped(s[i : i+1]))
	}
	return b.String()
}

func escaped(c string) string {
	switch c {
	case "&":
		return "&amp;"
	case "<":
		return "&lt;"
	case ">":
		return "&gt;"
	case `"`:
		return "&quot;"
	case "'":
		return "&#39;"
	}
	return c
}

// EscapeOnce escapes as EscapeHTML does, and leaves entities as they are.
func EscapeOnce(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '&' {
			if n := entityLength(s[i+1:]); n > 0 {
				b.WriteString(s[i : i+1+n])
				i += n
				continue
			}
		}
		b.WriteString(escaped(s[i : i+1]))
	}
	return b.String()
}

// entityLength is how long letters; or #digits; are at the beginning of a text.
func entityLength(s string) int {
	n := 0
	number := strings.HasPrefix(s, "#")
	if number {
		n = 1
	}
	from := n
	for n < len(s) && (number && digit(s[n]) || !number && word(s[n]) && !digit(s[n]) && s[n] != '_') {
		n++
	}
	if n == from || n == len(s) || s[n] != ';' {
		return 0
	}
	return n + 1
}

var xml = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")

// EscapeXML escapes text and attributes of XML, as Jekyll's xml_escape does: an
// apostrophe is &apos;.
func EscapeXML(s string) string {
	if !strings.ContainsAny(s, `&<>"'`) {
		return s
	}
	return xml.Replace(s)
}

// StripHTML takes scripts, styles, comments and then all tags out.
func StripHTML(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	var b strings.Builder
	blocks := [][2]string{{"<script", "</script>"}, {"<!--", "-->"}, {"<style", "</style>"}}
	open := [3]bool{true, true, true} // whether an end may still follow
	for i := 0; i < len(s); {
		at := strings.IndexByte(s[i:], '<')
		if at < 0 {
			b.WriteString(s[i:])
			break
		}
		b.WriteString(s[i : i+at])
		i += at
		end := -1
		for k, block := range blocks {
			if open[k] && strings.HasPrefix(s[i:], block[0]) {
				if end = strings.Index(s[i+len(block[0]):], block[1]); end >= 0 {
					end += i + len(block[0]) + len(block[1])
					break
				}
				open[k] = false
			}
		}
		if end < 0 {
			b.WriteByte('<')
			i++
			continue
		}
		i = end
	}
	s = b.String()
	b.Reset()
	for {
		from := strings.IndexByte(s, '<')
		if from < 0 {
			break
		}
		to := strings.IndexByte(s[from:], '>')
		if to < 0 {
			break
		}
		b.WriteString(s[:from])
		s = s[from+to+1:]
	}
	b.WriteString(s)
	return b.String()
}
