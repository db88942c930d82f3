package jekyll

import (
	"strings"

	"galley/internal/liquid"
	"galley/internal/percent"
)

// A uri is an address taken apart as Ruby's Addressable does, which Jekyll
// writes addresses with. Characters of other scripts are taken as they are
// composed: their normal form would need large tables.
type uri struct {
	scheme, user, host, port, path, query, fragment string
	hasHost, hasUser, hasQuery, hasFragment         bool
}

const (
	unreserved = "-._~" // beside letters and digits
	delimiters = "!$&'()*+,;="
)

// parseURI takes an address apart.
func parseURI(s string) (uri, error) {
	var u uri
	whole := s
	if i := strings.IndexAny(s, ":/?#"); i > 0 && s[i] == ':' {
		u.scheme, s = s[:i], s[i+1:]
		if !validScheme(u.scheme) {
			return u, liquid.Faultf("“%s” is no address: what stands before its colon is no scheme such as https", whole)
		}
	}
	if rest, ok := strings.CutPrefix(s, "//"); ok {
		end := strings.IndexAny(rest, "/?#")
		if end < 0 {
			end = len(rest)
		}
		u.hasHost, u.host, s = true, rest[:end], rest[end:]
		if i := strings.LastIndexByte(u.host, '@'); i >= 0 && !strings.ContainsAny(u.host[:i], "[]") {
			u.hasUser, u.user, u.host = true, u.host[:i], u.host[i+1:]
		}
		if i := strings.LastIndexByte(u.host, ':'); i >= 0 && !strings.ContainsAny(u.host[i:], "@[]") {
			u.host, u.port = u.host[:i], u.host[i+1:]
		}
		for _, c := range []byte(u.port) {
			if !isDigit(c) {
				return u, liquid.Faultf("“%s” is no address: %s is no port", whole, u.port)
			}
		}
		if strings.ContainsAny(u.host, "<>{}\\\"@"+space) {
			return u, liquid.Faultf("“%s” is no address: %q is no host", whole, u.host)
		}
	}
	s, u.fragment, u.hasFragment = strings.Cut(s, "#")
	u.path, u.query, u.hasQuery = strings.Cut(s, "?")
	switch {
	case u.scheme != "" && !u.hasHost && u.path == "" && strings.Contains(" http https ftp tftp sftp ssh telnet ", " "+u.scheme+" "),
		u.scheme != "" && u.hasHost && u.host == "" && u.path == "" && strings.Contains(" http https ftp tftp sftp ssh telnet ", " "+u.scheme+" "):
		return u, liquid.Faultf("“%s” is no address: nothing follows its scheme", whole)
	case u.hasUser && u.host == "" && !u.hasHost:
		return u, liquid.Faultf("“%s” is no address: it has no host", whole)
	}
	return u, nil
}

func validScheme(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		if !('a' <= c && c <= 'z') && (i == 0 || !isDigit(s[i]) && s[i] != '+' && s[i] != '-' && s[i] != '.') {
			return false
		}
	}
	return true
}

// usualPorts need not be named.
var usualPorts = map[string]string{"http": "80", "https": "443", "ftp": "21", "ssh": "22", "sftp": "22", "telnet": "23"}

// normalize puts an address together again: letters that may stand as they are
// so, all others by their bytes, in small letters what has no case, and without
// dots for folders.
func (u uri) normalize() string {
	var b strings.Builder
	scheme := strings.ToLower(u.scheme)
	if u.scheme != "" {
		b.WriteString(scheme + ":")
	}
	if u.hasHost {
		b.WriteString("//")
		if u.hasUser {
			b.WriteString(u.user + "@")
		}
		host := liquid.Downcase(strings.Trim(u.host, space))
		if n := len(host); n > 1 && host[n-1] == '.' && host[n-2] != '.' {
			host = host[:n-1]
		}
		b.WriteString(normalizePart(host, unreserved+delimiters+"[:]", ""))
		if u.port != "" && usualPorts[scheme] != u.port {
			b.WriteString(":" + strings.TrimLeft(u.port, "0"))
		}
	}
	path := strings.Trim(u.path, space+"\x00")
	segments := strings.Split(path, "/")
	for i, s := range segments {
		segments[i] = normalizePart(s, unreserved+delimiters+":@", "")
	}
	path = withoutDots(strings.Join(segments, "/"))
	if path == "" && (scheme == "http" || scheme == "https" || scheme == "ftp" || scheme == "tftp") {
		path = "/"
	}
	b.WriteString(path)
	if u.hasQuery {
		pairs := strings.Split(u.query, "&")
		for i, p := range pairs {
			pairs[i] = normalizePart(p, unreserved+"!$'()*+,=:@/?", "+")
		}
		if q := strings.Join(pairs, "&"); q != "" {
			b.WriteString("?" + q)
		}
	}
	if u.hasFragment {
		if f := normalizePart(u.fragment, unreserved+delimiters+":@/?", ""); f != "" {
			b.WriteString("#" + f)
		}
	}
	return b.String()
}

// normalizePart reads what is written by its bytes and writes all but letters,
// digits and the given characters so. What is in keep stays written by its
// bytes where it is.
func normalizePart(s, allowed, keep string) string {
	plain := func(c byte) bool { return isWord(c) || strings.IndexByte(allowed, c) >= 0 }
	from := 0
	for from < len(s) && plain(s[from]) {
		from++
	}
	if from == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:from])
	for i := from; i < len(s); i++ {
		c, escaped := percent.Byte(s[i:])
		switch {
		case escaped && strings.IndexByte(keep, c) >= 0:
			b.WriteString(s[i : i+3])
		case escaped:
			b.WriteString(percent.Encode(string([]byte{c}), plain))
		default:
			b.WriteString(percent.Encode(s[i:i+1], plain))
		}
		if escaped {
			i += 2
		}
	}
	return b.String()
}

// withoutDots takes . and .. out of a path.
func withoutDots(path string) string {
	if !strings.Contains(path, "/.") && !strings.HasPrefix(path, ".") {
		return path
	}
	rooted := strings.HasPrefix(path, "/")
	var out []string
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, p := range parts {
		last := i == len(parts)-1
		switch p {
		case ".":
			if last {
				out = append(out, "")
			}
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, p)
		}
	}
	s := strings.Join(out, "/")
	if rooted {
		s = "/" + s
	}
	return s
}
