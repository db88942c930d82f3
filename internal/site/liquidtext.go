package site

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/osteele/liquid/values"

	"galley/internal/post"
)

var (
	regexpIndex = regexp.MustCompile(`/index\.html?$`)
	xmlEscape   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
	htmlBlocks  = regexp.MustCompile(`(?s)<script.*?</script>|<!--.*?-->|<style.*?</style>`)
	htmlTags    = regexp.MustCompile(`(?s)<.*?>`)
)

// rubyEscape escapes as Ruby's CGI library does.
func rubyEscape(s string) string {
	return strings.ReplaceAll(xmlEscape.Replace(s), "'", "&#39;")
}

func stripHTML(s string) string {
	return htmlTags.ReplaceAllString(htmlBlocks.ReplaceAllString(s, ""), "")
}

// escapeURI escapes what may stand nowhere in an address.
func escapeURI(s string) string {
	return strings.NewReplacer("%3F", "?", "%23", "#", "%5B", "[", "%5D", "]").Replace(escapePath(s))
}

// liquidText is a value as Liquid prints it.
func liquidText(v any) string {
	switch v := values.ToLiquid(v).(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	case time.Time:
		return v.Format("2006-01-02 15:04:05 -0700")
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e16 {
			return strconv.FormatFloat(v, 'f', 1, 64)
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []any:
		var b strings.Builder
		for _, item := range v {
			b.WriteString(liquidText(item))
		}
		return b.String()
	default:
		return fmt.Sprint(v)
	}
}

// dayText is date_to_string with its two options.
func dayText(t time.Time, month, kind, style string) string {
	if kind != "ordinal" {
		return t.Format("02 " + month + " 2006")
	}
	ending := "th"
	if n := t.Day(); n < 11 || n > 13 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	day := strconv.Itoa(t.Day()) + ending
	if style == "US" {
		return t.Format(month) + " " + day + t.Format(", 2006")
	}
	return day + " " + t.Format(month+" 2006")
}

// slugMode is slugify with its mode.
func slugMode(s, mode string) string {
	switch mode {
	case "none":
		return strings.ToLower(s)
	case "raw":
		return strings.ToLower(strings.Join(strings.Fields(s), "-"))
	case "pretty":
		return strings.ToLower(prettySlug(s))
	case "ascii":
		var b strings.Builder
		for _, r := range s {
			if r >= 0x80 {
				r = ' '
			}
			b.WriteRune(r)
		}
		return post.Slugify(b.String())
	}
	return post.Slugify(s)
}

func truncateText(text []rune, length int, ellipsis string) string {
	if len(text) <= length {
		return string(text)
	}
	return string(text[:max(0, length-len([]rune(ellipsis)))]) + ellipsis
}

// countWords counts words, and in two modes each character of the scripts
// that put no spaces between words.
func countWords(s, mode string) int {
	if mode != "cjk" && mode != "auto" {
		return len(strings.Fields(s))
	}
	single, words, within := 0, 0, false
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Katakana, unicode.Hiragana, unicode.Hangul):
			single++
			within = false
		case unicode.IsSpace(r):
			within = false
		case !within:
			words++
			within = true
		}
	}
	return single + words
}

func sentence(list []any, word string) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = liquidText(v)
	}
	switch len(texts) {
	case 0:
		return ""
	case 1:
		return texts[0]
	case 2:
		return texts[0] + " " + word + " " + texts[1]
	}
	last := len(texts) - 1
	return strings.Join(texts[:last], ", ") + ", " + word + " " + texts[last]
}
