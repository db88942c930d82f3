package social

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadSettings(t *testing.T) {
	for _, c := range []struct {
		what     string
		social   any
		want     string
		problems string
	}{
		{"none", nil, "", ""},
		{"not a section", "x", "", "a line for each network"},
		{"known ones in their order", map[string]any{"mastodon": "m", "bluesky": "b"}, "Bluesky 300 bluesky b; Mastodon 500 mastodon m", ""},
		{"another limit", map[string]any{"mastodon": map[string]any{"text": "m", "limit": 1000}}, "Mastodon 1000 mastodon m", ""},
		{"another network", map[string]any{"acme": map[string]any{"text": "a", "limit": 280}, "mastodon": "m"}, "Mastodon 500 mastodon m; acme 280 plain a", ""},
		{"without limit", map[string]any{"acme": "a"}, "", "give galley.social.acme"},
		{"wrong limit", map[string]any{"mastodon": map[string]any{"text": "m", "limit": "many"}}, "Mastodon 500 mastodon m", "limit of galley.social.mastodon"},
		{"no text", map[string]any{"bluesky": 7}, "", "galley.social.bluesky in the settings has no text"},
	} {
		list, problems := ReadSettings(map[string]any{"social": c.social})
		var got []string
		for _, a := range list {
			got = append(got, fmt.Sprint(a.Label, " ", a.Limit, " ", a.Counts, " ", a.Pattern))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %q, want %q", c.what, s, c.want)
		}
		if s := strings.Join(problems, "; "); (c.problems == "") != (s == "") || !strings.Contains(s, c.problems) {
			t.Errorf("%s: %q", c.what, s)
		}
	}
}
