package jekyll

import (
	"math/rand"
	"slices"
	"strings"

	"galley/internal/liquid"
)

func listFilters() map[string]liquid.Filter {
	return map[string]liquid.Filter{
		"sort": filter(0, 2, sortFilter),
		"push": onList(1, 1, func(list, args []any) ([]any, error) { return append(slices.Clone(list), args[0]), nil }),
		"pop": onList(0, 1, func(list, args []any) ([]any, error) {
			n, err := count(args)
			return list[:len(list)-min(n, len(list))], err
		}),
		"unshift": onList(1, 1, func(list, args []any) ([]any, error) { return slices.Concat(args, list), nil }),
		"shift": onList(0, 1, func(list, args []any) ([]any, error) {
			n, err := count(args)
			return list[min(n, len(list)):], err
		}),
		"sample": filter(0, 1, sampleFilter),
	}
}

// onList makes a filter that leaves what is no list alone.
func onList(least, most int, f func(list, args []any) ([]any, error)) liquid.Filter {
	return filter(least, most, func(_ *liquid.Context, in any, args []any) (any, error) {
		list, ok := in.([]any)
		if !ok {
			return in, nil
		}
		out, err := f(list, args)
		return slices.Clip(out), err
	})
}

// count is how many elements to take off: one, if nothing is said.
func count(args []any) (int, error) {
	n, err := liquid.Integer(arg(args, 0, int64(1)))
	if err == nil && n < 0 {
		err = liquid.Faultf("negative array size")
	}
	return int(max(0, min(n, 1<<30))), err
}

// sampleFilter takes elements by chance, the same ones for the same site time.
func sampleFilter(c *liquid.Context, in any, args []any) (any, error) {
	list, ok := in.([]any)
	if !ok {
		return in, nil
	}
	n, err := liquid.Integer(arg(args, 0, int64(1)))
	if err != nil {
		n = 1
	}
	if n < 0 {
		return nil, liquid.Faultf("negative sample number")
	}
	chance := rand.New(rand.NewSource(c.Now().UnixNano() + int64(len(list))))
	if n == 1 {
		if len(list) == 0 {
			return nil, nil
		}
		return list[chance.Intn(len(list))], nil
	}
	out := slices.Clone(list)
	chance.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return slices.Clip(out[:min(int(n), len(out))]), nil
}

// sortFilter sorts a list, or a hash's pairs, by their values or by a property,
// with items that lack it first or last.
func sortFilter(c *liquid.Context, in any, args []any) (any, error) {
	if in == nil {
		return nil, liquid.Faultf("Cannot sort a null object")
	}
	list, ok, err := items(c, in, pairs)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, liquid.Faultf("the filter “sort” takes a list, and got %s", liquid.Shown(in))
	}
	if err := c.SpendSort(len(list)); err != nil {
		return nil, err
	}
	name := arg(args, 0, nil)
	if name == nil {
		return sorted(c, list)
	}
	nils := 0
	switch arg(args, 1, "first") {
	case "first":
		nils = -1
	case "last":
		nils = 1
	default:
		return nil, liquid.Faultf("Invalid nils order: '%s' is not a valid nils order. It must be 'first' or 'last'", liquid.Text(args[1]))
	}
	return sortedBy(c, list, liquid.String(name), nils)
}

func sorted(c *liquid.Context, list []any) (any, error) {
	out := slices.Clone(list)
	var fault, over error
	liquid.MergeSort(out, func(a, b any) int {
		if over != nil {
			return 0
		}
		n, ok, err := c.Compare(a, b)
		if over = err; !ok && fault == nil {
			fault = liquid.Incomparable(a, b)
		}
		return n
	})
	if over != nil {
		return nil, over
	}
	return out, fault
}

func sortedBy(c *liquid.Context, list []any, name string, nils int) (any, error) {
	type keyed struct{ key, item any }
	var fault, over error
	all := make([]keyed, len(list))
	for i, item := range list {
		key, err := property(c, item, name)
		if err != nil {
			return nil, err
		}
		all[i] = keyed{key, item}
	}
	liquid.MergeSort(all, func(a, b keyed) int {
		switch {
		case over != nil:
			return 0
		case a.key != nil && b.key == nil:
			return -nils
		case a.key == nil && b.key != nil:
			return nils
		}
		n, ok, err := c.Compare(a.key, b.key)
		if over = err; ok || over != nil {
			return n
		}
		if c.Liquid4() {
			fault = liquid.Incomparable(a.key, b.key)
		}
		x, y := liquid.String(a.key), liquid.String(b.key)
		over = c.Spend((len(x) + len(y)) >> 8)
		return strings.Compare(x, y)
	})
	if over != nil {
		return nil, over
	}
	out := make([]any, len(all))
	for i, k := range all {
		out[i] = k.item
	}
	return out, fault
}
