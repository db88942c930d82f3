package tags

import (
	"galley/internal/liquid"
	"galley/internal/site/avatar"
	"galley/internal/site/drop"
)

func avatarTag(c *liquid.Context, _ *drop.View, markup string) (string, error) {
	text := markup
	if liquid.Has(markup) {
		t, err := c.Config().Parse("", 1, markup)
		if err != nil {
			return "", err
		}
		if text, err = c.Part(t); err != nil {
			return "", err
		}
	}
	a := avatar.Parse(markup, text)
	user := a.User
	if a.Variable != "" {
		user = a.Variable
		if v := lookup(c, a.Variable); v != nil {
			user = liquid.Text(v)
		}
	}
	return a.HTML(user), nil
}
