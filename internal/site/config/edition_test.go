package config

import (
	"strings"
	"testing"
	"time"

	"galley/internal/diag"
	"galley/internal/growthtest"
	"galley/internal/site/memfs"
)

// read reads settings from a text.
func read(text string) (Config, []diag.Diagnostic) {
	return Read(memfs.New(map[string]string{File: text}))
}

func TestEdition(t *testing.T) {
	for _, c := range []struct{ pattern, file, branch, date string }{
		{"{year}{mm}{dd}", "_posts/2026-08-16-update.md", "20260816", "2026-08-16"},
		{"{year}{mm}{dd}", "_posts/26-8-6-update.md", "20260806", "2026-08-06"},
		{"{year}{mm}{dd}", "_posts/2026-02-30-update.md", "", ""},
		{"{year}{mm}{dd}", "_drafts/update.md", "", ""},
		{"edition/{date}", "_posts/2026-08-16-update.md", "edition/2026-08-16", "2026-08-16"},
		{"{year}-{mm}", "_posts/2026-08-16-update.md", "2026-08", "2026-08-01"},
		{"v1.{month}.{day}.{year}(x)", "_posts/2026-08-06-update.md", "v1.August.6.2026(x)", "2026-08-06"},
		{"post/{date}/{slug}", "_posts/2026-08-06-a-b.md", "post/2026-08-06/a-b", "2026-08-06"},
		{"", "_posts/2026-08-16-update.md", "", ""},
	} {
		settings, diags := read("galley:\n  branch: \"" + c.pattern + "\"\n")
		if c.pattern != "" && len(diags) > 0 {
			t.Errorf("%s: %v", c.pattern, diags)
		}
		got := settings.Edition(c.file)
		if got != c.branch {
			t.Errorf("%s, %s: %q, want %q", c.pattern, c.file, got, c.branch)
		}
		date, ok := settings.EditionDate(got)
		if ok != (c.date != "") || ok && date.Format(time.DateOnly) != c.date {
			t.Errorf("%s, %s: %v %v, want %s", c.pattern, got, date, ok, c.date)
		}
	}
	settings, _ := read("galley:\n  branch: \"{year}{mm}{dd}\"\n")
	for _, name := range []string{"main", "2026081", "202608160", "20261316", "20260230", "x20260816", "galley/ana/20260816", "patch-1", "00000101"} {
		if date, ok := settings.EditionDate(name); ok {
			t.Errorf("%s is an edition of %v", name, date)
		}
	}
}

// A pattern that is too long is told and passed over, before any time goes into it:
// reading a date by it takes the third power of its size.
func TestLongPattern(t *testing.T) {
	growthtest.Linear(t, 800, func(n int) func() {
		text := "galley:\n  branch: \"{year}" + strings.Repeat("{slug}", n) + "\"\n"
		return func() {
			c, diags := read(text)
			if _, ok := c.EditionDate("2026" + strings.Repeat("x", n)); ok || c.HasEditions() || c.Edition("_posts/2026-08-16-a.md") != "" {
				t.Error("a pattern that is too long is followed")
			}
			if len(diags) != 1 || !strings.Contains(diags[0].Message, "pattern for branch in the section galley is longer than 250 bytes") {
				t.Error(diags)
			}
		}
	})
	long := strings.Repeat("{title}", 36)
	c, diags := read("galley: {title: \"" + long + "\", slug: \"" + long + "\", branch: \"{year}" + strings.Repeat("x", maxPattern-6) + "\"}\n")
	if len(diags) != 2 || c.Pattern("title", "New") != "New" || c.Pattern("slug", "{slug}") != "{slug}" {
		t.Error(c.Pattern("title", "New"), c.Pattern("slug", "{slug}"), diags)
	}
	if branch := "2026" + strings.Repeat("x", maxPattern-6); c.Edition("_posts/2026-08-16-a.md") != branch {
		t.Error("a pattern of 250 bytes is not followed")
	}
}

func TestSignOff(t *testing.T) {
	for text, want := range map[string]SignOff{
		"": SignOffNever, "galley: {sign_off: ask}": SignOffAsk, "galley: {sign_off: always}": SignOffAlways,
		"galley: {sign_off: never}": SignOffNever, "galley: {sign_off: yes}": SignOffAlways, "galley: {sign_off: no}": SignOffNever,
	} {
		settings, diags := read(text)
		if got := settings.SignOff; got != want || len(diags) > 0 {
			t.Errorf("%s: %s %v", text, got, diags)
		}
	}
}

func FuzzEdition(f *testing.F) {
	f.Add("{year}{mm}{dd}", "20260816")
	f.Add("v{month} {day}, {date}[", "x")
	f.Fuzz(func(t *testing.T, pattern, branch string) {
		c := Config{Galley: map[string]any{"branch": pattern}}
		if date, ok := c.EditionDate(branch); ok && (date.Year() < 1 || date.Year() > 9999) {
			t.Errorf("%q is of %v", branch, date)
		}
		c.Edition("_posts/2026-08-16-" + branch + ".md")
	})
}

func TestEditionRule(t *testing.T) {
	now := time.Date(2026, 8, 14, 9, 30, 0, 0, time.FixedZone("", 2*3600)) // a Friday
	for _, c := range []struct{ rule, taken, want string }{
		{"{weekday: sunday}", "", "2026-08-16T00:00:00+02:00"},
		{"{weekday: Fri, time: \"22:30\"}", "", "2026-08-14T22:30:00+02:00"},
		{"{weekday: sunday}", "2026-08-16 2026-08-23", "2026-08-30T00:00:00+02:00"},
		{"{day: 31}", "2026-08-31", "2026-09-30T00:00:00+02:00"},
		{"{day: 1}", "", "2026-09-01T00:00:00+02:00"},
		{"{weekday: someday}", "", ""},
		{"{day: 0}", "", ""},
		{"{day: 1, time: 22:00}", "", ""},
		{"sunday", "", ""},
	} {
		settings, diags := read("galley:\n  edition: " + c.rule + "\n")
		rule, ok := settings.EditionRule()
		if ok != (c.want != "") || ok != (len(diags) == 0) {
			t.Errorf("%s: %v, %v", c.rule, ok, diags)
		}
		if !ok {
			continue
		}
		day, ok := rule.Next(now, func(day time.Time) bool { return strings.Contains(c.taken, day.Format(time.DateOnly)) })
		if got := day.Format(time.RFC3339); !ok || got != c.want || !rule.On(day) {
			t.Errorf("%s without %q: %s, want %s", c.rule, c.taken, got, c.want)
		}
	}
	rule, _ := Config{Galley: map[string]any{"edition": map[string]any{"weekday": "monday"}}}.EditionRule()
	if day, ok := rule.Next(now, func(time.Time) bool { return true }); ok {
		t.Errorf("all are taken, and %v is not", day)
	}
}
