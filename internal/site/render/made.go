package render

import (
	"fmt"

	"galley/internal/diag"
	"galley/internal/liquid"
	"galley/internal/site/document"
	"galley/internal/site/drop"
)

// writeMade makes a page that a plugin writes.
func (r *Renderer) writeMade(e *document.Entry, v *drop.View) (string, []diag.Diagnostic) {
	tags := map[string]liquid.Tag{"made": func(*liquid.Parser, string) (liquid.Node, error) { return madeNode{e.Made}, nil }}
	config := &liquid.Config{Tags: tags, Filters: r.Layouts().Liquid.Filters}
	t, err := config.Parse(e.Path, 1, "{% made %}")
	if err != nil {
		return "", []diag.Diagnostic{r.liquidError(nil, err)}
	}
	work := r.newRun(v)
	out, err := work.render(t)
	diags := work.problems(nil)
	if err != nil {
		diags = append(diags, r.liquidError(nil, fmt.Errorf("%w", err)))
	}
	return out, diags
}

// madeNode writes a page that a plugin makes, with Liquid's filters.
type madeNode struct {
	made *document.Made
}

// Render implements liquid.Node.
func (n madeNode) Render(c *liquid.Context) error {
	text, err := n.made.Write(c)
	c.Write(text)
	return err
}
