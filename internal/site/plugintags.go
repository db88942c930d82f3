package site

import (
	"strings"

	"galley/internal/liquid"
	"galley/internal/site/avatar"
	"galley/internal/site/config"
	"galley/internal/site/gist"
	"galley/internal/site/plaintext"
	"galley/internal/site/plugin"
	"galley/internal/site/seo"
	"galley/internal/site/value"
)

// pluginTags are the Liquid tags of plugins. Each is there where its plugin
// runs; where there is a theme, which may need any of them, all are.
var pluginTags = map[string]struct {
	plugin string
	render func(c *liquid.Context, h *host, markup string) (string, error)
}{
	"seo":              {plugin.SEO, seoTag},
	"feed_meta":        {plugin.Feed, feedMetaTag},
	"gist":             {plugin.Gist, gistTag},
	"avatar":           {plugin.Avatar, avatarTag},
	"github_edit_link": {plugin.Metadata, editLinkTag},
}

// addPlugins adds the Liquid tags of the plugins that the site runs.
func (t *templateFiles) addPlugins() {
	s := t.site
	if plain := s.config.Runs(plugin.MD5Plain); plain || s.config.Runs(plugin.MD5) {
		t.config.Filters["md5"] = md5Filter(plain)
	}
	themed := s.config.Theme() != "" || s.config.Flavour == config.Galleys
	for name, tag := range pluginTags {
		if !themed && !s.config.Runs(tag.plugin) {
			continue
		}
		t.config.Tags[name] = func(p *liquid.Parser, markup string) (liquid.Node, error) {
			if name == "gist" {
				if _, _, err := gist.Parse(markup); err != nil {
					return nil, err
				}
			}
			return &pluginNode{strings.TrimSpace(markup), tag.render}, nil
		}
	}
	if !themed && !s.config.Runs(plugin.IncludeCache) {
		delete(t.config.Tags, "include_cached")
	}
}

// pluginOf names the plugin that has a tag; empty for none that Galley has.
func pluginOf(tag string) string {
	if tag == "include_cached" {
		return plugin.IncludeCache
	}
	return pluginTags[tag].plugin
}

// pluginNode is a plugin's tag in a template.
type pluginNode struct {
	markup string
	render func(c *liquid.Context, h *host, markup string) (string, error)
}

// Render implements liquid.Node.
func (n *pluginNode) Render(c *liquid.Context) error {
	h, ok := c.Host().(*host)
	if !ok {
		return liquid.Faultf("this tag needs a site")
	}
	text, err := n.render(c, h, n.markup)
	c.Write(text)
	return err
}

// filters are Liquid's filters as functions, for one rendering.
type filters struct {
	c   *liquid.Context
	err error // the first one
}

func (f *filters) apply(name string, v any) string {
	filter, ok := f.c.Config().Filters[name]
	if !ok {
		return liquid.Text(v)
	}
	out, err := filter.Apply(f.c, v, nil)
	if err != nil && f.err == nil {
		f.err = err
	}
	return liquid.Text(out)
}

func (f *filters) absolute(text string) string { return f.apply("absolute_url", text) }
func (f *filters) escape(text string) string   { return f.apply("uri_escape", text) }
func (f *filters) markdown(text string) string { return f.apply("markdownify", text) }
func (f *filters) smartify(text string) string { return f.apply("smartify", text) }
func (f *filters) date(v any) string           { return f.apply("date_to_xmlschema", v) }

func seoTag(c *liquid.Context, h *host, markup string) (string, error) {
	f := &filters{c: c}
	page, _ := h.page.(liquid.Drop)
	if page == nil {
		page = liquid.Names{}
	}
	paginator, _ := c.Lookup("paginator").(liquid.Drop)
	p := seo.Page{
		Page: page, Site: &siteDrop{h.sight}, Paginator: paginator, Jekyll: h.site.jekyllVersion(),
		Markdown: f.markdown, Absolute: f.absolute, Escape: f.escape, Date: f.date,
	}
	return p.HTML(markup), f.err
}

// feedMetaTag is the link to the feed that jekyll-feed writes.
func feedMetaTag(c *liquid.Context, h *host, _ string) (string, error) {
	f := &filters{c: c}
	file := "feed.xml"
	if section, ok := h.site.config.Data["feed"].(map[string]any); ok && value.Truthy(section["path"]) {
		file = value.Text(section["path"])
	}
	out := `<link type="application/atom+xml" rel="alternate" href="` + plaintext.EscapeXML(f.absolute(file)) + `"`
	for _, key := range []string{"title", "name"} {
		if title, _ := h.site.config.All.Get(key); value.Truthy(title) {
			out += ` title="` + plaintext.EscapeXML(liquid.Text(title)) + `"`
			break
		}
	}
	return out + " />", f.err
}

func gistTag(c *liquid.Context, h *host, markup string) (string, error) {
	id, file, err := gist.Parse(markup)
	if err != nil {
		return "", err
	}
	if v := lookup(c, id); v != nil {
		id = liquid.Text(v)
	}
	if v := lookup(c, file); v != nil {
		file = liquid.Text(v)
	}
	noscript := h.site.config.Flavour != config.GitHubPages && gist.Noscript(h.site.config.Data["gist"])
	return gist.HTML(id, file, noscript), nil
}

func avatarTag(c *liquid.Context, _ *host, markup string) (string, error) {
	text := markup
	if hasLiquid(markup) {
		t, err := c.Config().Parse("", 1, markup)
		if err != nil {
			return "", err
		}
		if text, err = c.Part(t); err != nil {
			return "", err
		}
	}
	a := avatar.Parse(markup, text)
	user := a.User
	if a.Variable != "" {
		user = a.Variable
		if v := lookup(c, a.Variable); v != nil {
			user = liquid.Text(v)
		}
	}
	return a.HTML(user), nil
}

// editLinkTag is where GitHub lets one edit the page, or a link to there.
func editLinkTag(_ *liquid.Context, h *host, markup string) (string, error) {
	m, ok := h.site.config.Metadata(h.site.files)
	if !ok || h.sight.self == nil {
		return "", nil
	}
	address := m.EditURL(h.sight.self.path)
	for _, quote := range []string{`"`, "'"} {
		if _, rest, ok := strings.Cut(markup, quote); ok && strings.Contains(rest, quote) {
			return `<a href="` + address + `">` + rest[:strings.LastIndex(rest, quote)] + `</a>`, nil
		}
	}
	return address, nil
}

// lookup is what a name with dots in it means, nil when it means nothing.
func lookup(c *liquid.Context, name string) any {
	names := strings.Split(name, ".")
	v := c.Lookup(names[0])
	for _, key := range names[1:] {
		switch in := v.(type) {
		case liquid.Drop:
			v, _ = in.Get(key)
		case interface{ Value(string) any }:
			v = in.Value(key)
		default:
			return nil
		}
	}
	return v
}
