package tags

import (
	"galley/internal/liquid"
	"galley/internal/site/config"
	"galley/internal/site/drop"
	"galley/internal/site/gist"
)

func gistTag(c *liquid.Context, v *drop.View, markup string) (string, error) {
	id, file, err := gist.Parse(markup)
	if err != nil {
		return "", err
	}
	if found := lookup(c, id); found != nil {
		id = liquid.Text(found)
	}
	if found := lookup(c, file); found != nil {
		file = liquid.Text(found)
	}
	noscript := v.Reader.Config.Flavour != config.GitHubPages && gist.Noscript(v.Reader.Config.Data["gist"])
	return gist.HTML(id, file, noscript), nil
}
