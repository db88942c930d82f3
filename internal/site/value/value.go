// Package value reads the values of front matter and settings, which YAML leaves
// untyped, as Jekyll and its plugins take them.
package value

import (
	"fmt"

	"galley/internal/ordered"
	"galley/internal/post"
	"galley/internal/rubytime"
)

// Truthy is what Ruby takes for true.
func Truthy(v any) bool { return v != nil && v != false }

// Text is a front matter value as text; lists and maps have none.
func Text(v any) string {
	return post.Post{Meta: map[string]any{"": v}}.Text("")
}

// List is a front matter value as a list of texts.
func List(v any) []string {
	return post.Post{Meta: map[string]any{"": v}}.List("")
}

// Texts reads a list of texts; a single text is a list of one.
func Texts(v any) []string {
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

// Flat takes lists out of lists.
func Flat(list []any) []any {
	out := make([]any, 0, len(list))
	for _, v := range list {
		if inner, ok := v.([]any); ok {
			out = append(out, Flat(inner)...)
		} else {
			out = append(out, v)
		}
	}
	return out
}

// Plain turns what YAML was read into to what templates of Go know: maps
// with texts as keys, and plain numbers.
func Plain(v any) any {
	switch v := v.(type) {
	case *ordered.Map:
		return PlainMap(v)
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = Plain(e)
		}
		return out
	case int64:
		return int(v)
	case rubytime.Date:
		return v.String()
	}
	return v
}

func PlainMap(m *ordered.Map) map[string]any {
	out := make(map[string]any, m.Len())
	for k, v := range m.All() {
		out[fmt.Sprint(k)] = Plain(v)
	}
	return out
}
