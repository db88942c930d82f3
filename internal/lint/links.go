package lint

import (
	"fmt"
	"regexp"
	"strings"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
	"galley/internal/postindex"
)

// vague are texts of links that do not say what they lead to.
var vague = []string{"here", "link", "this", "this link", "this page", "click here", "click", "more", "read more", "learn more", "see more", "more here", "see here", "over here", "read here", "this one", "article", "page", "url", "website"}

// linkTexts finds links whose text does not say what they lead to.
//
//	words   the texts that say nothing, instead of the ones built in ("here",
//	        "this link", "read more" and the like)
//	bare    true finds addresses without a text, too
func linkTexts(p *parameters) func(*text) {
	list := map[string]bool{}
	for _, word := range p.texts("words", vague...) {
		list[strings.ToLower(word)] = true
	}
	bare := p.flag("bare")
	return func(t *text) {
		inside := 0 // the end of the last link's text
		t.spans(func(b *outline.Block, s *outline.Span) {
			switch s.Kind {
			case outline.Bare:
				if bare && s.Range.Start >= inside {
					t.tell(s.Range, "This address has no text that says what it is. Write [a few words](%s).", clip(s.To))
				}
			case outline.Link:
				inside = s.Text.End
				read := strings.Join(strings.Fields(b.Text[s.Reads[0]:s.Reads[1]]), " ")
				word := strings.ToLower(strings.Trim(read, ".,;:!?()*_ →»"))
				switch {
				case word == "" && !t.showsPicture(s):
					t.tell(s.Range, "This link has no text. Write what it leads to between “[” and “]”.")
				case list[word]:
					t.tell(s.Text, "The text of this link is “%s”, which does not say what it leads to. Who is read the links alone, or looks for them, hears nothing else.", clip(read))
				case bare && strings.Trim(read, string(outline.Hidden)) == "" && strings.Contains(t.of(s.Text), "://"):
					t.tell(s.Text, "The text of this link is an address. Write what it leads to.")
				}
			}
		})
	}
}

// showsPicture tells whether a link's text is a picture with a text, or code.
func (t *text) showsPicture(s *outline.Span) bool {
	inner := t.of(s.Text)
	return strings.Contains(inner, "<img") || strings.Contains(inner, "![") && !strings.Contains(inner, "![]") || strings.Contains(inner, "{")
}

// linkNumbers finds numbers in the texts of links that are not those in their
// addresses.
//
//	list    each with two patterns, of the text and of the address, with one group
//	        for the number each; by default “123:” and “#123” in texts of links to
//	        /pull/123 and /issues/123
func linkNumbers(p *parameters) func(*text) {
	type pair struct{ text, address *regexp.Regexp }
	var list []pair
	for _, e := range p.entries("list") {
		one := pair{e.pattern("text", ""), e.pattern("address", "")}
		if one.text == nil || one.address == nil || one.text.NumSubexp() < 1 || one.address.NumSubexp() < 1 {
			p.problem("needs patterns for “text” and “address” with a group for the number each")
		} else {
			list = append(list, one)
		}
		p.done(e)
	}
	if len(list) == 0 {
		list = []pair{{numberFirst, numberInAddress}, {numberLast, numberInAddress}}
	}
	return func(t *text) {
		t.spans(func(b *outline.Block, s *outline.Span) {
			if s.Kind != outline.Link {
				return
			}
			for _, one := range list {
				read := b.Text[s.Reads[0]:s.Reads[1]]
				if !t.passes(read) || !t.passes(s.To) {
					continue
				}
				a, to := one.text.FindStringSubmatchIndex(read), one.address.FindStringSubmatch(s.To)
				if a == nil || to == nil || a[2] < 0 || strings.TrimLeft(read[a[2]:a[3]], "0") == strings.TrimLeft(to[1], "0") {
					continue
				}
				is, at := read[a[2]:a[3]], b.Source(s.Reads[0]+a[2], s.Reads[0]+a[3])
				t.offer(at, &diag.Fix{Name: fmt.Sprintf("Write “%s”", to[1]), Range: at, Insert: to[1], Asks: true}, "The text of this link says %s, and its address %s. One of them is wrong.", is, to[1])
				return
			}
		})
	}
}

var (
	numberFirst     = regexp.MustCompile(`^#?(\d{2,}):`)
	numberLast      = regexp.MustCompile(`(?:^|\s)#(\d{2,})$`)
	numberInAddress = regexp.MustCompile(`/(?:pull|issues|merge_requests)/(\d+)`)
)

// repeatedLinks finds addresses that a post links to more than once.
//
//	match   a pattern of the addresses that it is for; all by default
//	except  sections whose links may stand elsewhere, too
func repeatedLinks(p *parameters) func(*text) {
	match := p.pattern("match", "")
	names := p.texts("except")
	except := func(name string) bool {
		for _, n := range names {
			if strings.EqualFold(n, name) {
				return true
			}
		}
		return false
	}
	return func(t *text) {
		seen := map[string]int{} // the line, from 1
		index := diag.NewIndex(t.Source)
		for i := range t.blocks {
			for _, s := range t.blocks[i].Spans {
				if s.Kind != outline.Link && s.Kind != outline.Bare || except(t.sections[i]) || match != nil && !match.MatchString(s.To) {
					continue
				}
				address := postindex.Normalize(s.To)
				if address == "" {
					continue
				}
				if line, ok := seen[address]; ok {
					t.tell(s.Range, "Line %d has this link already.", line)
				} else {
					seen[address] = index.Position(s.Range.Start).Line
				}
			}
		}
	}
}
