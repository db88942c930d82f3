package merge

import (
	"strconv"
	"strings"

	"galley/internal/diag"
	"galley/internal/post"
)

// node is a part of a post that is found again by its name: the front matter,
// one of its keys, the text before all headings, a section.
type node struct {
	name string // of the same kind and level of nesting, not yet unique
	key  string // unique among its siblings
	at   place
	own  []line // up to the first of its kids
	kids []*node
	// apart tells that the line above it is blank.
	apart bool
	// says are the lines that say something, without the heading; made once.
	says []line
}

// whole is a node's text with that of all below it.
func (n *node) whole() []line {
	list := append([]line{}, n.own...)
	for _, kid := range n.kids {
		list = append(list, kid.whole()...)
	}
	return list
}

// parse takes a post apart.
func parse(src []byte) []*node {
	p := post.Parse(src)
	text := string(src)
	part := func(r diag.Range) []line { return split(text[r.Start:r.End]) }
	var top []*node
	if p.HasFrontMatter {
		matter := &node{name: "---", at: place{matter: true}, own: part(diag.Range{Start: 0, End: p.FrontMatter.Start})}
		from := p.FrontMatter.Start
		for _, k := range p.Keys {
			// Comments above a key belong to it.
			matter.kids = append(matter.kids, &node{name: "key " + k.Name, at: place{true, []string{k.Name}}, own: part(diag.Range{Start: from, End: k.Range.End})})
			from = k.Range.End
		}
		matter.kids = append(matter.kids, &node{name: "end", at: place{matter: true}, own: part(diag.Range{Start: from, End: p.Body})})
		number(matter.kids)
		top = append(top, matter)
	}
	sections := p.Sections()
	start := 0
	if p.HasFrontMatter {
		start = p.Body
	}
	first := len(text)
	if len(sections) > 0 {
		first = sections[0].Range.Start
	}
	if first > start {
		top = append(top, &node{name: "before", own: part(diag.Range{Start: start, End: first})})
	}
	for len(sections) > 0 {
		var n *node
		n, sections = section(sections, text, nil)
		top = append(top, n)
	}
	number(top)
	return top
}

// section makes a node of the first section, and gives those behind it.
func section(list []post.Section, text string, above []string) (*node, []post.Section) {
	s := list[0]
	where := append(append([]string{}, above...), s.Name)
	n := &node{name: "# " + s.Name, at: place{false, where}, own: split(text[s.Own.Start:s.Own.End]), apart: endsBlank(text[:s.Range.Start])}
	list = list[1:]
	for len(list) > 0 && list[0].Range.Start < s.Range.End {
		var kid *node
		kid, list = section(list, text, where)
		n.kids = append(n.kids, kid)
	}
	number(n.kids)
	return n, list
}

// number makes names unique, by counting those that are alike.
func number(list []*node) {
	seen := map[string]int{}
	for _, n := range list {
		name := strings.ToLower(n.name)
		seen[name]++
		n.key = strconv.Itoa(seen[name]) + " " + name
	}
}

// triple is a part of the result: what each text has of it, nil for nothing.
type triple struct{ base, mine, theirs *node }

// pair finds the nodes of a text again: which of base's each one is.
func (m *merger) pair(base, side []*node) map[*node]*node {
	to := map[*node]*node{} // from base's to the side's
	byKey := map[string]*node{}
	for _, n := range side {
		byKey[n.key] = n
	}
	used := map[*node]bool{}
	for _, b := range base {
		if n := byKey[b.key]; n != nil {
			to[b], used[n] = n, true
		}
	}
	// What has another heading now is known by its text, or by being the only
	// one of its level between the same neighbours, with nothing below it.
	for i, b := range base {
		if to[b] != nil || !strings.HasPrefix(b.name, "# ") {
			continue
		}
		for j, n := range side {
			if used[n] || !strings.HasPrefix(n.name, "# ") {
				continue
			}
			if alike(b, n) || sameText(b, n) && between(base, i, side, j, to, used) {
				to[b], used[n] = n, true
				break
			}
		}
	}
	return to
}

// alike tells whether two sections share most of the text below their
// headings.
func alike(a, b *node) bool {
	count := map[string]int{}
	size := 0
	for _, l := range below(a) {
		count[l.text]++
		size++
	}
	shared := 0
	for _, l := range below(b) {
		if count[l.text] > 0 {
			count[l.text]--
			shared++
		}
		size++
	}
	return shared > 0 && shared*4 > size // more than half of each, on average
}

// below are the lines of a section that say something, without its heading.
func below(n *node) []line {
	if n.says == nil {
		n.says = []line{}
		for i, l := range n.whole() {
			if i > 0 && !holdsNothing([]line{l}) {
				n.says = append(n.says, l)
			}
		}
	}
	return n.says
}

func sameText(a, b *node) bool { return same(below(a), below(b)) }

// between tells whether two nodes that are not found again are the only ones
// between neighbours that are.
func between(base []*node, i int, side []*node, j int, to map[*node]*node, used map[*node]bool) bool {
	neighbour := func(step int) bool {
		var b, s *node
		if k := i + step; k >= 0 && k < len(base) {
			b = base[k]
		}
		if k := j + step; k >= 0 && k < len(side) {
			s = side[k]
		}
		if b == nil || s == nil {
			return b == nil && s == nil
		}
		return to[b] == s && used[s]
	}
	return neighbour(-1) && neighbour(1)
}
