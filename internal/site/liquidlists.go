package site

import (
	"reflect"
	"sort"
	"strings"
	"time"

	"github.com/osteele/liquid/expressions"
	"github.com/osteele/liquid/values"
	"gopkg.in/yaml.v2"
)

// listValue is a value as a list: a list's elements, a map's values, or the
// one value.
func listValue(v any) []any {
	switch v := values.ToLiquid(v).(type) {
	case nil:
		return nil
	case []any:
		return v
	case yaml.MapSlice:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = item.Value
		}
		return out
	case values.Range:
		if v.Len() > maxLiquidSteps {
			panic(errLiquidSteps)
		}
		if v.Len() <= 0 {
			return nil
		}
		return v.AsArray()
	default:
		if rv := reflect.ValueOf(v); rv.Kind() == reflect.Slice {
			out := make([]any, rv.Len())
			for i := range out {
				out[i] = rv.Index(i).Interface()
			}
			return out
		}
		return []any{v}
	}
}

// propertyOf follows a path such as "author.name" into a value.
func propertyOf(item any, property string) any {
	v := values.ValueOf(item)
	for _, name := range strings.Split(property, ".") {
		v = v.PropertyValue(values.ValueOf(name))
	}
	return v.Interface()
}

// matches compares as where does: by text, with any element of a list.
func matches(have, want any) bool {
	if want == nil {
		return have == nil
	}
	if _, ok := want.(emptiness); ok {
		return emptiness{}.Equal(values.ValueOf(have))
	}
	target := liquidText(want)
	if s, ok := have.(string); ok {
		return s == target
	}
	for _, v := range listValue(have) {
		if liquidText(v) == target {
			return true
		}
	}
	return false
}

func condition(name string, exp expressions.Closure) func(any) (bool, error) {
	return func(item any) (bool, error) {
		v, err := exp.Bind(name, item).Evaluate()
		return v != nil && v != false, err
	}
}

func pick(v any, want func(any) (bool, error)) any {
	out, _ := pickAll(v, want)
	return out
}

func pickAll(v any, want func(any) (bool, error)) ([]any, error) {
	out := []any{}
	for _, item := range listValue(v) {
		yes, err := want(item)
		if err != nil {
			return nil, err
		}
		if yes {
			out = append(out, item)
		}
	}
	return out, nil
}

func firstOf(v any) any {
	if list, ok := v.([]any); ok && len(list) > 0 {
		return list[0]
	}
	return nil
}

// group makes groups in the order in which their names turn up.
func group(list []any, by func(any) (any, error)) []any {
	out := []any{}
	at := map[string]int{}
	for _, item := range list {
		name, err := by(item)
		if err != nil {
			return out
		}
		key := liquidText(name)
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, map[string]any{"name": key, "items": []any{}, "size": 0})
		}
		g := out[i].(map[string]any)
		g["items"] = append(g["items"].([]any), item)
		g["size"] = len(g["items"].([]any))
	}
	return out
}

// sortList sorts by a property, those without it first or last.
func sortList(list []any, property string, nilsLast, fold bool) []any {
	out := append([]any{}, list...)
	key := func(v any) any {
		if property != "" {
			v = propertyOf(v, property)
		}
		if s, ok := v.(string); ok && fold {
			return strings.ToLower(s)
		}
		return v
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := key(out[i]), key(out[j])
		switch {
		case a == nil && b == nil:
			return false
		case a == nil:
			return !nilsLast
		case b == nil:
			return nilsLast
		}
		if x, ok := a.(time.Time); ok {
			if y, ok := b.(time.Time); ok {
				return x.Before(y)
			}
		}
		return values.Less(a, b)
	})
	return out
}
