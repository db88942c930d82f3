package drop

import (
	"slices"
	"sort"

	"galley/internal/rubytime"
)

// Site is `site` in templates.
type Site struct{ Sight *View }

var siteKeys = []string{"related_posts", "time", "config", "data", "tags", "static_files", "collections", "posts", "html_pages", "categories", "pages", "documents"}

// LiquidText implements liquid.Texter: what Ruby prints.
func (d *Site) LiquidText() string { return "Jekyll::Drops::SiteDrop" }

// LiquidID implements liquid.Identified.
func (d *Site) LiquidID() string { return "site" }

// Keys implements liquid.Keyed.
func (d *Site) Keys() []string {
	keys := slices.Clone(siteKeys)
	for k := range d.Sight.Reader.Config.All.All() {
		if name, ok := k.(string); ok && !slices.Contains(keys, name) {
			keys = append(keys, name)
		}
	}
	return keys
}

// Get implements liquid.Drop.
func (d *Site) Get(key string) (any, bool) {
	v := d.Sight
	s := v.Reader
	switch key {
	case "posts":
		return v.postList(), true
	}
	for _, c := range s.Config.Collections[1:] {
		if c.Label == key {
			return v.drops(v.Library().Documents[c]), true
		}
	}
	switch key {
	case "data":
		return v.render.Data(), true
	case "time":
		return rubytime.Local(s.Now(), s.Config.Location), true
	case "pages":
		return v.pageList(), true
	case "html_pages":
		return v.HTMLPages(), true
	case "static_files":
		return v.staticList(), true
	case "tags", "categories":
		return v.group(key), true
	case "documents":
		return v.documents(), true
	case "related_posts":
		return v.related(), true
	case "collections":
		if v.collections == nil {
			list := slices.Clone(s.Config.Collections)
			sort.SliceStable(list, func(i, j int) bool { return list[i].Label < list[j].Label })
			for _, c := range list {
				v.collections = append(v.collections, Collection{c, v})
			}
		}
		return v.collections, true
	case "archives":
		if list := v.Library().Archives; list != nil {
			return v.drops(list), true
		}
	case "config":
		return nil, true
	}
	return s.Config.All.Get(key)
}
