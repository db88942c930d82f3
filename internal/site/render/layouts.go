package render

import (
	"path"
	"slices"

	"galley/internal/site/defaults"
	"galley/internal/site/document"
	"galley/internal/site/layout"
	"galley/internal/site/value"
)

// maxLayouts is how many layouts may stand around each other.
const maxLayouts = 32

// layoutsOf are the layout of an entry and those around it, from the inside
// out. It is empty for an entry that has none.
func (r *Renderer) layoutsOf(e *document.Entry) []*layout.Layout {
	t := r.Layouts()
	var out []*layout.Layout
	for name := r.layoutOf(e); name != ""; {
		l := t.Layouts[name]
		if l == nil || slices.Contains(out, l) || len(out) == maxLayouts {
			break // Jekyll goes on without it, and so does Galley
		}
		out = append(out, l)
		name = value.Text(l.Data.Value("layout"))
	}
	return out
}

// layoutOf is the name of the Liquid layout that an entry gets; empty for none.
func (r *Renderer) layoutOf(e *document.Entry) string {
	if ext := path.Ext(e.Path); ext == ".scss" || ext == ".sass" || ext == ".coffee" || !e.IsPage() && (ext == ".yaml" || ext == ".yml") {
		return ""
	}
	name, _ := r.namedLayout(e)
	if name == "none" {
		return ""
	}
	return name
}

// namedLayout is the layout that front matter or defaults name, and whether
// they say anything of it.
func (r *Renderer) namedLayout(e *document.Entry) (string, bool) {
	if e.IsPage() && e.Front.Has("layout") && e.Front.Value("layout") == nil {
		return "", true
	}
	v, has := e.Data.Get("layout")
	return value.Text(v), has
}

// wrap puts a page's layouts around what v shows as its content.
func (r *run) wrap(s *Renderer, chain []*layout.Layout) (string, error) {
	v := r.globals.Sight
	r.globals.Layout = nil
	text := v.Shown()
	v.Inner = &text
	defer func() { v.Inner = nil }()
	for _, l := range chain {
		t, err := s.Layouts().Parse(l)
		if err != nil {
			return "", err
		}
		r.globals.Layout = defaults.Merge(l.Data, r.globals.Layout)
		out, err := r.render(t)
		if err != nil {
			return "", err
		}
		text = out
	}
	return text, nil
}
