package tags

import (
	"strings"

	"galley/internal/liquid"
	"galley/internal/site/config"
	"galley/internal/site/drop"
	"galley/internal/site/gist"
	"galley/internal/site/plugin"
)

// pluginTags are the Liquid tags of plugins. Each is there where its plugin
// runs; where there is a theme, which may need any of them, all are.
var pluginTags = map[string]struct {
	plugin string
	render func(c *liquid.Context, v *drop.View, markup string) (string, error)
}{
	"seo":              {plugin.SEO, seoTag},
	"feed_meta":        {plugin.Feed, feedMetaTag},
	"gist":             {plugin.Gist, gistTag},
	"avatar":           {plugin.Avatar, avatarTag},
	"github_edit_link": {plugin.Metadata, editLinkTag},
}

// addPlugins adds the Liquid tags of the plugins that the site runs.
func addPlugins(t *liquid.Config, s config.Config) {
	if plain := s.Runs(plugin.MD5Plain); plain || s.Runs(plugin.MD5) {
		t.Filters["md5"] = md5Filter(plain)
	}
	themed := s.Theme() != "" || s.Flavour == config.Galleys
	for name, tag := range pluginTags {
		if !themed && !s.Runs(tag.plugin) {
			continue
		}
		t.Tags[name] = func(p *liquid.Parser, markup string) (liquid.Node, error) {
			if name == "gist" {
				if _, _, err := gist.Parse(markup); err != nil {
					return nil, err
				}
			}
			return &pluginNode{strings.TrimSpace(markup), tag.render}, nil
		}
	}
	if !themed && !s.Runs(plugin.IncludeCache) {
		delete(t.Tags, "include_cached")
	}
}

// PluginOf names the plugin that has a tag; empty for none that Galley has.
func PluginOf(tag string) string {
	if tag == "include_cached" {
		return plugin.IncludeCache
	}
	return pluginTags[tag].plugin
}

// pluginNode is a plugin's tag in a template.
type pluginNode struct {
	markup string
	render func(c *liquid.Context, v *drop.View, markup string) (string, error)
}

// Render implements liquid.Node.
func (n *pluginNode) Render(c *liquid.Context) error {
	v, ok := drop.Of(c)
	if !ok {
		return liquid.Faultf("this tag needs a site")
	}
	text, err := n.render(c, v, n.markup)
	c.Write(text)
	return err
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
