package site

import (
	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/site/githubpages"
	"io/fs"
	"strings"
)

// metadata is what is known of the repository that the site is in.
func (c Config) metadata(files fs.FS) (githubpages.Metadata, bool) {
	for _, name := range []string{textOf(c.Data["repository"]), textOf(c.Galley["repository"])} {
		if m, ok := githubpages.Repository(name); ok {
			m.Published = c.Flavour == githubPages
			if domain, err := fs.ReadFile(files, "CNAME"); err == nil {
				m.Domain = strings.TrimSpace(string(domain))
			}
			m.Branch = textOf(c.Galley["source_branch"])
			return m, true
		}
	}
	return githubpages.Metadata{}, false
}

// applyMetadata has the settings say what the plugin jekyll-github-metadata
// lets them: site.github, and title, url and baseurl where they have none.
func (c *Config) applyMetadata(files fs.FS) {
	m, ok := c.metadata(files)
	if !ok || !c.plugin(pluginMetadata) {
		return
	}
	c.ordered, c.settings = c.ordered.Clone(), c.settings.Clone()
	set := func(key string, value any) {
		c.ordered.Set(key, value)
		c.settings.Set(key, value)
		c.Data[key] = plainValue(value)
	}
	github := ordered.New(40)
	for _, v := range m.Values() {
		github.Set(v.Key, liquid.Value(v.Value))
	}
	switch own := c.ordered.Value("github").(type) {
	case nil:
		set("github", github)
	case *ordered.Map:
		for k, v := range own.All() {
			github.Set(k, v)
		}
		set("github", github)
	}
	if !truthy(c.ordered.Value("title")) && !truthy(c.ordered.Value("name")) {
		set("title", m.Title())
		c.Title = m.Title()
	}
	if !truthy(c.ordered.Value("url")) {
		set("url", m.URL())
		c.URL = m.URL()
	}
	if base := c.ordered.Value("baseurl"); base == nil || base == "/" {
		set("baseurl", m.BaseURL())
		c.BaseURL = m.BaseURL()
	}
}
