package document

import (
	"path"
	"strings"

	"galley/internal/site/value"
)

// categories are the folders above a post's _posts and what defaults and front
// matter say, in `categories` and in `category`.
func (e *Entry) categories(r *Reader, rel string) []any {
	list := e.folders(rel)
	add := func(v any) {
		switch v := v.(type) {
		case string:
			for _, word := range strings.Fields(v) {
				list = append(list, word)
			}
		case []any:
			list = append(list, v...)
		}
	}
	if d := r.Config.Defaults.All(rel, e.kind()); d != nil {
		add(d.Value("categories"))
	}
	if v := e.Front.Value("categories"); v != nil {
		add(v)
	}
	if v := e.Data.Value("category"); v != nil && v != false {
		list = append(list, value.Flat([]any{v})...)
	}
	var out []any
	seen := map[string]bool{}
	for _, c := range value.Flat(list) {
		if text := value.Text(c); !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	if out == nil {
		out = []any{}
	}
	return out
}

// folders are the folders above _posts or _drafts.
func (e *Entry) folders(rel string) []any {
	special := e.Collection.Folder()
	if e.draft {
		special = "_drafts"
	}
	if strings.HasPrefix(rel, special) {
		return nil
	}
	above, _, found := strings.Cut(rel, special)
	if !found {
		above = rel
	}
	var out []any
	for _, part := range strings.Split(above, "/") {
		if part != "" && part != special && part != path.Base(e.Path) {
			out = append(out, part)
		}
	}
	return out
}

// tags are what `tag` says, or else `tags`.
func (e *Entry) tags() []any {
	v := e.Data.Value("tag")
	if v == nil || v == false {
		switch t := e.Data.Value("tags").(type) {
		case string:
			words := []any{}
			for _, w := range strings.Fields(t) {
				words = append(words, w)
			}
			v = words
		case []any:
			v = t
		default:
			return []any{}
		}
	}
	out := []any{}
	for _, t := range value.Flat([]any{v}) {
		if t != nil {
			out = append(out, t)
		}
	}
	return out
}
