package drop

import (
	"path"
	"slices"

	"galley/internal/site/config"
)

// Collection is one of site.collections.
type Collection struct {
	collection *config.Collection
	sight      *View
}

var collectionKeys = []string{"label", "files", "directory", "docs", "output", "relative_directory"}

// LiquidID implements liquid.Identified.
func (d Collection) LiquidID() string { return "collection " + d.collection.Label }

// Keys implements liquid.Keyed.
func (d Collection) Keys() []string {
	keys := slices.Clone(collectionKeys)
	for k := range d.collection.Meta.All() {
		if name, ok := k.(string); ok && !slices.Contains(keys, name) {
			keys = append(keys, name)
		}
	}
	return keys
}

// Get implements liquid.Drop.
func (d Collection) Get(key string) (any, bool) {
	c := d.collection
	switch key {
	case "label":
		return c.Label, true
	case "docs":
		return d.sight.drops(d.sight.Library().Documents[c]), true
	case "files":
		out := []any{}
		for _, f := range d.sight.staticList() {
			if f.(Static).file.Collection == c {
				out = append(out, f)
			}
		}
		return out, true
	case "output":
		return c.Output, true
	case "relative_directory":
		return c.Folder(), true
	case "directory":
		return "/" + path.Join(d.sight.Reader.Config.CollectionsDir, c.Folder()), true
	}
	return c.Meta.Get(key)
}
