package drop

import "galley/internal/ordered"

// Globals are what names mean in the templates of one page.
type Globals struct {
	Sight  *View
	Page   any
	Layout *ordered.Map
}

// Get implements liquid.Drop.
func (g *Globals) Get(name string) (any, bool) {
	switch name {
	case "site":
		return &Site{g.Sight}, true
	case "page":
		return g.Page, true
	case "content":
		if g.Sight.Content == nil {
			return nil, false
		}
		return g.Sight.Shown(), true
	case "layout":
		if g.Layout == nil {
			return nil, true
		}
		return g.Layout, true
	case "paginator":
		return g.Sight.paginator(), true
	case "jekyll":
		return ordered.Of("version", g.Sight.Reader.Config.JekyllVersion(), "environment", "production"), true
	case "highlighter_prefix", "highlighter_suffix":
		return "\n", true
	}
	return nil, false
}

// Shown is the content as a layout sees it.
func (v *View) Shown() string {
	if v.Inner != nil {
		return *v.Inner
	}
	return *v.Content
}
