package site

import (
	"slices"
	"sort"

	"galley/internal/rubytime"
)

// siteDrop is `site` in templates.
type siteDrop struct{ sight *sight }

var siteKeys = []string{"related_posts", "time", "config", "data", "tags", "static_files", "collections", "posts", "html_pages", "categories", "pages", "documents"}

// Keys implements liquid.Keyed.
func (d *siteDrop) Keys() []string {
	keys := slices.Clone(siteKeys)
	for k := range d.sight.site.config.All.All() {
		if name, ok := k.(string); ok && !slices.Contains(keys, name) {
			keys = append(keys, name)
		}
	}
	return keys
}

// Get implements liquid.Drop.
func (d *siteDrop) Get(key string) (any, bool) {
	v := d.sight
	s := v.site
	switch key {
	case "posts":
		return v.postList(), true
	}
	for _, c := range s.config.Collections[1:] {
		if c.Label == key {
			return v.drops(v.library().documents[c]), true
		}
	}
	switch key {
	case "data":
		return s.data(), true
	case "time":
		return rubytime.Local(s.now(), s.config.Location), true
	case "pages":
		return v.pageList(), true
	case "html_pages":
		return v.htmlPages(), true
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
			list := slices.Clone(s.config.Collections)
			sort.SliceStable(list, func(i, j int) bool { return list[i].Label < list[j].Label })
			for _, c := range list {
				v.collections = append(v.collections, collectionDrop{c, v})
			}
		}
		return v.collections, true
	case "archives":
		if list := v.library().archives; list != nil {
			return v.drops(list), true
		}
	case "config":
		return nil, true
	}
	return s.config.All.Get(key)
}
