package tags

import (
	"galley/internal/liquid"
	"galley/internal/site/drop"
	"galley/internal/site/seo"
)

func seoTag(c *liquid.Context, v *drop.View, markup string) (string, error) {
	f := &drop.Filters{C: c}
	page, _ := v.Page().(liquid.Drop)
	if page == nil {
		page = liquid.Names{}
	}
	paginator, _ := c.Lookup("paginator").(liquid.Drop)
	p := seo.Page{
		Page: page, Site: &drop.Site{Sight: v}, Paginator: paginator, Jekyll: v.Reader.Config.JekyllVersion(),
		Markdown: f.Markdown, Absolute: f.Absolute, Escape: f.Escape, Date: f.Date,
	}
	return p.HTML(markup), f.Err
}
