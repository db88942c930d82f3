package post

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Name is what a post's file name says: YYYY-MM-DD-slug.md. The numbers are as
// written and may be no date at all.
type Name struct {
	Year, Month, Day int
	Slug             string
	Ext              string // with its dot
}

// Jekyll's DATE_FILENAME_MATCHER: the day may have one digit, the year two.
var nameForm = regexp.MustCompile(`^(\d{2,4})-(\d{1,2})-(\d{1,2})-([^/]*)(\.[^./]+)$`)

// ParseName reads a post's file name; folders before it are passed over. It is
// false for a file that is not named as a post.
func ParseName(file string) (Name, bool) {
	m := nameForm.FindStringSubmatch(path.Base(file))
	if m == nil {
		return Name{}, false
	}
	n := Name{Slug: m[4], Ext: m[5]}
	n.Year, _ = strconv.Atoi(m[1])
	n.Month, _ = strconv.Atoi(m[2])
	n.Day, _ = strconv.Atoi(m[3])
	return n, true
}

// Slugify makes a title into a slug as Jekyll's default mode does: everything
// that is neither a letter nor a digit becomes a hyphen, runs of them one, none
// at the ends, all in lower case.
func Slugify(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
