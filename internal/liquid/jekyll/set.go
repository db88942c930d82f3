package jekyll

import (
	"maps"

	"galley/internal/liquid"
)

// Tags are Liquid's and Jekyll's.
func Tags() map[string]liquid.Tag {
	return liquid.StandardTags()
}

// Filters are Liquid's and Jekyll's; where both have one, Jekyll's.
func Filters() map[string]liquid.Filter {
	all := liquid.StandardFilters()
	maps.Copy(all, map[string]liquid.Filter{})
	return all
}
