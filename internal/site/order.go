package site

import (
	"fmt"
	"sort"
	"strings"

	"galley/internal/site/config"
)

// earlier orders documents by their dates, then by their paths.
func earlier(a, b *entry) bool {
	switch {
	case a.date.IsZero() || b.date.IsZero() || a.date.Equal(b.date):
		return a.path < b.path
	}
	return a.date.Before(b.date)
}

// sortDocuments puts a collection's documents in the order that the settings want.
func sortDocuments(c *config.Collection, list []*entry) []*entry {
	sort.SliceStable(list, func(i, j int) bool { return earlier(list[i], list[j]) })
	if order, ok := c.Meta.Value("order").([]any); ok {
		return inOrder(c, list, order)
	}
	if key, ok := c.Meta.Value("sort_by").(string); ok {
		sort.SliceStable(list, func(i, j int) bool { return compareValues(list[i].data.Value(key), list[j].data.Value(key)) < 0 })
	}
	return list
}

// inOrder puts documents as the settings list them, and the others behind.
func inOrder(c *config.Collection, list []*entry, order []any) []*entry {
	out := make([]*entry, 0, len(list))
	done := map[*entry]bool{}
	for _, name := range order {
		for _, e := range list {
			if within := "/" + c.Folder() + "/" + strings.TrimPrefix(fmt.Sprint(name), "/"); !done[e] && strings.HasSuffix("/"+e.path, within) {
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
