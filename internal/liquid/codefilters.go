package liquid

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

func codeFilters() map[string]Filter {
	return map[string]Filter{
		"escape":                 onTextOrNil(EscapeHTML),
		"h":                      onTextOrNil(EscapeHTML),
		"escape_once":            onText(escapeOnce),
		"url_encode":             onTextOrNil(EscapeQuery),
		"url_decode":             filter(0, 0, urlDecodeFilter),
		"base64_encode":          encodeFilter(base64.StdEncoding),
		"base64_decode":          base64Filter("base64_decode", base64.StdEncoding.Strict()),
		"base64_url_safe_encode": encodeFilter(base64.URLEncoding),
		"base64_url_safe_decode": base64Filter("base64_url_safe_decode", base64.URLEncoding.Strict()),
	}
}

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

// escapeOnce leaves entities as they are.
func escapeOnce(s string) string {
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

// EscapeQuery escapes as Ruby's CGI.escape does: a space is a plus sign.
func EscapeQuery(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case word(c) || c == '-' || c == '.' || c == '~':
			b.WriteByte(c)
		case c == ' ':
			b.WriteByte('+')
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

func unhex(c byte) int {
	switch {
	case digit(c):
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

func urlDecodeFilter(_ *Context, in any, _ []any) (any, error) {
	if in == nil {
		return nil, nil
	}
	s := String(in)
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b = append(b, ' ')
		case s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0:
			b = append(b, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
		default:
			b = append(b, s[i])
		}
	}
	if !utf8.Valid(b) {
		return nil, Faultf("invalid byte sequence in UTF-8")
	}
	return string(b), nil
}

func encodeFilter(code *base64.Encoding) Filter {
	return newFilter(0, 0, func(_ *Context, in any, _ []any) (any, error) { return code.EncodeToString([]byte(String(in))), nil })
}

func base64Filter(name string, code *base64.Encoding) Filter {
	return newFilter(0, 0, func(_ *Context, in any, _ []any) (any, error) {
		s := String(in)
		if name == "base64_url_safe_decode" && !strings.HasSuffix(s, "=") {
			if n := len(s) % 4; n != 0 {
				s += strings.Repeat("=", 4-n)
			}
		}
		b, err := code.DecodeString(s)
		if err != nil || strings.ContainsAny(s, "\r\n") {
			return nil, Faultf("invalid base64 provided to %s", name)
		}
		return string(b), nil
	})
}
