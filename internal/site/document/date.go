package document

import (
	"fmt"
	"slices"
	"time"

	"galley/internal/diag"
	"galley/internal/post"
	"galley/internal/rubytime"
	"galley/internal/site/value"
)

// readDate finds a document's date: the front matter's, else the file name's,
// else for a post the present.
func (e *Entry) readDate(r *Reader, name post.Name, dated bool) {
	if v := e.Data.Value("date"); value.Truthy(v) && v != "" {
		if t, ok := r.ParseDate(v); ok {
			e.Date = t
			return
		}
		message := "This date cannot be read, so the address comes from the file's name. Write it as 2006-01-02 15:04:05 +0000."
		if !dated {
			message = "This date cannot be read. Write it as 2006-01-02 15:04:05 +0000."
		}
		e.tellDate(diag.Error, message)
	} else if e.Data.Has("date") && !e.IsPage() {
		e.tellDate(diag.Error, "Jekyll's build ends at a date that is empty. Write one, as 2006-01-02 15:04:05 +0000, or delete the line.")
	}
	if dated {
		text := fmt.Sprintf("%04d-%02d-%02d", fullYear(name.Year), name.Month, name.Day)
		if t, ok := r.ParseDate(text); ok {
			e.Date = t
			return
		}
		e.Diags = append(e.Diags, diag.Diagnostic{Severity: diag.Error, Code: "name-date",
			Message: fmt.Sprintf("There is no day %s, which the file's name begins with; rename the file.", text)})
	}
	if e.IsPost() {
		e.Date = r.Now()
	}
}

func (e *Entry) tellDate(severity diag.Severity, message string) {
	if !slices.ContainsFunc(e.Diags, func(d diag.Diagnostic) bool { return d.Code == "date-unreadable" }) {
		e.Diags = append(e.Diags, diag.Diagnostic{Range: e.Post.KeyRange("date"), Severity: severity, Code: "date-unreadable", Message: message})
	}
}

// Now is the present in the site's zone.
func (r *Reader) Now() time.Time { return r.Present.In(r.Config.Location) }

// fullYear reads a year of two digits as Ruby's dates do.
func fullYear(y int) int {
	switch {
	case y < 69:
		return y + 2000
	case y < 100:
		return y + 1900
	}
	return y
}

// ParseDate reads a date out of front matter as Jekyll does, in the site's zone.
func (r *Reader) ParseDate(v any) (time.Time, bool) {
	switch v := v.(type) {
	case nil:
		return time.Time{}, false
	case time.Time:
		return v.In(r.Config.Location), true
	case rubytime.Date:
		return r.ParseDate(v.String())
	}
	t, err := rubytime.Parse(value.Text(v), r.Config.Location, r.Now())
	return t.In(r.Config.Location), err == nil
}
