package drop

import "galley/internal/site/paginate"

// Paginator is `paginator` in templates.
type Paginator struct {
	pager *paginate.Pager
	sight *View
}

// Keys implements liquid.Keyed.
func (d Paginator) Keys() []string {
	return []string{"page", "per_page", "posts", "total_posts", "total_pages", "previous_page", "previous_page_path", "next_page", "next_page_path"}
}

// Get implements liquid.Drop.
func (d Paginator) Get(key string) (any, bool) {
	number := func(n int) (any, bool) {
		if n == 0 {
			return nil, true
		}
		return int64(n), true
	}
	text := func(s string) (any, bool) {
		if s == "" {
			return nil, true
		}
		return s, true
	}
	p := d.pager
	switch key {
	case "page":
		return int64(p.Page), true
	case "per_page":
		return int64(p.PerPage), true
	case "posts":
		all := d.sight.Library().Paginated()
		return d.sight.drops(all[min(p.From, len(all)):min(p.To, len(all))]), true
	case "total_posts":
		return int64(p.TotalPosts), true
	case "total_pages":
		return int64(p.TotalPages), true
	case "previous_page":
		return number(p.Previous)
	case "previous_page_path":
		return text(p.PreviousPath)
	case "next_page":
		return number(p.Next)
	case "next_page_path":
		return text(p.NextPath)
	}
	return nil, false
}

// paginator is what `paginator` means in the templates of a page.
func (v *View) paginator() any {
	e := v.Self
	if e == nil {
		return nil
	}
	if e.Pager == nil && !e.Listed && e.IsPage() {
		// The page in the editor is shown with the posts of the one in the site.
		for _, other := range v.render.Library().Pages {
			if other.Path == e.Path {
				e = other
				break
			}
		}
	}
	if e.Pager == nil {
		return nil
	}
	return Paginator{e.Pager, v}
}
