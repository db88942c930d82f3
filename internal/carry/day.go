package carry

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"galley/internal/markdown/outline"
)

const month = `(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`

var (
	isoDay = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})\b`)
	// August 18, 2026; Aug 18th-20th, 2026; August 30 to September 2, 2026 by its end.
	monthFirst = regexp.MustCompile(`(?i)\b` + month + `\s+(?:\d{1,2}(?:st|nd|rd|th)?\s*(?:-|–|to|and|&)\s*)?(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b`)
	dayFirst   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?` + month + `,?\s+(\d{4})\b`)
)

// lastDay is the last day that blocks name; false where they name none.
func lastDay(blocks []outline.Block) (time.Time, bool) {
	var last time.Time
	found := false
	take := func(year, month, day int) {
		t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if t.Day() == day && (!found || t.After(last)) {
			last, found = t, true
		}
	}
	for _, b := range blocks {
		if b.Kind == outline.Code || b.Kind == outline.HTML || b.Kind == outline.Template || b.Kind == outline.Definition {
			continue
		}
		for _, m := range isoDay.FindAllStringSubmatch(b.Text, -1) {
			take(number(m[1]), number(m[2]), number(m[3]))
		}
		for _, m := range monthFirst.FindAllStringSubmatch(b.Text, -1) {
			take(number(m[3]), monthOf(m[1]), number(m[2]))
		}
		for _, m := range dayFirst.FindAllStringSubmatch(b.Text, -1) {
			take(number(m[3]), monthOf(m[2]), number(m[1]))
		}
	}
	return last, found
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // digits alone
	return n
}

// monthOf is the month that begins with three letters.
func monthOf(letters string) int {
	return strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(letters))/3 + 1
}
