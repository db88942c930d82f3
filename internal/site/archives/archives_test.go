package archives

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

var posts = []Post{
	{Date: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC), Tags: []string{"b", "New York"}},
	{Date: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), Tags: []string{"a", "b"}, Categories: []string{"x"}},
	{Date: time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC), Categories: []string{"x"}},
	{Date: time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC)},
}

func slug(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "-")) }
func same(s string) string { return s }

func TestOf(t *testing.T) {
	for _, c := range []struct {
		section any
		want    []string
	}{
		{nil, nil},
		{map[string]any{"enabled": []any{"tags"}}, []string{
			"/tag/b/ archive [1 0]", "/tag/new-york/ archive [0]", "/tag/a/ archive [1]"}},
		{map[string]any{"enabled": "all", "layout": "list", "layouts": map[string]any{"year": "year"}, "permalinks": map[string]any{"tag": "t/:name.html", "day": "/:type/:year-:month-:day/"}}, []string{
			"/t/b.html list [1 0]", "/t/new-york.html list [0]", "/t/a.html list [1]",
			"/category/x/ list [2 1]",
			"/2025/ year [0]", "/2025/12/ list [0]", "/day/2025-12-31/ list [0]",
			"/2026/ year [3 2 1]", "/2026/02/ list [3]", "/day/2026-02-03/ list [3]",
			"/2026/01/ list [2 1]", "/day/2026-01-03/ list [2]", "/day/2026-01-02/ list [1]",
		}},
		{map[string]any{"enabled": true}, nil},
		{map[string]any{"enabled": []any{"year", "nothing", 3}}, []string{"/2025/ archive [0]", "/2026/ archive [3 2 1]"}},
	} {
		list := Read(c.section).Of(posts)
		if c.want == nil && c.section != nil {
			if len(list) != 13 {
				t.Errorf("%v: got %d", c.section, len(list))
			}
			continue
		}
		var got []string
		for _, a := range list {
			got = append(got, fmt.Sprintf("%s %s %v", a.URL(slug, same), a.Layout, a.Posts))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: got\n%s", c.section, strings.Join(got, "\n"))
		}
	}
	a := Read(map[string]any{"enabled": []any{"month"}}).Of(posts)[1]
	if a.Title != "" || a.Date != time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC) || a.Kind != Month {
		t.Errorf("got %+v", a)
	}
}
