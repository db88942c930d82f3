package post

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
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

// maxSlug is how long a slug is that is made of a title, in bytes: those of a file's
// name, of which a disk takes 255.
const maxSlug = 120

// TitleSlug is the slug that a title gets by itself: Slugify's, and of a long title as
// many words as there is room for.
func TitleSlug(title string) string {
	slug := Slugify(title)
	if len(slug) <= maxSlug {
		return slug
	}
	if cut := strings.LastIndexByte(slug[:maxSlug+1], '-'); cut > maxSlug/2 {
		return slug[:cut]
	}
	// One long word, or a language that has no spaces: between two letters.
	cut := maxSlug
	for cut > 0 {
		r, _ := utf8.DecodeRuneInString(slug[cut:])
		if utf8.RuneStart(slug[cut]) && !unicode.IsMark(r) {
			break
		}
		cut--
	}
	return strings.TrimSuffix(slug[:cut], "-")
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
