package merge

import (
	"context"
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
	size  int // of all, in bytes
	// What stands below the heading; made once, by below.
	read  bool
	says  string         // the lines that say something
	count map[string]int // how often each of them
	lines int            // how many they are
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

// number makes names unique, by counting those that are alike, and measures.
func number(list []*node) {
	seen := map[string]int{}
	for _, n := range list {
		for _, l := range n.own {
			n.size += len(l.text) + len(l.end)
		}
		for _, kid := range n.kids {
			n.size += kid.size
		}
		name := strings.ToLower(n.name)
		seen[name]++
		n.key = strconv.Itoa(seen[name]) + " " + name
	}
}

// triple is a part of the result: what each text has of it, nil for nothing.
type triple struct{ base, mine, theirs *node }

// maxCompared is how many lines are looked at to find sections again by their
// text. What is not found then counts as taken away and added.
const maxCompared = 2_000_000

// pairing finds the nodes of a text again.
type pairing struct {
	ctx  context.Context
	to   map[*node]*node // from base's to the side's
	used map[*node]bool  // of the side's
	left int             // how many lines may still be looked at
}

func (p *pairing) add(b, n *node) { p.to[b], p.used[n] = n, true }

// pair finds which of base's each node of a side is: those of one name first,
// then sections with another heading now.
func (m *merger) pair(base, side []*node) map[*node]*node {
	p := &pairing{m.ctx, map[*node]*node{}, map[*node]bool{}, maxCompared}
	named := func(list []*node) map[string][]*node {
		groups := map[string][]*node{}
		for _, n := range list {
			name := strings.ToLower(n.name)
			groups[name] = append(groups[name], n)
		}
		return groups
	}
	was, is := named(base), named(side)
	for _, b := range base {
		if p.to[b] == nil {
			name := strings.ToLower(b.name)
			p.group(was[name], is[name])
		}
	}
	p.renamed(base, side)
	if err := m.ctx.Err(); err != nil {
		m.err = err
	}
	return p.to
}

// group pairs nodes of one name: those with the same text, that no other of
// them has, then those that share most of it, then by their number.
func (p *pairing) group(base, side []*node) {
	if len(base) > 1 || len(side) > 1 {
		once := func(list []*node) map[string]*node {
			byText := map[string]*node{}
			for _, n := range list {
				below(n)
				if _, twice := byText[n.says]; twice {
					byText[n.says] = nil
				} else if n.lines > 0 {
					byText[n.says] = n
				}
			}
			return byText
		}
		known := once(side)
		for text, b := range once(base) {
			if n := known[text]; b != nil && n != nil {
				p.add(b, n)
			}
		}
		p.alike(base, side)
	}
	i := 0
	for _, b := range base {
		if p.to[b] != nil {
			continue
		}
		for i < len(side) && p.used[side[i]] {
			i++
		}
		if i == len(side) {
			return
		}
		p.add(b, side[i])
	}
}

// renamed pairs sections with another heading now. They are known by their
// text, or by being the only one between the same neighbours, with nothing
// below it.
func (p *pairing) renamed(base, side []*node) {
	p.alike(base, side)
	for i, b := range base {
		for j, n := range side {
			if p.to[b] == nil && !p.used[n] && isSection(b) && isSection(n) && between(base, i, side, j, p.to, p.used) &&
				below(b).says == below(n).says {
				p.add(b, n)
			}
		}
	}
}

// alike pairs sections that share most of the text below their headings, those
// that share most first.
func (p *pairing) alike(base, side []*node) {
	for _, b := range base {
		if p.to[b] != nil || !isSection(b) {
			continue
		}
		var best *node
		most := 0.5 // of each, on average
		for _, n := range side {
			if p.used[n] || !isSection(n) {
				continue
			}
			if p.left <= 0 || p.ctx.Err() != nil {
				return
			}
			if s := p.shared(b, n); s > most {
				best, most = n, s
			}
		}
		if best != nil {
			p.add(b, best)
		}
	}
}

func isSection(n *node) bool { return strings.HasPrefix(n.name, "# ") }

// shared is how much of their text two sections share: 1 is all.
func (p *pairing) shared(a, b *node) float64 {
	few, many := below(a), below(b)
	if len(few.count) > len(many.count) {
		few, many = many, few
	}
	p.left -= len(few.count) + 1
	shared := 0
	for text, n := range few.count {
		shared += min(n, many.count[text])
	}
	if shared == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(a.lines+b.lines)
}

// below reads what a section says, without its heading.
func below(n *node) *node {
	if n.read {
		return n
	}
	n.read, n.count = true, map[string]int{}
	var says []string
	for i, l := range n.whole() {
		if i > 0 && !holdsNothing([]line{l}) {
			says = append(says, l.text)
			n.count[l.text]++
		}
	}
	n.says, n.lines = strings.Join(says, "\n"), len(says)
	return n
}

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
