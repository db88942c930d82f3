package carry

import (
	"slices"
	"testing"
	"time"
)

// What is posted between two editions is none, and of the posts of a day the edition is
// the one that is most like the new one.
func TestLast(t *testing.T) {
	sundays := func(day time.Time) bool { return day.Weekday() == time.Sunday }
	for _, c := range []struct {
		posts []string
		want  string
	}{
		{nil, ""},
		{[]string{"_posts/2026-08-09-update.md", "_posts/2026-08-12-note.md"}, "_posts/2026-08-09-update.md"},
		{[]string{"_posts/2026-08-12-note.md"}, ""},
		{[]string{"_posts/2026-08-02-update.md", "_posts/2026-08-09-update.md"}, "_posts/2026-08-09-update.md"},
		{[]string{"_posts/2026-08-16-update.md", "_posts/2026-08-23-update.md", "_posts/2026-08-09-x.md"}, "_posts/2026-08-09-x.md"},
		{[]string{"_posts/2026-08-09-note.md", "_posts/2026-08-09-update.md", "_posts/2026-08-09-walk.md"}, "_posts/2026-08-09-update.md"},
		{[]string{"_posts/2026-08-09-x.md", "_posts/de/2026-08-09-update.md", "_posts/en/2026-08-09-update.md"}, "_posts/2026-08-09-x.md"},
		{[]string{"_posts/2026-08-02-update.md", "_posts/de/2026-08-09-update.md"}, "_posts/de/2026-08-09-update.md"},
		{[]string{"about.md", "_posts/2026-02-31-no-day.md"}, ""},
	} {
		for range 2 { // in either order
			if got := Last("_posts/2026-08-16-update.md", slices.Values(c.posts), sundays); got != c.want {
				t.Errorf("%q: %q, want %q", c.posts, got, c.want)
			}
			slices.Reverse(c.posts)
		}
	}
	if got := Last("about.md", slices.Values([]string{"_posts/2026-08-09-x.md"}), sundays); got != "" {
		t.Errorf("before no post is %q", got)
	}
}
