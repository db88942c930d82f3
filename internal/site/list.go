package site

import "html/template"

// postViews are the posts as templates see them.
func (s *Site) postViews(self *entry) []*PageView {
	list := s.library().with(s, self).posts(s)
	out := make([]*PageView, len(list))
	for i, e := range list {
		out[i] = s.pageView(e, nil)
	}
	return out
}

// listPage groups the newest posts by year; count below zero takes all.
func (s *Site) listPage(common Common, content template.HTML, count int) ListPage {
	p := ListPage{Common: common, Content: content}
	list := s.posts()
	if count >= 0 && len(list) > count {
		list, p.More = list[:count], true
	}
	for _, e := range list {
		if n := len(p.Years); n == 0 || p.Years[n-1].Year != e.date.Year() {
			p.Years = append(p.Years, Year{Year: e.date.Year()})
		}
		y := &p.Years[len(p.Years)-1]
		y.Posts = append(y.Posts, s.pageView(e, nil))
	}
	return p
}
