package lint

import (
	"fmt"
	"regexp"
	"strings"

	"galley/internal/markdown/outline"
)

// sectionOrder finds sections that stand before one which comes earlier in the
// settings' order, and sections twice.
//
//	order   the names of the sections of level 2
//	others  false finds those that are not in the list, too; true by default
func sectionOrder(p *parameters) func(*text) {
	order := p.texts("order")
	only := p.value("others") == false
	place := map[string]int{}
	for i, name := range order {
		place[strings.ToLower(name)] = i
	}
	return func(t *text) {
		last, lastName := -1, ""
		seen := map[string]bool{}
		for i := range t.blocks {
			b := &t.blocks[i]
			if b.Kind != outline.Heading || b.Level != 2 {
				continue
			}
			name := plain(b.Text)
			at, known := place[strings.ToLower(name)]
			switch {
			case seen[strings.ToLower(name)]:
				t.tell(b.Range, "There are two sections “%s”. Make them one.", clip(name))
			case !known && only:
				t.tell(b.Range, "“%s” is none of the site's sections: %s.", clip(name), strings.Join(order, ", "))
			case !known:
			case at < last:
				t.tell(b.Range, "“%s” stands behind “%s”, and comes before it in the site's order.", clip(name), clip(lastName))
			default:
				last, lastName = at, name
			}
			seen[strings.ToLower(name)] = true
		}
	}
}

// forms finds bullets and headings that do not have the form of their section.
//
//	list    each with: in, sections; of, "bullet" or "heading" (of level 3), the
//	        default is bullet; match, a pattern of the source behind the sign;
//	        say, a sentence for what does not match
func forms(p *parameters) func(*text) {
	type form struct {
		in      func(string) bool
		heading bool
		match   *regexp.Regexp
		say     string
	}
	var list []form
	for _, e := range p.entries("list") {
		f := form{e.sections("in"), false, e.pattern("match", ""), e.text("say")}
		switch of := e.text("of"); of {
		case "", "bullet":
		case "heading":
			f.heading = true
		default:
			p.problem("has “%s” for “of”, which is bullet or heading", of)
		}
		if f.match == nil {
			p.problem("needs a pattern for “match”")
		} else {
			if f.say == "" {
				f.say = fmt.Sprintf("This should be of the form %s.", f.match)
			}
			list = append(list, f)
		}
		p.done(e)
	}
	return func(t *text) {
		for i := range t.blocks {
			b := &t.blocks[i]
			heading := b.Kind == outline.Heading && b.Level == 3
			if !heading && (b.Kind != outline.Item || b.Level != 1) || strings.TrimSpace(b.Text) == "" {
				continue
			}
			source := strings.TrimSpace(t.src[b.Mark.End:b.Range.End])
			for _, f := range list {
				if f.heading == heading && f.in(t.sections[i]) && t.passes(source) && !f.match.MatchString(source) {
					t.tell(b.Range, "%s", f.say)
				}
			}
		}
	}
}
