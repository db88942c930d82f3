package relocate_test

import (
	"errors"
	"strings"
	"testing"

	"galley/internal/relocate"
	"galley/internal/site"
)

func TestPlace(t *testing.T) {
	config := site.ReadConfig(site.FromBundle(map[string]string{"_config.yml": "collections:\n  guides:\n    output: true\n"}))
	for _, c := range []struct {
		name, path, front string
		wish              relocate.Wish
		want, wantFront   string
	}{
		{"nothing", "_posts/2026-08-16-update.md", "title: A\n", relocate.Wish{}, "_posts/2026-08-16-update.md", "title: A\n"},
		{"slug", "_posts/2026-08-16-update.md", "title: A\n", relocate.Wish{Slug: "The News!"}, "_posts/2026-08-16-the-news.md", "title: A\n"},
		{"day", "_posts/en/2026-08-16-update.markdown", "date: 2026-08-20 22:00:00 -0000 # UTC\n", relocate.Wish{Day: "2026-08-23"},
			"_posts/en/2026-08-23-update.markdown", "date: 2026-08-23 22:00:00 -0000 # UTC\n"},
		{"same day", "_posts/2026-8-6-update.md", "date: 2026-08-05 22:00:00\n", relocate.Wish{Day: "2026-08-06"}, "_posts/2026-8-6-update.md", "date: 2026-08-06 22:00:00\n"},
		{"slug of the file", "_posts/2026-08-16-update.md", "slug: update\n", relocate.Wish{Slug: "news"}, "_posts/2026-08-16-news.md", "slug: news\n"},
		{"slug with the day", "_posts/2026-08-16-update.md", "slug: '2026-08-16-update'\ndate: 2026-08-16\n", relocate.Wish{Slug: "news", Day: "2026-08-17"},
			"_posts/2026-08-17-news.md", "slug: '2026-08-17-news'\ndate: 2026-08-17\n"},
		{"another slug", "_posts/2026-08-16-update.md", "slug: harbour\n", relocate.Wish{Slug: "news"}, "_posts/2026-08-16-news.md", "slug: harbour\n"},
		{"no date any more", "_posts/2026-08-16-update.md", "date: soon\n", relocate.Wish{Day: "2026-08-17"}, "_posts/2026-08-17-update.md", "date: 2026-08-17\n"},
		{"slashes", "_posts/2026-08-16-update.md", "date: 2026/08/16 22:00:00 +0200\n", relocate.Wish{Day: "2026-08-17"}, "_posts/2026-08-17-update.md", "date: 2026-08-17 20:00:00 +0000\n"},
		{"words", "_posts/2026-08-16-update.md", "date: 'August 16, 2026 10pm'\n", relocate.Wish{Day: "2026-08-17"}, "_posts/2026-08-17-update.md", "date: '2026-08-17 22:00:00 +0000'\n"},
		{"no time", "_posts/2026-08-16-update.md", "date: 16 Aug 2026\n", relocate.Wish{Day: "2026-08-17"}, "_posts/2026-08-17-update.md", "date: 2026-08-17\n"},
		{"published", "blog/_drafts/a-thought.md", "title: A\n", relocate.Wish{Group: "posts", Day: "2026-08-17"}, "blog/_posts/2026-08-17-a-thought.md", "title: A\n"},
		{"published with a date", "_drafts/2026-01-01-a.md", "date: 2026-01-01T08:00:00Z\n", relocate.Wish{Group: "posts", Day: "2026-08-17", Slug: "b"}, "_posts/2026-08-17-b.md", "date: 2026-08-17T08:00:00Z\n"},
		{"taken back", "_posts/2026-08-16-update.md", "date: 2026-08-16\n", relocate.Wish{Group: "drafts", Day: "2026-08-16"}, "_drafts/update.md", "date: 2026-08-16\n"},
		{"redirect", "_posts/2026-08-16-update.md", "redirect_from: [/a/]\n", relocate.Wish{Slug: "news", Redirect: "/2026/update.html"}, "_posts/2026-08-16-news.md", "redirect_from: [/a/, /2026/update.html]\n"},
		{"page", "about/team.md", "title: A\n", relocate.Wish{Slug: "people", Day: "2026-08-16"}, "about/people.md", "title: A\n"},
		{"document", "_guides/2026-08-16-start.md", "title: A\n", relocate.Wish{Slug: "begin"}, "_guides/begin.md", "title: A\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			const body = "---\n\nBody — with *all* of it\n"
			path, text, err := relocate.Place(config, c.path, []byte("---\n"+c.front+body), c.wish)
			if err != nil || path != c.want || string(text) != "---\n"+c.wantFront+body {
				t.Errorf("it is %s, %v\n%s", path, err, text)
			}
		})
	}
}

// A copy never has the address of what it is a copy of by its front matter, nor what
// feed readers know that by.
func TestPlaceCopy(t *testing.T) {
	config := site.ReadConfig(site.FromBundle(nil))
	wish := relocate.Wish{Day: "2026-08-17", Copy: true}
	for _, c := range []struct{ matter, want string }{
		{"title: A\npermalink: /about-it/ # as mailed\nredirect_from:\n  - /x/\n  - /y/\ntags: [b]\n", "title: A\ntags: [b]\n"},
		{"title: A\nid: tag:a.example,2026:1\naliases: [/old/]\n", "title: A\n"},
		{"slug: own\ntitle: A\n", "title: A\n"},
		{"slug: update\ntitle: A\n", "slug: update\ntitle: A\n"},
	} {
		path, text, err := relocate.Place(config, "_posts/2026-08-16-update.md", []byte("---\n"+c.matter+"---\nB\n"), wish)
		if want := "---\n" + c.want + "---\nB\n"; err != nil || path != "_posts/2026-08-17-update.md" || string(text) != want {
			t.Errorf("%q: %s, %q, %v", c.matter, path, text, err)
		}
	}
	_, _, err := relocate.Place(config, "_posts/2026-08-16-update.md", []byte("---\npermalink: &p /a/\nother: *p\n---\n"), wish)
	if !errors.Is(err, relocate.Err) || !strings.Contains(err.Error(), "permalink") {
		t.Error(err)
	}
}

func TestPlaceRefuses(t *testing.T) {
	config := site.ReadConfig(site.FromBundle(nil))
	for path, wish := range map[string]relocate.Wish{
		"_posts/2026-08-16-a.md": {Day: "2026-13-16"},
		"_posts/2026-08-17-a.md": {Slug: "!!"},
		"_drafts/a.md":           {Group: "posts"},
		"about.md":               {Group: "posts", Day: "2026-08-16"},
		"_posts/2026-08-18-a.md": {Redirect: "/x/"},
	} {
		got, _, err := relocate.Place(config, path, []byte("---\nredirect_from: {a: b}\n---\n"), wish)
		if !errors.Is(err, relocate.Err) || !strings.Contains(err.Error(), ": ") {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
}
