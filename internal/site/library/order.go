package library

import (
	"fmt"
	"sort"
	"strings"

	"galley/internal/site/config"
	"galley/internal/site/document"
)

// Earlier orders documents by their dates, then by their paths.
func Earlier(a, b *document.Entry) bool {
	switch {
	case a.Date.IsZero() || b.Date.IsZero() || a.Date.Equal(b.Date):
		return a.Path < b.Path
	}
	return a.Date.Before(b.Date)
}

// sortDocuments puts a collection's documents in the order that the settings want.
func sortDocuments(c *config.Collection, list []*document.Entry) []*document.Entry {
	sort.SliceStable(list, func(i, j int) bool { return Earlier(list[i], list[j]) })
	if order, ok := c.Meta.Value("order").([]any); ok {
		return inOrder(c, list, order)
	}
	if key, ok := c.Meta.Value("sort_by").(string); ok {
		sort.SliceStable(list, func(i, j int) bool { return compareValues(list[i].Data.Value(key), list[j].Data.Value(key)) < 0 })
	}
	return list
}

// inOrder puts documents as the settings list them, and the others behind.
func inOrder(c *config.Collection, list []*document.Entry, order []any) []*document.Entry {
	out := make([]*document.Entry, 0, len(list))
	done := map[*document.Entry]bool{}
	for _, name := range order {
		for _, e := range list {
			if within := "/" + c.Folder() + "/" + strings.TrimPrefix(fmt.Sprint(name), "/"); !done[e] && strings.HasSuffix("/"+e.Path, within) {
				done[e] = true
				out = append(out, e)
			}
		}
	}
	for _, e := range list {
		if !done[e] {
			out = append(out, e)
		}
	}
	return out
}

// compareValues orders what front matter says; nothing comes last.
func compareValues(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	x, xIs := number(a)
	y, yIs := number(b)
	if xIs && yIs {
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	}
	return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}
