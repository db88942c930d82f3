package liquid

import (
	"maps"
)

// filter makes a filter of a function.
func filter(least, most int, apply func(c *Context, in any, args []any) (any, error)) Filter {
	return Filter{Min: least, Max: most, Apply: apply}
}

// newFilter is one that Liquid 4 has not.
func newFilter(least, most int, apply func(c *Context, in any, args []any) (any, error)) Filter {
	return Filter{Min: least, Max: most, New: true, Apply: apply}
}

// onText makes a filter of a function of a text.
func onText(f func(string) string) Filter {
	return filter(0, 0, func(_ *Context, in any, _ []any) (any, error) { return f(String(in)), nil })
}

// onTextOrNil is onText for filters that leave nil alone.
func onTextOrNil(f func(string) string) Filter {
	return filter(0, 0, func(_ *Context, in any, _ []any) (any, error) {
		if in == nil {
			return nil, nil
		}
		return f(String(in)), nil
	})
}

// arg is an argument that may be left out.
func arg(args []any, i int, otherwise any) any {
	if i < len(args) {
		return args[i]
	}
	return otherwise
}

// StandardFilters are Liquid's own, without sort and where: Jekyll has its own
// of these.
func StandardFilters() map[string]Filter {
	all := textFilters()
	maps.Copy(all, codeFilters())
	maps.Copy(all, listFilters())
	maps.Copy(all, numberFilters())
	all["date"] = filter(1, 1, dateFilter)
	all["default"] = filter(0, 2, defaultFilter)
	return all
}
