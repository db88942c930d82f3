package seo

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"galley/internal/liquid"
	"galley/internal/markdown"
	"galley/internal/ordered"
	"galley/internal/rubytime"
)

// values makes ordered maps of what a JSON reader gives.
func values(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := ordered.New(len(v))
		for k, e := range v {
			m.Set(k, values(e))
		}
		return m
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = values(e)
		}
		return out
	case float64:
		return int64(v)
	}
	return v
}

func drop(v any) liquid.Drop {
	m, _ := values(v).(*ordered.Map)
	return liquid.Names{Map: m}
}

// parts cuts what the tag writes into the lines and the data for machines.
func parts(t *testing.T, html string) (lines string, data any) {
	t.Helper()
	before, rest, _ := strings.Cut(html, `<script type="application/ld+json">`)
	script, after, ok := strings.Cut(rest, "</script>")
	if err := json.Unmarshal([]byte(script), &data); err != nil || !ok {
		t.Errorf("%v: %s", err, html)
	}
	return before + after, data
}

// testdata/jekyll.json has settings and front matter, and what jekyll-seo-tag
// 2.8 makes of them.
func TestJekyll(t *testing.T) {
	src, err := os.ReadFile("testdata/jekyll.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Site, Data, Page map[string]any
		Paginator        any
		Markup, HTML     string
	}
	if err := json.Unmarshal(src, &cases); err != nil || len(cases) < 30 {
		t.Fatal(len(cases), err)
	}
	renderer := markdown.New(markdown.Config{})
	for i, c := range cases {
		site := c.Site
		if site == nil {
			site = map[string]any{}
		}
		site["data"] = c.Data
		if c.Data == nil {
			site["data"] = map[string]any{}
		}
		page := map[string]any{"url": "/page.html"}
		for k, v := range c.Page {
			page[k] = v
		}
		p := Page{
			Page: drop(page), Site: drop(site), Jekyll: "4.3.1",
			Markdown: func(s string) string { return string(renderer.Render([]byte(s)).HTML()) },
			Absolute: func(s string) string {
				if s == "" {
					return ""
				}
				url, _ := site["url"].(string)
				base, _ := site["baseurl"].(string)
				return url + base + "/" + strings.TrimPrefix(s, "/")
			},
			Escape: func(s string) string { return strings.ReplaceAll(s, " ", "%20") },
			Date: func(v any) string {
				at, err := rubytime.Parse(liquid.Text(v), time.UTC, time.Time{})
				if err != nil {
					t.Error(err)
				}
				return at.Format("2006-01-02T15:04:05-07:00")
			},
		}
		if c.Paginator != nil {
			p.Paginator = drop(c.Paginator)
		}
		got, gotData := parts(t, p.HTML(c.Markup))
		want, wantData := parts(t, c.HTML)
		if got != want || !reflect.DeepEqual(gotData, wantData) {
			t.Errorf("case %d: got\n%s\n%v\nwant\n%s\n%v", i, got, gotData, want, wantData)
		}
	}
}

// No text of a page ends the script.
func TestScriptStaysWhole(t *testing.T) {
	same := func(s string) string { return s }
	p := Page{Page: drop(map[string]any{"url": "/", "author": "</script><b>"}), Site: drop(map[string]any{}),
		Markdown: same, Absolute: same, Escape: same, Date: func(any) string { return "" }}
	if got := p.HTML(""); strings.Count(got, "</script>") != 2 || !strings.Contains(got, `"<\/script><b>"`) {
		t.Errorf("got %s", got)
	}
}
