package server

import (
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/site"
)

// An edition is about the days since the one before.
func TestEditionDays(t *testing.T) {
	now := time.Date(2026, 8, 18, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct{ settings, file, want string }{
		{"galley: {edition: {weekday: sunday}}", "_posts/2026-08-16-update.md", "2026-08-10 2026-08-16"},
		{"title: x", "_posts/2026-08-16-update.md", "2026-08-10 2026-08-16"},
		{"galley: {edition: {day: 1}}", "_posts/2026-08-01-update.md", "2026-07-02 2026-08-01"},
		{"title: x", "about.md", "2026-08-12 2026-08-18"},
	} {
		config := site.ReadConfig(fstest.MapFS{"_config.yml": {Data: []byte(c.settings)}})
		from, until := editionDays(config, c.file, now)
		if got := from.Format(time.DateOnly) + " " + until.Format(time.DateOnly); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.settings, c.file, got, c.want)
		}
	}
}
