package site

import (
	"fmt"
	"galley/internal/ordered"
	"galley/internal/post"
	"galley/internal/rubytime"
)

// truthy is what Ruby takes for true.
func truthy(v any) bool { return v != nil && v != false }

// textOf is a front matter value as text; lists and maps have none.
func textOf(v any) string {
	return post.Post{Meta: map[string]any{"": v}}.Text("")
}

// listOf is a front matter value as a list of texts.
func listOf(v any) []string {
	return post.Post{Meta: map[string]any{"": v}}.List("")
}

// textList reads a list of texts; a single text is a list of one.
func textList(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			switch e.(type) {
			case nil, map[string]any, []any:
			default:
				out = append(out, fmt.Sprint(e))
			}
		}
		return out
	}
	return nil
}

// flat takes lists out of lists.
func flat(list []any) []any {
	out := make([]any, 0, len(list))
	for _, v := range list {
		if inner, ok := v.([]any); ok {
			out = append(out, flat(inner)...)
		} else {
			out = append(out, v)
		}
	}
	return out
}

// plainValue turns what YAML was read into to what templates of Go know: maps
// with texts as keys, and plain numbers.
func plainValue(v any) any {
	switch v := v.(type) {
	case *ordered.Map:
		return plainMap(v)
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = plainValue(e)
		}
		return out
	case int64:
		return int(v)
	case rubytime.Date:
		return v.String()
	}
	return v
}

func plainMap(m *ordered.Map) map[string]any {
	out := make(map[string]any, m.Len())
	for k, v := range m.All() {
		out[fmt.Sprint(k)] = plainValue(v)
	}
	return out
}
