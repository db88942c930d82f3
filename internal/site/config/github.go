package config

import (
	"io/fs"
	"strings"

	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/site/githubpages"
	"galley/internal/site/plugin"
	"galley/internal/site/value"
)

// Metadata is what is known of the repository that the site is in.
func (c Config) Metadata(files fs.FS) (githubpages.Metadata, bool) {
	for _, name := range []string{value.Text(c.Data["repository"]), value.Text(c.Galley["repository"])} {
		if m, ok := githubpages.Repository(name); ok {
			m.Published = c.Flavour == GitHubPages
			if domain, err := fs.ReadFile(files, "CNAME"); err == nil {
				m.Domain = strings.TrimSpace(string(domain))
			}
			m.Branch = value.Text(c.Galley["source_branch"])
			return m, true
		}
	}
	return githubpages.Metadata{}, false
}

// applyMetadata has the settings say what the plugin jekyll-github-metadata
// lets them: site.github, and title, url and baseurl where they have none.
func (c *Config) applyMetadata(files fs.FS) {
	m, ok := c.Metadata(files)
	if !ok || !c.Runs(plugin.Metadata) {
		return
	}
	c.Written, c.All = c.Written.Clone(), c.All.Clone()
	set := func(key string, v any) {
		c.Written.Set(key, v)
		c.All.Set(key, v)
		c.Data[key] = value.Plain(v)
	}
	github := ordered.New(40)
	for _, v := range m.Values() {
		github.Set(v.Key, liquid.Value(v.Value))
	}
	switch own := c.Written.Value("github").(type) {
	case nil:
		set("github", github)
	case *ordered.Map:
		for k, v := range own.All() {
			github.Set(k, v)
		}
		set("github", github)
	}
	if !value.Truthy(c.Written.Value("title")) && !value.Truthy(c.Written.Value("name")) {
		set("title", m.Title())
		c.Title = m.Title()
	}
	if !value.Truthy(c.Written.Value("url")) {
		set("url", m.URL())
		c.URL = m.URL()
	}
	if base := c.Written.Value("baseurl"); base == nil || base == "/" {
		set("baseurl", m.BaseURL())
		c.BaseURL = m.BaseURL()
	}
}
