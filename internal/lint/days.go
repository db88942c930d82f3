package lint

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/post"
)

// isoDay is a day as file names and slugs have it.
var isoDay = regexp.MustCompile(`\d{4}-\d\d-\d\d`)

// days finds a slug or a title whose day is another than the one in the file's
// name. Titles are only looked at where the site's pattern for them has a day.
func days(p post.Post, s Settings) []diag.Diagnostic {
	day, ok := s.day()
	if !ok {
		return nil
	}
	pattern, _ := s.Galley["title"].(string)
	dated := strings.Contains(pattern, "{day}") || strings.Contains(pattern, "{dd}") || strings.Contains(pattern, "{date}")
	var found []diag.Diagnostic
	for _, k := range p.Keys {
		text := p.Text(k.Name)
		var other time.Time
		switch {
		case k.Name == "slug" && isoDay.MatchString(text):
			t, err := time.Parse(time.DateOnly, isoDay.FindString(text))
			ok = err == nil
			other = t
		case k.Name == "title" && dated:
			other, ok = post.ParseDate(text, time.UTC)
		default:
			continue
		}
		if ok && other.Format(time.DateOnly) != day.Format(time.DateOnly) {
			found = append(found, diag.Diagnostic{
				Range: k.Value, Severity: diag.Warning, Code: "day-differs",
				Message: fmt.Sprintf("The %s says %s, and the file's name %s. One of them is wrong.", k.Name, other.Format(time.DateOnly), day.Format(time.DateOnly)),
			})
		}
	}
	return found
}
