package githubpages

import (
	"slices"
	"testing"
)

func TestBecomesPage(t *testing.T) {
	for _, c := range []struct {
		file            string
		included, wants bool
	}{
		{"a.md", false, true},
		{"docs/README.md", false, false},
		{"readme.markdown", false, false},
		{"README.md", true, true},
		{"CODE_OF_CONDUCT.md", false, false},
		{"licenses.md", false, true},
	} {
		if got := BecomesPage(c.file, c.included); got != c.wants {
			t.Errorf("%s: got %v", c.file, got)
		}
	}
}

func TestReadme(t *testing.T) {
	for file, want := range map[string]string{"README.md": "/", "docs/readme.markdown": "/docs/", "a/b/Readme.md": "/a/b/"} {
		if got := ReadmePermalink(file); got != want || !Readme(file) {
			t.Errorf("%s: got %s", file, got)
		}
	}
	if Readme("README-2.md") || Readme("docs/other.md") {
		t.Error("these are no READMEs")
	}
	for _, c := range []struct {
		url, folder string
		want        bool
	}{
		{"/", "/", true}, {"/index.html", "/", true}, {"/docs/", "/", false}, {"/docs/", "/docs/", true},
		{"/docs/index.xml", "/docs/", true}, {"/docs/a.html", "/docs/", false}, {"/docs/Index.HTM", "/docs/", true},
	} {
		if got := IsIndex(c.url, c.folder); got != c.want {
			t.Errorf("%s in %s: got %v", c.url, c.folder, got)
		}
	}
}

func TestDefaultLayout(t *testing.T) {
	for _, c := range []struct {
		url     string
		post    bool
		layouts []string
		want    string
	}{
		{"/", false, []string{"home", "page"}, "home"},
		{"/", false, []string{"page", "default"}, "page"},
		{"/a.html", false, []string{"home", "default"}, "default"},
		{"/a.html", true, []string{"post", "page"}, "post"},
		{"/a.html", true, []string{"page"}, ""},
	} {
		got := DefaultLayout(c.url, c.post, func(name string) bool { return slices.Contains(c.layouts, name) })
		if got != c.want {
			t.Errorf("%v: got %q", c, got)
		}
	}
}

// What the plugin tells of a repository without a network.
func TestMetadata(t *testing.T) {
	for _, c := range []struct {
		name      string
		published bool
		want      map[string]any
	}{
		{"acme/widgets", false, map[string]any{
			"url": "https://github.com/pages/acme/widgets", "baseurl": "/pages/acme/widgets", "environment": "production",
			"zip_url": "https://github.com/acme/widgets/zipball/gh-pages", "is_project_page": true, "owner_name": "acme",
			"repository_url": "https://github.com/acme/widgets", "project_title": "widgets", "releases": false, "license": nil,
		}},
		{"acme/Acme.github.io", false, map[string]any{
			"url": "https://github.com/pages/acme", "tar_url": "https://github.com/acme/Acme.github.io/tarball/master", "is_user_page": true,
		}},
		{"Acme/widgets", true, map[string]any{"url": "https://acme.github.io/widgets", "baseurl": "/widgets", "environment": "dotcom"}},
		{"Acme/acme.github.io", true, map[string]any{"url": "https://acme.github.io", "baseurl": ""}},
	} {
		m, ok := Repository(c.name)
		m.Published = c.published
		if !ok {
			t.Errorf("%s is not read", c.name)
		}
		found := 0
		for _, v := range m.Values() {
			if want, ok := c.want[v.Key]; ok {
				if found++; v.Value != want {
					t.Errorf("%s: %s is %v, not %v", c.name, v.Key, v.Value, want)
				}
			}
		}
		if found != len(c.want) {
			t.Errorf("%s: %d of %d values are there", c.name, found, len(c.want))
		}
	}
	for _, name := range []string{"", "acme", "acme/", "/x", "a/b/c"} {
		if m, ok := Repository(name); ok {
			t.Errorf("%q: got %+v", name, m)
		}
	}
	m, _ := Repository("acme/widgets")
	if got := m.EditURL("a.md") + " " + m.Title(); got != "https://github.com/acme/widgets/edit/gh-pages/a.md widgets" {
		t.Errorf("got %s", got)
	}
	m.Published, m.Domain, m.Branch = true, "widgets.org", "main"
	if got := m.URL() + m.BaseURL() + m.Source(); got != "https://widgets.orgmain" {
		t.Errorf("got %s", got)
	}
	if !Runs("jekyll-feed") || !Runs("jekyll-gist") || Runs("jekyll-archives") {
		t.Error("the plugins of GitHub Pages are others")
	}
}
