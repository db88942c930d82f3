package drop

import (
	"path"
	"slices"
	"strings"

	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/rubytime"
	"galley/internal/site/document"
	"galley/internal/site/library"
)

// Static is a file that is copied, for templates.
type Static struct {
	file   *library.Static
	reader *document.Reader
}

var staticKeys = []string{"name", "collection", "modified_time", "basename", "extname", "path"}

// LiquidID implements liquid.Identified.
func (d Static) LiquidID() string { return "file " + d.file.Path }

// Keys implements liquid.Keyed.
func (d Static) Keys() []string {
	keys := slices.Clone(staticKeys)
	for k := range d.file.Data.All() {
		if name, ok := k.(string); ok && !slices.Contains(keys, name) {
			keys = append(keys, name)
		}
	}
	return keys
}

// Get implements liquid.Drop.
func (d Static) Get(key string) (any, bool) {
	base := path.Base(d.file.Path)
	switch key {
	case "name":
		return base, true
	case "path":
		return d.file.Relative, true
	case "extname":
		return rubyExt(base), true
	case "basename":
		return strings.TrimRight(strings.TrimSuffix(base, rubyExt(base)), "."), true
	case "modified_time":
		return rubytime.Local(d.file.Modified(d.reader.Files), d.reader.Config.Location), true
	case "collection":
		if d.file.Collection != nil {
			return d.file.Collection.Label, true
		}
		return nil, true
	}
	return d.file.Data.Get(key)
}

// LiquidText implements liquid.Texter.
func (d Static) LiquidText() string {
	h := ordered.New(len(staticKeys))
	for _, k := range d.Keys() {
		value, _ := d.Get(k)
		h.Set(k, value)
	}
	return liquid.Inspect(h)
}

// rubyExt is the ending of a file's name: none for ".htaccess".
func rubyExt(base string) string {
	if ext := path.Ext(base); ext != base {
		return ext
	}
	return ""
}
