package lint

import (
	"regexp"
	"strings"
	"time"

	"galley/internal/markdown/outline"
	"galley/internal/postindex"
)

// linksAgain finds items and headings about what an item or a heading of an earlier
// post was about: see [postindex.Index.Again] for what counts.
//
//	match    a pattern of the addresses that it is for; all by default
//	posts    over how many posts back, 25
//	except   sections that may have them again
//	passing  true finds links in passing, and those that are in passing there, too
func linksAgain(p *parameters) func(*text) {
	match, back, names, passing := p.pattern("match", ""), p.number("posts", 25), p.texts("except"), p.flag("passing")
	kind := kindOfPost(p.galley)
	return func(t *text) {
		day, ok := t.day()
		if !ok || t.Memory == nil || back == 0 {
			return
		}
		told := map[string]bool{}
		for i := range t.blocks {
			if foldedIn(names, t.sections[i]) {
				continue
			}
			for n, l := range postindex.Links(&t.blocks[i]) {
				s := &t.blocks[i].Spans[n]
				if l.To == "" || told[l.To] || match != nil && (!t.passes(s.To) || !match.MatchString(s.To)) {
					continue
				}
				m, ok := t.Memory.Again(l, postindex.Reach{Day: day, Back: back, Passing: passing})
				if !ok {
					continue
				}
				told[l.To] = true
				t.tell(s.Range, "Reported already in %v. Is it news?", placed(kind, m))
			}
		}
	}
}

// topicsAgain finds headings about something that an earlier post has a heading
// about: of level 3 by a pattern of theirs, or of any by what galley.memory names.
//
//	match   a pattern of the source of headings of level 3, with a group for what
//	        tells topics apart: 'KEP-?(\d+)'; by default the topics of galley.memory
//	months  over how many months back, 6
//	in      sections whose headings count; all by default
func topicsAgain(p *parameters) func(*text) {
	match, months, in := p.pattern("match", ""), p.number("months", 6), p.sections("in")
	topics, _ := postindex.ReadSettings(p.galley)
	kind := kindOfPost(p.galley)
	switch {
	case match == nil && len(topics.Topics) == 0:
		p.problem("needs topics in galley.memory, or a pattern for “match”, with a group for what tells topics apart")
		return nil
	case match != nil && match.NumSubexp() < 1:
		p.problem("needs a group in “match” for what tells topics apart")
		return nil
	}
	return func(t *text) {
		day, ok := t.day()
		if !ok || t.Memory == nil {
			return
		}
		since := day.AddDate(0, -months, 0)
		covered := earlier(t.Memory, day, since, in)
		if match != nil {
			covered = t.earlierMatch(match, day, since)
		}
		for i := range t.blocks {
			b := &t.blocks[i]
			if b.Kind != outline.Heading || match != nil && b.Level != 3 || !in(t.sections[i]) {
				continue
			}
			if !t.passes(t.of(b.Range)) {
				continue
			}
			var names []string
			if match != nil {
				names = topicIn(match, t.of(b.Range))
			} else {
				names = topics.InText(b.Text)
				for _, s := range b.Spans {
					if t.passes(s.To) {
						names = append(names, topics.InAddress(s.To)...)
					}
				}
			}
			for _, name := range names {
				if m, ok := covered(name); ok {
					when, where := ago(m.Day, day), placed(kind, m)
					if match != nil {
						t.tell(b.Range, "This was covered %v, in %v.", when, where)
					} else {
						t.tell(b.Range, "%s was covered %v, in %v.", name, when, where)
					}
					break
				}
			}
		}
	}
}

// earlier finds the newest heading about a thing, of the posts before a day and
// since another.
func earlier(x *postindex.Index, day, since time.Time, in func(string) bool) func(string) (postindex.Mention, bool) {
	return func(name string) (postindex.Mention, bool) {
		for _, m := range x.Thing(name) {
			if m.Day.Before(since) {
				break
			}
			if m.Day.Before(day) && m.Kind == postindex.InHeading && in(m.Section) {
				return m, true
			}
		}
		return postindex.Mention{}, false
	}
}

// earlierMatch is the same for what a pattern finds in headings of level 3.
func (t *text) earlierMatch(match *regexp.Regexp, day, since time.Time) func(string) (postindex.Mention, bool) {
	covered := map[string]postindex.Mention{}
	x := t.Memory
	posts := x.Posts()
	for n := x.Before(day); n < len(posts) && !posts[n].Day.Before(since); n++ {
		for _, h := range x.Headings(n) {
			if h.Level != 3 || !t.passes(h.Source) {
				continue
			}
			for _, name := range topicIn(match, h.Source) {
				if _, ok := covered[name]; !ok {
					covered[name] = postindex.Mention{Post: posts[n], Line: h.Line, Kind: postindex.InHeading}
				}
			}
		}
	}
	return func(name string) (postindex.Mention, bool) {
		m, ok := covered[name]
		return m, ok
	}
}

// topicIn is what a pattern finds in a heading, none or one.
func topicIn(match *regexp.Regexp, heading string) []string {
	if m := match.FindStringSubmatch(heading); m != nil && m[1] != "" {
		return []string{strings.ToLower(m[1])}
	}
	return nil
}

// kindOfPost is what a sentence calls a post: an edition where the site has them.
func kindOfPost(galley map[string]any) string {
	if galley["edition"] != nil || galley["branch"] != nil {
		return "edition"
	}
	return "post"
}

// placed is how a sentence says where something stood.
func placed(kind string, m postindex.Mention) string {
	day, section := longDate(m.Day), clip(m.Section)
	switch edition := kind == "edition"; {
	case edition && section != "":
		return phrase("the edition of %v, in “%s” (line %d)", day, section, m.Line)
	case edition:
		return phrase("the edition of %v (line %d)", day, m.Line)
	case section != "":
		return phrase("the post of %v, in “%s” (line %d)", day, section, m.Line)
	}
	return phrase("the post of %v (line %d)", day, m.Line)
}

// ago says how long one day is before another: “four months ago”, “a week ago”.
func ago(then, now time.Time) string {
	days := int(now.Sub(then).Hours() / 24)
	months := (now.Year()-then.Year())*12 + int(now.Month()) - int(then.Month())
	if now.Day() < then.Day() {
		months--
	}
	switch {
	case months >= 24:
		return phrase("%v years ago", number(months/12))
	case months >= 2:
		return phrase("%v months ago", number(months))
	case days >= 14:
		return phrase("%v weeks ago", number(days/7))
	case days >= 7:
		return phrase("a week ago")
	case days >= 2:
		return phrase("%v days ago", number(days))
	}
	return phrase("a day ago")
}

// foldedIn tells whether a list has a name, in any letters.
func foldedIn(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}
