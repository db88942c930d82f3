package config

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestGroup(t *testing.T) {
	plain, _ := read("title: T\nexclude: [private, \"*.draft.md\"]\ncollections:\n  docs:\n    output: true\n  data: {}\n  Layouts: {}\n  plugins: {}\n")
	below, _ := read("collections_dir: texts\ncollections: [docs]\ngalley:\n  template: start.md\n")
	included, _ := read("include: [_pages, _layouts]\n")
	for _, c := range []struct {
		config Config
		file   string
		want   string
	}{
		{plain, "_posts/2026-08-16-update.md", "posts"},
		{plain, "_posts/2026/2026-08-16-update.markdown", "posts"},
		{plain, "news/_posts/2026-08-16-update.html", "posts"},
		{plain, "_posts/update.md", ""},
		{plain, "_drafts/later.md", "drafts"},
		{plain, "_docs/a.md", "docs"},
		{plain, "_docs/deep/er/a.html", "docs"},
		{plain, "_docs/deep/.a.md", ""},
		{plain, "_docs/a.txt", ""},
		{plain, "x/_docs/a.md", ""},
		{plain, "_Docs/a.md", ""},
		{plain, "_others/a.md", ""},
		{plain, "about.md", "pages"},
		{plain, "index.html", "pages"},
		{plain, "deep/er/about.MD", "pages"},
		{plain, "README.md", ""},
		{plain, "private/a.md", ""},
		{plain, "a.draft.md", ""},

		// What builds the site, runs for it, or is none of it.
		{plain, "_yml", ""},
		{plain, "_md", ""},
		{plain, "_layouts/post.html", ""},
		{plain, "_Layouts/post.html", ""},
		{plain, "_includes/a.md", ""},
		{plain, "_data/a.md", ""},
		{plain, "_plugins/a.md", ""},
		{plain, "_sass/a.md", ""},
		{plain, "_site/index.html", ""},
		{plain, "templates/post.html", ""},
		{plain, "Templates/post.html", ""},
		{plain, ".github/workflows/x.md", ""},
		{plain, ".github/PULL_REQUEST_TEMPLATE.md", ""},
		{plain, "a/.git/x.md", ""},
		{plain, "node_modules/a/b.md", ""},
		{plain, "vendor/bundle/a.md", ""},
		{plain, "../about.md", ""},
		{plain, "a/../about.md", ""},
		{plain, "/about.md", ""},
		{plain, "", ""},
		{plain, "a//b.md", ""},
		{plain, "#a.md", ""},
		{plain, "~a/b.md", ""},
		{plain, "a.js", ""},
		{plain, "Gemfile", ""},

		{included, "_pages/about.md", "pages"},
		{included, "_others/about.md", ""},
		{included, "_layouts/about.html", ""},

		{below, "texts/_docs/a.md", "docs"},
		{below, "texts/_posts/2026-08-16-update.md", "posts"},
		{below, "_docs/a.md", ""},
		{below, "_posts/2026-08-16-update.md", ""},
		{below, "about.md", "pages"},
	} {
		if got := c.config.Group(c.file); got != c.want {
			t.Errorf("%q is in %q, not %q", c.file, got, c.want)
		}
	}
}

// A file's group is soon told, whatever the settings list: each file of a branch is asked for.
func TestGroupIsBounded(t *testing.T) {
	var collections strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&collections, "  c%d: {output: true}\n", i)
	}
	for name, text := range map[string]string{
		"exclude":     "exclude: [" + strings.Repeat(`"*a*a*a*a*b",`, 60_000) + "]\n",
		"include":     "include: [" + strings.Repeat(`"*a*a*a*a*b",`, 60_000) + "]\n",
		"names":       "exclude: [" + strings.Repeat(`"aaaaaaaaaaa",`, 60_000) + "]\n",
		"collections": "collections:\n" + collections.String(),
	} {
		c, _ := read(text)
		begun := time.Now()
		for i := range 100 {
			c.Group(fmt.Sprintf("%s/%s%d.md", strings.Repeat("ab", 20), strings.Repeat("a", 20), i))
			c.Group("_a/b.md")
			c.CollectionOf("_a/b.md")
		}
		if took := time.Since(begun); took > time.Second {
			t.Errorf("%s: it took %v", name, took)
		}
	}
}
