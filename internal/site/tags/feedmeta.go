package tags

import (
	"galley/internal/liquid"
	"galley/internal/site/drop"
	"galley/internal/site/value"
)

// feedMetaTag is the link to the feed that jekyll-feed writes.
func feedMetaTag(c *liquid.Context, v *drop.View, _ string) (string, error) {
	f := &drop.Filters{C: c}
	file := "feed.xml"
	if section, ok := v.Reader.Config.Data["feed"].(map[string]any); ok && value.Truthy(section["path"]) {
		file = value.Text(section["path"])
	}
	out := `<link type="application/atom+xml" rel="alternate" href="` + liquid.EscapeXML(f.Absolute(file)) + `"`
	for _, key := range []string{"title", "name"} {
		if title, _ := v.Reader.Config.All.Get(key); value.Truthy(title) {
			out += ` title="` + liquid.EscapeXML(liquid.Text(title)) + `"`
			break
		}
	}
	return out + " />", f.Err
}
