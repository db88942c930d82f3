package permalink

import (
	"fmt"
	"strings"
	"time"
)

// Document is what the address of a post or of another collection's document
// is made of.
type Document struct {
	// Date is in the site's zone.
	Date time.Time
	// Slug is the front matter's or the one in the file's name, Basename the
	// file's name without its ending.
	Slug, Basename string
	// Collection is its name, and Path the file below its folder, without its
	// ending.
	Collection, Path string
	Categories       []string
	// Ext is the page's ending: ".html".
	Ext string
}

// Address fills in a pattern. A name that there is not stays as written.
func (d Document) Address(pattern string) string {
	filled := placeholder.ReplaceAllStringFunc(pattern, func(match string) string {
		name, ok := known(match[1:])
		if !ok {
			return match
		}
		return Escape(d.value(name)) + strings.TrimPrefix(match, ":"+name)
	})
	return Clean(filled)
}

// value is what a placeholder stands for.
func (d Document) value(name string) string {
	t := d.Date
	switch name {
	case "year":
		return t.Format("2006")
	case "short_year":
		return t.Format("06")
	case "month":
		return t.Format("01")
	case "i_month":
		return t.Format("1")
	case "short_month":
		return t.Format("Jan")
	case "long_month":
		return t.Format("January")
	case "day":
		return t.Format("02")
	case "i_day":
		return t.Format("2")
	case "y_day":
		return t.Format("002")
	case "w_year":
		year, _ := t.ISOWeek()
		return fmt.Sprintf("%04d", year)
	case "week":
		_, week := t.ISOWeek()
		return fmt.Sprintf("%02d", week)
	case "w_day":
		return fmt.Sprint((int(t.Weekday())+6)%7 + 1)
	case "short_day":
		return t.Format("Mon")
	case "long_day":
		return t.Format("Monday")
	case "hour":
		return t.Format("15")
	case "minute":
		return t.Format("04")
	case "second":
		return t.Format("05")
	case "title":
		return Slugify(d.Slug, "pretty", true)
	case "slug":
		return Slugify(d.Slug, "default", false)
	case "name":
		return Slugify(d.Basename, "default", false)
	case "categories":
		return strings.Join(distinct(d.Categories, strings.ToLower), "/")
	case "slugified_categories":
		return strings.Join(distinct(d.Categories, func(s string) string { return Slugify(s, "default", false) }), "/")
	case "output_ext":
		return d.Ext
	case "collection":
		return d.Collection
	case "path":
		return d.Path
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
