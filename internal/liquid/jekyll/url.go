package jekyll

import (
	"strings"

	"galley/internal/liquid"
)

func urlFilters() map[string]liquid.Filter {
	return map[string]liquid.Filter{
		"relative_url": filter(0, 0, relativeURLFilter),
		"absolute_url": filter(0, 0, absoluteURLFilter),
		"strip_index":  filter(0, 0, stripIndexFilter),
		"uri_escape":   filter(0, 0, uriEscapeFilter),
		"cgi_escape":   filter(0, 0, cgiEscapeFilter),
	}
}

// addressOf takes the address of a page or a post.
func addressOf(in any) any {
	if d, ok := in.(liquid.Drop); ok {
		if url, ok := d.Get("url"); ok {
			return url
		}
	}
	return in
}

func relativeURLFilter(c *liquid.Context, in any, _ []any) (any, error) {
	in = addressOf(in)
	if in == nil {
		return nil, nil
	}
	h, err := host(c)
	if err != nil {
		return nil, err
	}
	if s, ok := in.(string); ok {
		return relativeURL(h, s)
	}
	u, err := parseURI(liquid.String(in))
	if err != nil || u.scheme != "" {
		return in, err
	}
	return relativeURL(h, liquid.String(in))
}

// plainPath says whether an address is a path that is written as it has to be,
// as nearly all are.
func plainPath(s string) bool {
	if s == "" || s[0] != '/' {
		return false
	}
	for i := 1; i < len(s); i++ {
		c := s[i]
		if !isWord(c) && c != '-' && (c != '/' && c != '.' || s[i-1] == '/') {
			return false
		}
	}
	return true
}

// RelativeURL is relative_url for a text: the site's baseurl before an address
// within the site.
func RelativeURL(h Addresses, address string) (string, error) { return relativeURL(h, address) }

// AbsoluteURL is absolute_url for a text: the site's url and baseurl before an
// address within the site.
func AbsoluteURL(h Addresses, address string) (string, error) {
	u, err := parseURI(address)
	if err != nil || u.scheme != "" {
		return address, err
	}
	rest, err := relativeURL(h, address)
	if err != nil || h.URL() == "" {
		return rest, err
	}
	if u, err = parseURI(h.URL() + rest); err != nil {
		return "", err
	}
	return u.normalize(), nil
}

// relativeURL puts the site's baseurl before an address that has no scheme.
func relativeURL(h Addresses, address string) (string, error) {
	base := strings.TrimSuffix(h.BaseURL(), "/")
	if plainPath(address) && (base == "" || plainPath(base)) {
		return base + address, nil
	}
	u, err := parseURI(address)
	if err != nil || u.scheme != "" {
		return address, err
	}
	u, err = parseURI(leadingSlash(base) + leadingSlash(address))
	if err != nil {
		return "", err
	}
	return u.normalize(), nil
}

func leadingSlash(s string) string {
	if s == "" || s[0] == '/' {
		return s
	}
	return "/" + s
}

func absoluteURLFilter(c *liquid.Context, in any, _ []any) (any, error) {
	in = addressOf(in)
	if in == nil {
		return nil, nil
	}
	h, err := host(c)
	if err != nil {
		return nil, err
	}
	return AbsoluteURL(h, liquid.String(in))
}

// stripIndexFilter takes index.html off an address.
func stripIndexFilter(_ *liquid.Context, in any, _ []any) (any, error) {
	if in == nil || liquid.String(in) == "" {
		return nil, nil
	}
	s, err := text("strip_index", in)
	if err != nil {
		return nil, err
	}
	for at := strings.Index(s, "/index.htm"); at >= 0; {
		end := at + len("/index.htm")
		if strings.HasPrefix(s[end:], "l") {
			end++
		}
		if end == len(s) || s[end] == '\n' {
			return s[:at+1] + s[end:], nil
		}
		next := strings.Index(s[end:], "/index.htm")
		if next < 0 {
			break
		}
		at = end + next
	}
	return s, nil
}

func uriEscapeFilter(_ *liquid.Context, in any, _ []any) (any, error) {
	if in == nil {
		return nil, nil
	}
	s, err := text("uri_escape", in)
	if err != nil {
		return nil, err
	}
	return normalizePart(s, unreserved+"!$&'()*+,;=:/?#[]@", ""), nil
}

func cgiEscapeFilter(_ *liquid.Context, in any, _ []any) (any, error) {
	s, err := text("cgi_escape", in)
	if err != nil {
		return nil, err
	}
	return liquid.EscapeQuery(s), nil
}
