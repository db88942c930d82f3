package site

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"galley/internal/post"
	emojis "galley/internal/site/emoji/names"
	"galley/internal/site/render"
	"galley/internal/site/sametest"
	builtin "galley/templates"
)

// TestPlugins builds the sites of testdata/plugins: txtar files with a site's
// files, and what Jekyll 4.3.1 makes of them below "built/".
func TestPlugins(t *testing.T) {
	list, err := filepath.Glob("testdata/plugins/*.txtar")
	if err != nil || len(list) < 10 {
		t.Fatal(list, err)
	}
	for _, name := range list {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var pairs []string
			want := map[string]string{}
			for _, f := range archive.Files {
				if built, ok := strings.CutPrefix(f.Name, "built/"); ok {
					want[built] = string(f.Data)
				} else {
					pairs = append(pairs, f.Name, string(f.Data))
				}
			}
			got, _ := buildSite(t, pairs...)
			for name, text := range want {
				have, ok := got[name]
				if !ok {
					t.Errorf("%s is not built", name)
				} else if d := sametest.Difference(name, []byte(text), []byte(have)); d != "" {
					t.Errorf("%s: %s", name, d)
				}
			}
			for name := range got {
				if _, ok := want[name]; !ok {
					t.Errorf("%s is built, and not by Jekyll", name)
				}
			}
		})
	}
}

// What plugins do to a page is in its preview: of a site that was sent to the
// browser it is the page that is built.
func TestPluginsInThePreview(t *testing.T) {
	pairs := []string{
		"_config.yml", "plugins: [jekyll-mentions, jemoji, jekyll-relative-links, jekyll-titles-from-headings, jekyll-default-layout, jekyll-paginate, jekyll-redirect-from, jekyll-seo-tag]\npaginate: 1\nurl: https://e.org\n",
		"_layouts/default.html", "<html><head>{% seo %}</head><body>{{ content }}</body></html>\n",
		"index.html", "---\nlayout: default\n---\n{% for p in paginator.posts %}{{ p.title }}{% endfor %} {{ paginator.total_pages }}\n",
		"a.md", "---\n---\n# The *title*\n\nAsk @someone :+1: about [b](b.md#x) and ![i](img/i.png).\n",
		"b.md", "---\npermalink: /bee/\n---\nb\n",
		"c.md", "---\nredirect_to: https://x.org/\n---\n",
		"img/i.png", "PNG",
		"_posts/2026-01-02-p.md", "---\ntitle: P\n---\np\n",
		"_posts/2026-01-03-q.md", "---\ntitle: Q\n---\nq\n",
	}
	m := files(pairs...)
	options := render.Options{Now: now, BuiltIn: builtin.FS(), Emoji: emojis.File}
	whole, _, err := Load(m, options)
	if err != nil {
		t.Fatal(err)
	}
	var out memory
	if _, err := Build(context.Background(), whole, &out, nil); err != nil {
		t.Fatal(err)
	}
	options.Emoji = nil
	s, _ := throughBundle(t, m, options)
	for _, name := range []string{"index.html", "a.md", "b.md", "c.md", "_posts/2026-01-02-p.md"} {
		page := s.RenderPost(name, m[name].Data)
		if built := out.files[page.Output]; string(page.HTML) != built || built == "" {
			t.Errorf("%s is built\n%s\nand previewed\n%s", name, built, page.HTML)
		}
	}
	for _, want := range []string{`class="user-mention">@someone</a>`, `<img class="emoji"`, `<a href="/bee/#x">b</a>`, `src="/img/i.png"`, "<title>The title</title>"} {
		if !strings.Contains(out.files["a.html"], want) {
			t.Errorf("%s is not in\n%s", want, out.files["a.html"])
		}
	}
}

// A page as it is typed is the page that is built, whatever its plugins do.
func TestShellOfPlugins(t *testing.T) {
	s, _ := load(t, "_config.yml", "plugins: [jekyll-mentions]\n", "_layouts/default.html", "<body>{{ content }}</body>")
	p := s.RenderPost("a.md", []byte("---\nlayout: default\n---\n@a\n"))
	if !strings.Contains(string(p.HTML), "user-mention") || p.ContentStart >= 0 {
		t.Errorf("%s", p.HTML)
	}
	if s.Follows("a.md", post.Parse([]byte("---\nlayout: default\n---\n")), false) {
		t.Error("the blocks are taken for the page")
	}
}

// A theme that shows itself runs what its gem needs.
func TestGemPlugins(t *testing.T) {
	s, _ := load(t, "_config.yml", "plugins: [jekyll-sitemap]\n", "_layouts/a.html", "x",
		"theme.gemspec", "Gem::Specification.new do |spec|\n  spec.add_runtime_dependency \"jekyll\", \">= 3.5\"\n  spec.add_runtime_dependency \"jekyll-feed\", \"~> 0.9\"\n  spec.add_development_dependency \"jekyll-gist\"\nend\n")
	if got := strings.Join(s.Config().Plugins, " "); got != "jekyll-feed jekyll-sitemap" {
		t.Errorf("got %q", got)
	}
}

// A README of a collection is the index of the folder that it is copied to,
// whatever documents are there.
func TestReadmeOfACollection(t *testing.T) {
	got, _ := buildSite(t, "_config.yml", "plugins: [jekyll-readme-index]\ncollections: {docs: {output: true, permalink: \"/:path/\"}}\n", "_layouts/a.html", "x",
		"_docs/a/README.md", "# R\n", "_docs/b.md", "---\n---\nb\n", "c/README.md", "c\n", "c/index.html", "---\npermalink: /d/\n---\n")
	for _, name := range []string{"a/index.html", "a/README.md", "b/index.html", "c/index.html", "d/index.html"} {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is not built of %v", name, got)
		}
	}
}
