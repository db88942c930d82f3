package site

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"time"
	"unicode"

	"galley/internal/post"
)

// placeholder is Jekyll's idea of one in a permalink. A name may be followed
// by an underscore that is not part of it, as in "/:month_:day".
var placeholder = regexp.MustCompile(`:([a-z_]+)`)

// placeholders are the names that Jekyll documents.
var placeholders = map[string]bool{
	"year": true, "short_year": true, "month": true, "i_month": true, "short_month": true, "long_month": true,
	"day": true, "i_day": true, "y_day": true, "w_year": true, "week": true, "w_day": true, "short_day": true,
	"long_day": true, "hour": true, "minute": true, "second": true, "title": true, "slug": true, "name": true,
	"categories": true, "slugified_categories": true, "output_ext": true, "collection": true, "path": true,
	"basename": true,
}

// permalinkStyle spells out a style by its pattern, and gives the suffix that
// the style puts on pages.
func permalinkStyle(style string) (pattern, suffix string) {
	switch style {
	case "", "date":
		return "/:categories/:year/:month/:day/:title:output_ext", ":output_ext"
	case "pretty":
		return "/:categories/:year/:month/:day/:title/", "/"
	case "ordinal":
		return "/:categories/:year/:y_day/:title:output_ext", ":output_ext"
	case "weekdate":
		return "/:categories/:year/W:week/:short_day/:title:output_ext", ""
	case "none":
		return "/:categories/:title:output_ext", ":output_ext"
	}
	switch {
	case strings.HasSuffix(style, "/"):
		suffix = "/"
	case strings.HasSuffix(style, ":output_ext"):
		suffix = ":output_ext"
	}
	return style, suffix
}

// placeholderName picks the name out of what the pattern matched.
func placeholderName(match string) (name string, known bool) {
	if placeholders[match] {
		return match, true
	}
	if short := strings.TrimSuffix(match, "_"); placeholders[short] {
		return short, true
	}
	return match, false
}

// unknownPlaceholder is the first name in a pattern that there is not.
func unknownPlaceholder(pattern string) string {
	for _, m := range placeholder.FindAllStringSubmatch(pattern, -1) {
		if name, ok := placeholderName(m[1]); !ok {
			return name
		}
	}
	return ""
}

// address is what a permalink is made of.
type address struct {
	date       time.Time // in the site's zone
	slug       string    // front matter's slug, or empty
	basename   string    // the file's name without its ending
	path       string    // the folder, for pages
	categories []string
	ext        string // of the page: ".html"
}

// permalink fills in a pattern. A name that there is not stays as written.
func (a address) permalink(pattern string) string {
	filled := placeholder.ReplaceAllStringFunc(pattern, func(match string) string {
		name, ok := placeholderName(match[1:])
		if !ok {
			return match
		}
		return escapePath(a.value(name)) + strings.TrimPrefix(match, ":"+name)
	})
	return cleanURL(filled)
}

// value is what a placeholder stands for.
func (a address) value(name string) string {
	d := a.date
	switch name {
	case "year":
		return d.Format("2006")
	case "short_year":
		return d.Format("06")
	case "month":
		return d.Format("01")
	case "i_month":
		return d.Format("1")
	case "short_month":
		return d.Format("Jan")
	case "long_month":
		return d.Format("January")
	case "day":
		return d.Format("02")
	case "i_day":
		return d.Format("2")
	case "y_day":
		return d.Format("002")
	case "w_year":
		year, _ := d.ISOWeek()
		return fmt.Sprintf("%04d", year)
	case "week":
		_, week := d.ISOWeek()
		return fmt.Sprintf("%02d", week)
	case "w_day":
		return fmt.Sprint((int(d.Weekday())+6)%7 + 1)
	case "short_day":
		return d.Format("Mon")
	case "long_day":
		return d.Format("Monday")
	case "hour":
		return d.Format("15")
	case "minute":
		return d.Format("04")
	case "second":
		return d.Format("05")
	case "title":
		if a.slug != "" {
			return prettySlug(a.slug)
		}
		return prettySlug(a.basename)
	case "slug":
		if a.slug != "" {
			return post.Slugify(a.slug)
		}
		return post.Slugify(a.basename)
	case "name":
		return post.Slugify(a.basename)
	case "categories":
		return strings.Join(distinct(a.categories, strings.ToLower), "/")
	case "slugified_categories":
		return strings.Join(distinct(a.categories, post.Slugify), "/")
	case "output_ext":
		return a.ext
	case "collection":
		return "posts"
	case "path":
		return a.path
	case "basename":
		return a.basename
	}
	return ""
}

// distinct gives each changed text once, in order.
func distinct(list []string, change func(string) string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		if s = change(s); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// prettySlug makes a slug that keeps its capitals and the signs that may
// stand in a path, as Jekyll's "pretty" mode does.
func prettySlug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("._~!$&'()+,;=@", r) {
			if gap {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		} else {
			gap = true
		}
	}
	out := b.String()
	if gap {
		out += "-"
	}
	return strings.Trim(out, "-")
}

// escapePath percent-encodes what may not stand in a path.
func escapePath(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~!$&'()*+,;=:@/%", c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// unescapePath undoes escapePath; what is not an escape stays.
func unescapePath(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := unhex(s[i+1]), unhex(s[i+2]); hi >= 0 && lo >= 0 {
				b.WriteByte(byte(hi<<4 | lo))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// cleanURL makes an address absolute within the site: one slash first, none
// doubled, nothing that climbs.
func cleanURL(s string) string {
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

// outputFile is the file that an address is written to, relative to the
// built site, or empty when there is none that is safe.
func outputFile(url, ext string) string {
	name := unescapePath(strings.TrimPrefix(url, "/"))
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
