package jekyll

import (
	"strconv"
	"strings"

	"galley/internal/liquid"
	"galley/internal/ordered"
)

// items are what where, sort and their like go through, and whether they do at
// all: a list, a range's numbers, or what each says of a hash.
func items(c *liquid.Context, in any, ofHash func(*ordered.Map) []any) ([]any, bool, error) {
	switch in := in.(type) {
	case []any:
		return in, true, nil
	case *ordered.Map:
		return ofHash(in), true, nil
	case liquid.Range:
		if err := c.Spend(int(min(in.Len(), 1<<40))); err != nil {
			return nil, true, err
		}
		out := make([]any, in.Len())
		for i := range out {
			out[i] = in.First + int64(i)
		}
		return out, true, nil
	case liquid.Keyed:
		var out []any
		for _, k := range in.Keys() {
			v, _ := in.Get(k)
			out = append(out, []any{k, v})
		}
		return out, true, nil
	}
	return nil, false, nil
}

// values are a hash's values.
func values(m *ordered.Map) []any {
	out := make([]any, m.Len())
	for i := range out {
		_, out[i] = m.At(i)
	}
	return out
}

// pairs are a hash's keys, each with its value.
func pairs(m *ordered.Map) []any {
	out := make([]any, m.Len())
	for i := range out {
		k, v := m.At(i)
		out[i] = []any{k, v}
	}
	return out
}

// property is an item's property by a name that may have dots in it. A text
// that reads as a number is one.
func property(c *liquid.Context, item any, name string) (any, error) {
	if err := c.SpendText(item); err != nil {
		return nil, err
	}
	var v any
	if c.Liquid4() {
		return olderProperty(item, name)
	}
	if !strings.Contains(name, ".") {
		var indexed bool
		var err error
		if v, indexed, err = liquid.Index(item, name); err != nil || !indexed {
			return nil, noProperty(item, name)
		}
	} else {
		v = item
		for _, key := range splitDots(name) {
			next, indexed, err := liquid.Index(v, key)
			if err != nil {
				return nil, noProperty(v, key)
			}
			if v = next; !indexed {
				v = false
			}
		}
	}
	return asNumber(v), nil
}

// olderProperty is property as Jekyll 3 has it: texts stay texts, and what has
// no properties ends the build.
func olderProperty(item any, name string) (any, error) {
	for _, key := range splitDots(name) {
		next, indexed, err := liquid.Index(item, key)
		if err != nil || !indexed {
			return nil, noProperty(item, key)
		}
		item = next
	}
	return item, nil
}

// splitDots is Ruby's split: without empty names at the end.
func splitDots(name string) []string {
	parts := strings.Split(name, ".")
	for len(parts) > 0 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	return parts
}

func noProperty(item any, name string) error {
	return liquid.Faultf("%s has no properties, and so no “%s”", liquid.Shown(item), name)
}

// asNumber reads what is written like a number as one.
func asNumber(v any) any {
	switch s := v.(type) {
	case string:
		return numberIn(s)
	case float64:
		return numberIn(liquid.String(s))
	}
	return v
}

func numberIn(s string) any {
	t := strings.TrimLeft(s, space)
	t = strings.TrimRight(t, space)
	digits := strings.TrimPrefix(t, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	switch {
	case digits == "" || !allDigits(whole) || !allDigits(fraction) || whole == "" && fraction == "":
		return s
	case !point:
		return liquid.ToInteger(t)
	case whole == "":
		// Ruby reads no number where no digit stands before the point.
		return float64(0)
	}
	f, _ := strconv.ParseFloat(strings.TrimSuffix(t, "."), 64)
	return f
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// is says whether a property is what where asks for: the same text, or one of
// a list's.
func is(v, target any) bool {
	if target == nil {
		return v == nil
	}
	wanted := liquid.String(target)
	if liquid.IsEmptyWord(target) {
		return v == nil || liquid.Text(v) == ""
	}
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return v == wanted
	case []any:
		for _, e := range v {
			if liquid.String(e) == wanted {
				return true
			}
		}
		return false
	case *ordered.Map:
		for _, e := range pairs(v) {
			if liquid.String(e) == wanted {
				return true
			}
		}
		return false
	}
	return liquid.String(v) == wanted
}
