// Package permalink makes the addresses of a site's files out of patterns such
// as "/:year/:title/", as Jekyll does.
//
// Posts and other documents have many placeholders ([Document]); pages have
// three ([Page]). A pattern's named styles are spelled out by [Style]. What an
// address is written to, [File] says.
package permalink

import (
	"galley/internal/percent"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// placeholder is Jekyll's idea of one in a permalink. A name may be followed
// by an underscore that is not part of it, as in "/:month_:day".
var placeholder = regexp.MustCompile(`:([a-z_]+)`)

// placeholders are the names that documents have.
var placeholders = map[string]bool{
	"year": true, "short_year": true, "month": true, "i_month": true, "short_month": true, "long_month": true,
	"day": true, "i_day": true, "y_day": true, "w_year": true, "week": true, "w_day": true, "short_day": true,
	"long_day": true, "hour": true, "minute": true, "second": true, "title": true, "slug": true, "name": true,
	"categories": true, "slugified_categories": true, "output_ext": true, "collection": true, "path": true,
}

// Style spells out a named style: "date", "pretty", "ordinal", "weekdate" or
// "none". Anything else is a pattern already; empty is "date".
func Style(style string) string {
	switch style {
	case "", "date":
		return "/:categories/:year/:month/:day/:title:output_ext"
	case "pretty":
		return "/:categories/:year/:month/:day/:title/"
	case "ordinal":
		return "/:categories/:year/:y_day/:title:output_ext"
	case "weekdate":
		return "/:categories/:year/W:week/:short_day/:title:output_ext"
	case "none":
		return "/:categories/:title:output_ext"
	}
	return style
}

// Suffix is what a site's style for posts puts behind the addresses of pages
// and of other collections: "/", ":output_ext" or nothing.
func Suffix(style string) string {
	switch style {
	case "pretty":
		return "/"
	case "", "date", "ordinal", "none":
		return ":output_ext"
	}
	switch {
	case strings.HasSuffix(style, "/"):
		return "/"
	case strings.HasSuffix(style, ":output_ext"):
		return ":output_ext"
	}
	return ""
}

// Unknown is the first placeholder in a document's pattern that there is not;
// empty when there is none.
func Unknown(pattern string) string {
	for _, m := range placeholder.FindAllStringSubmatch(pattern, -1) {
		if name, ok := known(m[1]); !ok {
			return name
		}
	}
	return ""
}

// known picks a placeholder's name out of what the pattern matched.
func known(match string) (name string, ok bool) {
	if placeholders[match] {
		return match, true
	}
	if short := strings.TrimSuffix(match, "_"); placeholders[short] {
		return short, true
	}
	return match, false
}

// Page is the address of a page by a pattern with :path, :basename and
// :output_ext. Anything else in it stays as it is.
func Page(pattern, folder, basename, ext string) string {
	return fill(pattern, ":path", folder, ":basename", basename, ":output_ext", ext)
}

// Static is the address of a file without front matter in a collection's
// folder, without its ending.
func Static(pattern, collection, file, basename string) string {
	return strings.TrimSuffix(fill(pattern, ":collection", collection, ":path", file, ":output_ext", "", ":name", basename, ":title", ""), "/")
}

// fill puts values in for names, one name after the other.
func fill(pattern string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pattern = strings.ReplaceAll(pattern, pairs[i], Escape(pairs[i+1]))
	}
	return Clean(pattern)
}

// Clean makes an address absolute within the site: one slash first, none
// doubled, nothing that climbs.
func Clean(s string) string {
	s = strings.ReplaceAll("/"+s, "..", "/")
	s = strings.ReplaceAll(s, "./", "")
	for strings.Contains(s, "//") {
		s = strings.ReplaceAll(s, "//", "/")
	}
	if !strings.HasPrefix(s, "/") {
		s = "/" + s
	}
	return s
}

// Escape percent-encodes what may not stand in a path, and what would end it:
// a "%" of its own too.
func Escape(s string) string {
	return percent.Encode(s, func(c byte) bool {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~!$&'()*+,;=:@/?", c) >= 0
	})
}

// Unescape undoes Escape; what is not an escape stays.
func Unescape(s string) string { return percent.Decode(s) }

// File is the file that an address is written to, relative to the built site:
// index.html in the folder where it ends in "/", else with ext behind it where
// it has not got that. It is empty when there is none that is safe.
func File(url, ext string) string {
	name := Unescape(strings.TrimPrefix(url, "/"))
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index"
	}
	if !strings.HasSuffix(name, ext) {
		name += ext
	}
	clean := path.Clean("/" + name)[1:]
	if clean == "" || !fs.ValidPath(clean) || strings.ContainsAny(clean, "\x00\\") {
		return ""
	}
	return clean
}

// Ext is the ending that an address in a file's front matter asks for, as in
// "/feed.xml"; empty where it has none.
func Ext(url string) string {
	if url == "" || strings.HasSuffix(url, "/") {
		return ""
	}
	base := path.Base(url)
	if ext := path.Ext(base); ext != "." && ext != base {
		return ext
	}
	return ""
}
