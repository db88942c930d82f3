package lint

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"galley/internal/post"
	"galley/internal/postindex"
)

// What an earlier post had is told with the post, the section and the line.
func TestMemory(t *testing.T) {
	const galley = `edition: {weekday: sunday}
memory: {topics: [{name: KEP, text: 'KEP-?(\d+)', address: '/keps/[^/]+/(\d+)-'}]}
rules: {link-again: info, topic-again: info, empty-section: off}
`
	read, _ := postindex.ReadSettings(settings(t, []byte(galley)))
	x := postindex.New([]postindex.File{
		{Path: "_posts/2026-04-12-update.md", Text: read.Read([]byte("## KEP of the Week\n\n### [KEP-647: Tracing](https://a.example/keps/x/647-tracing)\n\n## KEP-9\n"))},
		{Path: "_posts/2026-07-05-update.md", Text: read.Read([]byte("## Other\n\n* [A](https://a.example/pull/12)\n\nMore of KEP-9, and [B](https://a.example/pull/13).\n"))},
	})
	for _, c := range []struct{ galley, text, want string }{
		{galley, "* [A](https://a.example/pull/12/) and again [A](https://a.example/pull/12)\n", "1:3 Reported already in the edition of July 5, 2026, in “Other” (line 3). Is it news?"},
		{galley, "* [B](https://a.example/pull/13)\n", ""},
		{strings.ReplaceAll(galley, "link-again: info", "link-again: off"), "### [Tracing](https://a.example/keps/x/647-tracing)\n", "1:1 KEP 647 was covered four months ago, in the edition of April 12, 2026, in “KEP of the Week” (line 3)."},
		{galley, "#### kep647\n\n### KEP-0647\n\n### KEP-10\n", "3:1 KEP 647 was covered four months ago, in the edition of April 12, 2026, in “KEP of the Week” (line 3)."},
		{strings.ReplaceAll(galley, "topic-again: info", "topic-again: {months: 3}"), "### KEP-647\n", ""},
		{strings.ReplaceAll(galley, "topic-again: info", "topic-again: {in: News}"), "## News\n### KEP-9\n", ""},
		{"rules: {topic-again: {match: 'KEP-(\\d+)'}}", "### KEP-647\n", "1:1 This was covered four months ago, in the post of April 12, 2026 (line 3)."},
	} {
		rules, problems := New(settings(t, []byte(c.galley)))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		src := []byte(c.text)
		var got []string
		for _, d := range rules.Check(post.Parse(src), Settings{Path: "_posts/2026-08-16-update.md", Memory: x}) {
			if d.Code == "link-again" || d.Code == "topic-again" {
				line := 1 + strings.Count(c.text[:d.Range.Start], "\n")
				column := d.Range.Start - strings.LastIndexByte(c.text[:d.Range.Start], '\n')
				got = append(got, fmt.Sprintf("%d:%d %s", line, column, d.Message))
			}
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestAgo(t *testing.T) {
	now := time.Date(2026, 8, 16, 0, 0, 0, 0, time.UTC)
	for days, want := range map[int]string{1: "a day ago", 6: "six days ago", 7: "a week ago", 20: "two weeks ago", 60: "eight weeks ago", 61: "two months ago", 126: "four months ago", 365: "twelve months ago", 800: "two years ago"} {
		if got := ago(now.AddDate(0, 0, -days), now); got != want {
			t.Errorf("%d days are %s, want %s", days, got, want)
		}
	}
}
