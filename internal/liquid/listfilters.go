package liquid

import (
	"slices"
	"strings"
	"time"

	"galley/internal/ordered"
)

func listFilters() map[string]Filter {
	return map[string]Filter{
		"join":         filter(0, 1, joinFilter),
		"sort_natural": filter(0, 1, sortNaturalFilter),
		"uniq":         filter(0, 1, uniqFilter),
		"reverse":      filter(0, 0, reverseFilter),
		"map":          filter(1, 1, mapFilter),
		"compact":      filter(0, 1, compactFilter),
		"concat":       filter(1, 1, concatFilter),
		"first":        filter(0, 0, firstFilter),
		"last":         filter(0, 0, lastFilter),
	}
}

// elements are what filters of lists go through: lists within lists as one, a
// hash as one element, a range's numbers, and a single value as a list of it.
func elements(c *Context, v any) ([]any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []any:
		return flatten(c, v)
	case Range:
		if err := c.Spend(int(min(v.Len(), 1<<40))); err != nil {
			return nil, err
		}
		out := make([]any, v.Len())
		for i := range out {
			out[i] = v.First + int64(i)
		}
		return out, nil
	case Keyed:
		keys := v.Keys()
		out := make([]any, len(keys))
		for i, k := range keys {
			out[i] = k
		}
		return out, nil
	}
	if t, ok := timeOf(v); ok {
		return timeParts(t), nil
	}
	return []any{settled(v)}, nil
}

// timeParts is a time as a list, which Ruby makes of it.
func timeParts(t time.Time) []any {
	zone, _ := t.Zone()
	return []any{int64(t.Second()), int64(t.Minute()), int64(t.Hour()), int64(t.Day()), int64(t.Month()), int64(t.Year()),
		int64(t.Weekday()), int64(t.YearDay()), t.IsDST(), zone}
}

// flatten takes lists out of a list.
func flatten(c *Context, list []any) ([]any, error) {
	if !slices.ContainsFunc(list, isList) {
		return list, nil
	}
	left := maxWalk
	out := appendFlat(make([]any, 0, len(list)), list, &left)
	return out, c.walked(left)
}

func isList(v any) bool { _, ok := v.([]any); return ok }

func appendFlat(out, list []any, left *int) []any {
	for _, v := range list {
		if *left--; *left < 0 {
			return out
		}
		if inner, ok := v.([]any); ok {
			out = appendFlat(out, inner, left)
		} else {
			out = append(out, v)
		}
	}
	return out
}

func joinFilter(c *Context, in any, args []any) (any, error) {
	list, err := elements(c, in)
	if err != nil {
		return nil, err
	}
	glue := String(arg(args, 0, " "))
	if err := c.spendText(len(list) * len(glue)); err != nil {
		return nil, err
	}
	var b []byte
	left := maxWalk
	for i, v := range list {
		if i > 0 {
			b = append(b, glue...)
		}
		b = appendText(b, v, &left)
	}
	return string(b), c.walked(left)
}

// Index is item[key] as Ruby has it. Indexed is false for what has no [].
func Index(item any, key any) (v any, indexed bool, err error) {
	if f, ok := key.(float64); ok {
		if _, ok := item.(*ordered.Map); !ok {
			key = floatInt(f)
		}
	}
	switch item := item.(type) {
	case *ordered.Map:
		v, _ := item.Get(key)
		return v, true, nil
	case Drop:
		v, _ := item.Get(Text(key))
		return v, true, nil
	case string:
		switch k := key.(type) {
		case string:
			if strings.Contains(item, k) {
				return k, true, nil
			}
			return nil, true, nil
		case int64:
			if n := int64(runes(item)); k < 0 {
				k += n
			}
			if k < 0 || k >= int64(runes(item)) {
				return nil, true, nil
			}
			from := byteOf(item, int(k))
			return item[from : from+byteOf(item[from:], 1)], true, nil
		}
	case []any:
		if n, ok := key.(int64); ok {
			return element(item, n), true, nil
		}
	case int64:
		if n, ok := key.(int64); ok {
			if n < 0 || n > 63 {
				return int64(0), true, nil
			}
			return item >> n & 1, true, nil
		}
	default:
		return nil, false, nil
	}
	return nil, true, Faultf("cannot select the property '%s'", Text(key))
}

// foldASCII is how casecmp compares: letters of ASCII without their case.
func foldASCII(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		x, y := lower(a[i]), lower(b[i])
		if x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func sortNaturalFilter(c *Context, in any, args []any) (any, error) {
	list, err := elements(c, in)
	if err != nil || len(list) == 0 {
		return []any{}, err
	}
	property := arg(args, 0, nil)
	keys := list
	if property != nil {
		keys = make([]any, len(list))
		for i, item := range list {
			if err := c.SpendText(item); err != nil {
				return nil, err
			}
			v, indexed, fault := Index(item, property)
			if !indexed {
				return nil, nil
			}
			if fault != nil {
				err = fault
			}
			keys[i] = v
		}
		if err != nil && len(list) > 1 {
			return nil, err
		}
	}
	type keyed struct {
		text string
		null bool
		item any
	}
	if err := c.SpendSort(len(list)); err != nil {
		return nil, err
	}
	sorted := make([]keyed, len(list))
	for i, item := range list {
		sorted[i] = keyed{String(keys[i]), keys[i] == nil, item}
	}
	var over error
	MergeSort(sorted, func(a, b keyed) int {
		if over == nil {
			over = c.Spend(min(len(a.text), len(b.text)) >> 10)
		}
		switch {
		case over != nil:
			return 0
		case a.null:
			return 1
		case b.null:
			return -1
		}
		return foldASCII(a.text, b.text)
	})
	out := make([]any, len(list))
	for i, k := range sorted {
		out[i] = k.item
	}
	return out, over
}

// Key is what equal values have in common, to be a key of a Go map.
func Key(v any) any {
	switch v := v.(type) {
	case []any, *ordered.Map:
		return "\x00" + Inspect(v)
	case Keyed, Drop, string, int64, float64, bool, nil, Range:
		return v
	}
	return Inspect(v)
}

func uniqFilter(c *Context, in any, args []any) (any, error) {
	list, err := elements(c, in)
	if err != nil || len(list) == 0 {
		return []any{}, err
	}
	property := arg(args, 0, nil)
	if len(list) == 1 {
		return list, nil // Ruby does not look at a single one
	}
	seen := make(map[any]bool, len(list))
	out := make([]any, 0, len(list))
	for _, item := range list {
		key := item
		if property != nil {
			if err := c.SpendText(item); err != nil {
				return nil, err
			}
			v, indexed, err := Index(item, property)
			if !indexed {
				return nil, nil
			}
			if err != nil {
				return nil, err
			}
			key = v
		}
		id, err := c.Key(key)
		if err != nil {
			return nil, err
		}
		if !seen[id] {
			seen[id] = true
			out = append(out, item)
		}
	}
	return out, nil
}

func reverseFilter(c *Context, in any, _ []any) (any, error) {
	list, err := elements(c, in)
	out := slices.Clone(list)
	slices.Reverse(out)
	return out, err
}

func mapFilter(c *Context, in any, args []any) (any, error) {
	list, err := elements(c, in)
	if err != nil {
		return nil, err
	}
	out := make([]any, len(list))
	for i, item := range list {
		if args[0] == "to_liquid" {
			out[i] = item
			continue
		}
		if err := c.SpendText(item); err != nil {
			return nil, err
		}
		v, _, err := Index(item, args[0])
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func compactFilter(c *Context, in any, args []any) (any, error) {
	list, err := elements(c, in)
	if err != nil {
		return nil, err
	}
	property := arg(args, 0, nil)
	out := make([]any, 0, len(list))
	for _, item := range list {
		v := item
		if property != nil {
			var indexed bool
			if err := c.SpendText(item); err != nil {
				return nil, err
			}
			if v, indexed, err = Index(item, property); !indexed {
				return nil, nil
			}
			if err != nil {
				return nil, err
			}
		}
		if v != nil {
			out = append(out, item)
		}
	}
	return out, nil
}

func concatFilter(c *Context, in any, args []any) (any, error) {
	more, ok := args[0].([]any)
	if !ok {
		return nil, Faultf("concat filter requires an array argument")
	}
	list, err := elements(c, in)
	if err != nil {
		return nil, err
	}
	return slices.Concat(list, more), c.Spend(len(list) + len(more))
}

func firstFilter(_ *Context, in any, _ []any) (any, error) {
	switch in := in.(type) {
	case []any, Range:
		v, _ := property(in, "first", true)
		return v, nil
	case *ordered.Map:
		if in.Len() > 0 {
			return pair(in, 0), nil
		}
	case Keyed:
		if keys := in.Keys(); len(keys) > 0 {
			v, _ := in.Get(keys[0])
			return []any{keys[0], v}, nil
		}
	}
	return nil, nil
}

func lastFilter(_ *Context, in any, _ []any) (any, error) {
	switch in.(type) {
	case []any, Range:
		v, _ := property(in, "last", true)
		return v, nil
	}
	return nil, nil
}

func defaultFilter(c *Context, in any, args []any) (any, error) {
	otherwise := arg(args, 0, "")
	if len(args) > 1 && c.config.Liquid4 {
		return nil, Faultf("the filter “default” has no options in Liquid 4, which GitHub Pages has")
	}
	missing := !truthy(in)
	if options, ok := arg(args, 1, nil).(*ordered.Map); ok {
		if allow, _ := options.Get("allow_false"); truthy(allow) {
			missing = in == nil
		}
	}
	if missing || (emptiness{}).is(in) {
		return otherwise, nil
	}
	return in, nil
}
