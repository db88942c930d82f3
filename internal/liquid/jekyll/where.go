package jekyll

import (
	"galley/internal/liquid"
	"galley/internal/ordered"
)

func groupFilters() map[string]liquid.Filter {
	return map[string]liquid.Filter{
		"where":        filter(2, 2, whereFilter),
		"where_exp":    filter(2, 2, whereExpFilter),
		"find":         newer(filter(2, 2, findFilter)),
		"find_exp":     newer(filter(2, 2, findExpFilter)),
		"group_by":     filter(1, 1, groupByFilter),
		"group_by_exp": filter(2, 2, groupByExpFilter),
	}
}

// filterable says whether where and find can compare with a value at all.
func filterable(c *liquid.Context, args []any) bool {
	if c.Liquid4() {
		return args[0] != nil && args[1] != nil
	}
	switch args[1].(type) {
	case []any, *ordered.Map:
		return false
	}
	return liquid.Truthy(args[0])
}

// having calls found with each item whose property is the wanted one.
func having(c *liquid.Context, in []any, args []any, found func(any) bool) error {
	name := liquid.String(args[0])
	for _, item := range in {
		v, err := property(c, item, name)
		if err != nil {
			return err
		}
		if err := c.SpendText(v); err != nil {
			return err
		}
		if is(v, args[1]) && !found(item) {
			return nil
		}
	}
	return nil
}

func whereFilter(c *liquid.Context, in any, args []any) (any, error) {
	list, ok, err := items(c, in, values)
	if err != nil || !ok || !filterable(c, args) {
		return in, err
	}
	out := []any{}
	err = having(c, list, args, func(item any) bool { out = append(out, item); return true })
	return out, err
}

func findFilter(c *liquid.Context, in any, args []any) (any, error) {
	list, ok, err := items(c, in, values)
	if err != nil || !ok || !filterable(c, args) {
		return in, err
	}
	var out any
	err = having(c, list, args, func(item any) bool { out = item; return false })
	return out, err
}

// expressionIn is the expression of where_exp and its like.
func expressionIn(args []any) (string, error) {
	s, ok := args[1].(string)
	if !ok {
		return "", liquid.Faultf("an expression has to be a text, such as \"item.size > 1\", and is %s", liquid.Shown(args[1]))
	}
	return s, nil
}

// holding calls found with each item for which a condition holds.
func holding(c *liquid.Context, in []any, args []any, found func(any) bool) error {
	markup, err := expressionIn(args)
	if err != nil {
		return err
	}
	cond, err := c.Condition(markup)
	if err != nil {
		return err
	}
	name := liquid.String(args[0])
	return c.Scoped(func() error {
		for _, item := range in {
			if err := c.Spend(2); err != nil {
				return err
			}
			c.Set(name, item)
			holds, err := cond.Eval(c)
			if err != nil {
				return err
			}
			if holds && !found(item) {
				return nil
			}
		}
		return nil
	})
}

func whereExpFilter(c *liquid.Context, in any, args []any) (any, error) {
	list, ok, err := items(c, in, values)
	if err != nil || !ok {
		return in, err
	}
	out := []any{}
	err = holding(c, list, args, func(item any) bool { out = append(out, item); return true })
	return out, err
}

func findExpFilter(c *liquid.Context, in any, args []any) (any, error) {
	list, ok, err := items(c, in, values)
	if err != nil || !ok {
		return in, err
	}
	var out any
	err = holding(c, list, args, func(item any) bool { out = item; return false })
	return out, err
}

// groups are items by a name, in the order in which the names came.
type groups struct {
	names []any
	items map[any][]any
}

func (g *groups) add(c *liquid.Context, name, item any) error {
	key, err := c.Key(name)
	if err != nil {
		return err
	}
	if g.items == nil {
		g.items = map[any][]any{}
	}
	if _, ok := g.items[key]; !ok {
		g.names = append(g.names, name)
	}
	g.items[key] = append(g.items[key], item)
	return nil
}

// list is what templates see of groups.
func (g *groups) list() []any {
	out := make([]any, len(g.names))
	for i, name := range g.names {
		of := g.items[liquid.Key(name)]
		out[i] = ordered.Of("name", name, "items", of, "size", int64(len(of)))
	}
	return out
}

func groupByFilter(c *liquid.Context, in any, args []any) (any, error) {
	list, ok, err := items(c, in, pairs)
	if err != nil || !ok {
		return in, err
	}
	var g groups
	name := liquid.String(args[0])
	for _, item := range list {
		v, err := property(c, item, name)
		if err != nil {
			return nil, err
		}
		if err := g.add(c, liquid.String(v), item); err != nil {
			return nil, err
		}
	}
	return g.list(), nil
}

func groupByExpFilter(c *liquid.Context, in any, args []any) (any, error) {
	list, ok, err := items(c, in, pairs)
	if err != nil || !ok {
		return in, err
	}
	var g groups
	name := liquid.String(args[0])
	markup, err := expressionIn(args)
	if err != nil {
		return nil, err
	}
	err = c.Scoped(func() error {
		for _, item := range list {
			if err := c.Spend(2); err != nil {
				return err
			}
			c.Set(name, item)
			v, err := c.Evaluate(markup)
			if err != nil {
				return err
			}
			if err := g.add(c, v, item); err != nil {
				return err
			}
		}
		return nil
	})
	return g.list(), err
}
