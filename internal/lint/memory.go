package lint

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"galley/internal/markdown/outline"
	"galley/internal/post"
)

// Memory is what the posts of a site link to and are about, for the rules that
// compare a post with those before it.
type Memory struct {
	posts []remembered
	links map[string][]int // the posts that link to an address, ascending
}

// remembered is a post in a memory.
type remembered struct {
	path, title string
	day         time.Time
	headings    []string // of level 3: their source
}

// Text is a post's file, for [NewMemory].
type Text struct {
	Path string
	Post post.Post
}

// NewMemory reads posts, in any order. Those whose names have no day are left out.
func NewMemory(texts []Text) *Memory {
	m := &Memory{links: map[string][]int{}}
	type read struct {
		remembered
		links []string
	}
	var all []read
	for _, t := range texts {
		day, ok := dayOf(t.Path)
		if !ok {
			continue
		}
		r := read{remembered: remembered{path: t.Path, title: t.Post.Text("title"), day: day}}
		for _, b := range outline.Parse(t.Post.Source, t.Post.Body) {
			if b.Kind == outline.Heading && b.Level == 3 {
				r.headings = append(r.headings, string(t.Post.Source[b.Range.Start:b.Range.End]))
			}
			for _, s := range b.Spans {
				if s.Kind == outline.Link || s.Kind == outline.Bare {
					if address := Normalize(s.To); address != "" {
						r.links = append(r.links, address)
					}
				}
			}
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b read) int { return a.day.Compare(b.day) })
	for n, r := range all {
		m.posts = append(m.posts, r.remembered)
		for _, address := range r.links {
			if at := m.links[address]; len(at) == 0 || at[len(at)-1] != n {
				m.links[address] = append(at, n)
			}
		}
	}
	return m
}

// before is how many posts are older than a day.
func (m *Memory) before(day time.Time) int {
	n, _ := slices.BinarySearchFunc(m.posts, day, func(r remembered, day time.Time) int { return r.day.Compare(day) })
	return n
}

// named is how a sentence names a post.
func (r remembered) named() string {
	day := r.day.Format("2 January 2006")
	if r.title == "" {
		return day
	}
	return day + " (“" + clip(r.title) + "”)"
}

// linksAgain finds links that an earlier post had.
//
//	match   a pattern of the addresses that it is for; all by default
//	posts   over how many posts back, 25
//	except  sections that may have them again
func linksAgain(p *parameters) func(*text) {
	match, back, names := p.pattern("match", ""), p.number("posts", 25), p.texts("except")
	return func(t *text) {
		day, ok := t.day()
		if !ok || t.Memory == nil {
			return
		}
		end := t.Memory.before(day)
		told := map[string]bool{}
		for i := range t.blocks {
			if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, t.sections[i]) }) {
				continue
			}
			for _, s := range t.blocks[i].Spans {
				if s.Kind != outline.Link && s.Kind != outline.Bare || match != nil && !match.MatchString(s.To) {
					continue
				}
				address := Normalize(s.To)
				had := t.Memory.links[address]
				n, _ := slices.BinarySearch(had, end)
				if n == 0 || had[n-1] < end-back || told[address] {
					continue
				}
				told[address] = true
				t.tell(s.Range, "The post of %s has this link, too. Is it news?", t.Memory.posts[had[n-1]].named())
			}
		}
	}
}

// topicsAgain finds headings of level 3 about something that an earlier post has a
// heading about.
//
//	match   a pattern of the source of headings, with a group for what tells
//	        topics apart: 'KEP-?(\d+)'
//	months  over how many months back, 6
func topicsAgain(p *parameters) func(*text) {
	match, months := p.pattern("match", ""), p.number("months", 6)
	if match == nil || match.NumSubexp() < 1 {
		p.problem("needs a pattern for “match”, with a group for what tells topics apart")
		return nil
	}
	topic := func(re *regexp.Regexp, heading string) string {
		if m := re.FindStringSubmatch(heading); m != nil {
			return strings.ToLower(m[1])
		}
		return ""
	}
	return func(t *text) {
		day, ok := t.day()
		if !ok || t.Memory == nil {
			return
		}
		end, since := t.Memory.before(day), day.AddDate(0, -months, 0)
	headings:
		for i := range t.blocks {
			b := &t.blocks[i]
			if b.Kind != outline.Heading || b.Level != 3 {
				continue
			}
			about := topic(match, t.of(b.Range))
			if about == "" {
				continue
			}
			for n := end - 1; n >= 0 && !t.Memory.posts[n].day.Before(since); n-- {
				for _, h := range t.Memory.posts[n].headings {
					if topic(match, h) == about {
						t.tell(b.Range, "The post of %s covered this.", t.Memory.posts[n].named())
						continue headings
					}
				}
			}
		}
	}
}
