package config

import "strings"

// Relative puts the site's folder before an address within the site, and
// leaves others as they are.
func (c Config) Relative(url string) string {
	if HasScheme(url) || strings.HasPrefix(url, "//") || strings.HasPrefix(url, "#") {
		return url
	}
	return c.BaseURL + "/" + strings.TrimPrefix(url, "/")
}

// Absolute puts scheme, host and folder before an address within the site.
func (c Config) Absolute(url string) string {
	if HasScheme(url) || strings.HasPrefix(url, "//") || strings.HasPrefix(url, "#") {
		return url
	}
	return c.URL + c.Relative(url)
}

// HasScheme says whether an address begins with a scheme, as RFC 3986 has it.
func HasScheme[T string | []byte](url T) bool {
	for i := 0; i < len(url); i++ {
		c := url[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case c == ':':
			return i > 0
		default:
			return false
		}
	}
	return false
}
