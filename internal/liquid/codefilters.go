package liquid

import (
	"encoding/base64"
	"galley/internal/percent"
	"strings"
	"unicode/utf8"
)

func codeFilters() map[string]Filter {
	return map[string]Filter{
		"escape":                 onTextOrNil(EscapeHTML),
		"h":                      onTextOrNil(EscapeHTML),
		"escape_once":            onText(EscapeOnce),
		"url_encode":             onTextOrNil(EscapeQuery),
		"url_decode":             filter(0, 0, urlDecodeFilter),
		"base64_encode":          encodeFilter(base64.StdEncoding),
		"base64_decode":          base64Filter("base64_decode", base64.StdEncoding.Strict()),
		"base64_url_safe_encode": encodeFilter(base64.URLEncoding),
		"base64_url_safe_decode": base64Filter("base64_url_safe_decode", base64.URLEncoding.Strict()),
	}
}

// EscapeQuery escapes as Ruby's CGI.escape does: a space is a plus sign.
func EscapeQuery(s string) string {
	s = percent.Encode(s, func(c byte) bool { return word(c) || c == '-' || c == '.' || c == '~' || c == ' ' })
	return strings.ReplaceAll(s, " ", "+")
}

func urlDecodeFilter(_ *Context, in any, _ []any) (any, error) {
	if in == nil {
		return nil, nil
	}
	s := percent.Decode(strings.ReplaceAll(String(in), "+", " "))
	if !utf8.ValidString(s) {
		return nil, Faultf("invalid byte sequence in UTF-8")
	}
	return s, nil
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
