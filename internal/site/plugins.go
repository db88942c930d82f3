package site

import (
	"fmt"
	"html"
	"io/fs"
	"path"
	"regexp"

	"galley/internal/diag"
	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/site/seo"
)

// plugin says whether the site has a plugin of Jekyll's: because its settings or
// its Gemfile name it, or because GitHub builds the site and has it always on.
func (s *Site) plugin(name string) bool {
	s.pluginsOnce.Do(func() {
		s.plugins = map[string]bool{}
		for _, key := range []string{"plugins", "gems", "whitelist"} {
			for _, name := range textList(s.config.Data[key]) {
				s.plugins[name] = true
			}
		}
		if s.flavour == githubPages {
			for _, name := range alwaysOnGitHub {
				s.plugins[name] = true
			}
		}
		gemfile, _ := fs.ReadFile(s.files, "Gemfile")
		for _, m := range gemLine.FindAllStringSubmatch(string(gemfile), -1) {
			s.plugins[m[1]] = true
		}
	})
	return s.plugins[name]
}

// gemLine finds the gems of a Gemfile.
var gemLine = regexp.MustCompile(`(?m)^[ \t]*gem[ (]+["']((?:jekyll|jemoji)[\w-]*)["']`)

// alwaysOnGitHub are the plugins that GitHub runs on every site.
var alwaysOnGitHub = []string{
	"jekyll-coffeescript", "jekyll-default-layout", "jekyll-gist", "jekyll-github-metadata", "jekyll-optional-front-matter",
	"jekyll-paginate", "jekyll-readme-index", "jekyll-titles-from-headings", "jekyll-relative-links",
}

// addPlugins adds the Liquid tags and filters of the plugins that Galley has.
func (t *templateFiles) addPlugins() {
	t.config.Tags["seo"] = func(_ *liquid.Parser, markup string) (liquid.Node, error) { return seoNode(markup), nil }
	t.config.Tags["feed_meta"] = func(*liquid.Parser, string) (liquid.Node, error) { return feedNode{t.site}, nil }
}

// seoNode is the tag {% seo %}, with its markup.
type seoNode string

// Render implements liquid.Node.
func (n seoNode) Render(c *liquid.Context) error {
	page, _ := c.Lookup("page").(liquid.Drop)
	site, _ := c.Lookup("site").(liquid.Drop)
	paginator, _ := c.Lookup("paginator").(liquid.Drop)
	tag := seo.Page{Page: page, Site: site, Paginator: paginator, Jekyll: textOf(c.Lookup("jekyll").(*ordered.Map).Value("version")),
		Markdown: textFilter(c, "markdownify"), Absolute: textFilter(c, "absolute_url"), Escape: textFilter(c, "uri_escape"),
		Date: func(v any) string { return applied(c, "date_to_xmlschema", v) }}
	c.Write(tag.HTML(string(n)))
	return nil
}

// textFilter is a filter of Liquid's on texts.
func textFilter(c *liquid.Context, name string) func(string) string {
	return func(text string) string { return applied(c, name, text) }
}

// applied is what a filter without arguments makes of a value, as text.
func applied(c *liquid.Context, name string, value any) string {
	out, err := c.Config().Filters[name].Apply(c, value, nil)
	if err != nil {
		return ""
	}
	return liquid.Text(out)
}

// feedNode is the tag {% feed_meta %}: where the feed is.
type feedNode struct{ site *Site }

// Render implements liquid.Node.
func (n feedNode) Render(c *liquid.Context) error {
	config := n.site.config
	file := "feed.xml"
	if m, ok := config.Data["feed"].(map[string]any); ok && textOf(m["path"]) != "" {
		file = textOf(m["path"])
	}
	c.Write(`<link type="application/atom+xml" rel="alternate" href="` + html.EscapeString(applied(c, "absolute_url", file)) + `"`)
	title := textOf(config.Data["title"])
	if title == "" {
		title = textOf(config.Data["name"])
	}
	if title != "" {
		c.Write(` title="` + html.EscapeString(title) + `"`)
	}
	c.Write(" />")
	return nil
}

// checkPlugins names the plugins in _plugins/, which are Ruby and do nothing
// here.
func (s *Site) checkPlugins() []diag.Diagnostic {
	var diags []diag.Diagnostic
	_ = fs.WalkDir(s.files, s.config.PluginsDir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ".rb" {
			diags = append(diags, diag.Diagnostic{File: name, Severity: diag.Warning, Code: "plugin",
				Message: fmt.Sprintf("Galley does not run %s, which is a plugin in Ruby. Tags that it has can be mapped under galley.tags in %s.", name, configFile)})
		}
		return nil
	})
	return diags
}
