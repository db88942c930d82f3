package tags

import (
	"strings"

	"galley/internal/liquid"
	"galley/internal/liquid/jekyll"
	"galley/internal/ordered"
	"galley/internal/site/config"
	"galley/internal/site/value"
)

// Liquid is what Liquid knows and how it goes about mistakes on a site: its
// own tags and filters, Jekyll's, those of the plugins that the site runs, and
// those that the settings map.
func Liquid(s config.Config) *liquid.Config {
	t := &liquid.Config{Tags: liquid.StandardTags(), Filters: liquid.StandardFilters(), Liquid4: s.Flavour == config.GitHubPages}
	for name, tag := range jekyll.Tags() {
		t.Tags[name] = tag
	}
	for name, filter := range jekyll.Filters() {
		t.Filters[name] = filter
	}
	addPlugins(t, s)
	addMapped(t, s)
	options, _ := s.Written.Value("liquid").(*ordered.Map)
	switch options.Value("error_mode") {
	case "lax":
		t.Mode = liquid.Lax
	case "strict":
		t.Mode = liquid.Strict
	}
	t.StrictFilters = value.Truthy(options.Value("strict_filters"))
	t.StrictVariables = value.Truthy(options.Value("strict_variables"))
	return t
}

// addMapped adds the tags that the settings map to includes or to nothing,
// under galley.tags: those of plugins that Galley has not got.
func addMapped(t *liquid.Config, s config.Config) {
	tags, _ := s.Galley["tags"].(map[string]any)
	for name, to := range tags {
		include, _ := to.(string)
		if include == "" {
			t.Tags[name] = func(*liquid.Parser, string) (liquid.Node, error) { return nothing{}, nil }
			continue
		}
		tag := t.Tags["include"]
		t.Tags[name] = func(p *liquid.Parser, markup string) (liquid.Node, error) {
			return tag(p, include+" "+strings.TrimSpace(markup))
		}
	}
}

// nothing is a tag that writes nothing.
type nothing struct{}

// Render implements liquid.Node.
func (nothing) Render(*liquid.Context) error { return nil }
