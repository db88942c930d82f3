package postindex

import "time"

// Reach is which posts a text is compared with.
type Reach struct {
	// Day is the text's own: older posts are compared.
	Day time.Time
	// Back is over how many posts back; all where it is 0.
	Back int
	// Passing: mentions in passing count, too.
	Passing bool
}

// habit is in how many earlier posts an address stands that is no news: that of a
// schedule, a form, a project's home.
const habit = 3

// Again gives where an earlier post reported what a link reports, the newest one.
// In both, an item or a heading has to be about it: what a sentence mentions beside
// that is no report. An address without a number, such as a project's home, is the
// same news only where the numbers beside it are the same, and an address that
// three earlier posts have is none.
func (x *Index) Again(l Link, within Reach) (Mention, bool) {
	if l.Kind == Passing && !within.Passing {
		return Mention{}, false
	}
	first, last := x.Before(within.Day), len(x.files)
	if within.Back > 0 {
		last = min(last, first+within.Back)
	}
	var had *link
	var by Post
	posts, counted := 0, int32(-1)
	for _, p := range x.links[l.To] {
		if int(p.file) < first {
			continue
		}
		if x.files[p.file].Day.IsZero() {
			break // a page is no report
		}
		if p.file != counted {
			counted = p.file
			posts++
		}
		f := &x.files[p.file]
		o := &f.text.links[p.link]
		if had == nil && int(p.file) < last && (o.Kind != Passing || within.Passing) && o.numbers == l.numbers {
			had, by = o, f.Post
		}
	}
	if had == nil || posts >= habit {
		return Mention{}, false
	}
	return Mention{by, had.section, had.line, had.Kind}, true
}
