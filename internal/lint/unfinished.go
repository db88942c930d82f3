package lint

import (
	"fmt"
	"regexp"
	"strings"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
)

// emptyBullets finds bullets with nothing behind them, which templates for new
// posts hold ready and which are published by oversight.
func emptyBullets(*parameters) func(*text) {
	return func(t *text) {
		emptyBehind := false // whether the block behind is empty
		for i := len(t.blocks) - 1; i >= 0; i-- {
			b := &t.blocks[i]
			mark := strings.TrimSpace(t.of(b.Range))
			empty := (b.Kind == outline.Item || b.Kind == outline.Paragraph) && (mark == "*" || mark == "-" || mark == "+")
			if empty && (emptyBehind || i+1 == len(t.blocks) || !t.goesOn(b, &t.blocks[i+1])) {
				at := diag.Range{Start: b.Range.Start, End: b.Range.Start + 1}
				end := at.End
				for end < len(t.src) && t.src[end] != '\n' {
					end++
				}
				t.offer(at, &diag.Fix{Name: "Delete the bullet", Range: diag.Range{Start: t.lineStart(at.Start), End: min(end+1, len(t.src))}},
					"This bullet is empty. Write something behind it, or delete it.")
			} else {
				empty = false
			}
			emptyBehind = empty
		}
	}
}

// goesOn tells whether what follows an item's sign belongs to it.
func (t *text) goesOn(b, next *outline.Block) bool {
	if next.Kind == outline.Item {
		return next.Level > b.Level
	}
	between := t.src[b.Range.Start+1 : next.Range.Start]
	line := strings.LastIndexByte(between, '\n')
	return strings.Count(between, "\n") == 1 && len(between)-line > 2 && next.Kind != outline.Heading
}

// lineStart is where the line of a byte begins.
func (t *text) lineStart(at int) int { return strings.LastIndexByte(t.src[:at], '\n') + 1 }

// label is a line that is nothing but a bold label: **Next Deadline:**
var label = regexp.MustCompile(`^(?:\*\*|__)([^*_]+?)(?::(?:\*\*|__)|(?:\*\*|__)\s*:)$`)

// emptyLabels finds labels with nothing behind them before the next heading, the
// next label or the end.
func emptyLabels(*parameters) func(*text) {
	return func(t *text) {
		var open *outline.Block // the last label with nothing behind it so far
		report := func() {
			if open != nil {
				t.tell(open.Range, "There is nothing behind “%s:”. Write it, or delete the line.", label.FindStringSubmatch(t.of(open.Range))[1])
			}
			open = nil
		}
		for i := range t.blocks {
			switch b := &t.blocks[i]; {
			case b.Kind == outline.Paragraph && label.MatchString(t.of(b.Range)):
				report()
				open = b
			case b.Kind == outline.Heading:
				report()
			default:
				open = nil
			}
		}
		report()
	}
}

// emptySections finds headings with nothing below them before the next heading
// of the same or a higher level, or the end.
func emptySections(*parameters) func(*text) {
	return func(t *text) {
		for i := range t.blocks {
			b := &t.blocks[i]
			if b.Kind != outline.Heading || b.Text == "" && len(b.Spans) == 0 {
				continue
			}
			if i+1 == len(t.blocks) || t.blocks[i+1].Kind == outline.Heading && t.blocks[i+1].Level <= b.Level {
				t.tell(b.Range, "There is nothing below “%s”. Write the section, or delete its heading.", clip(plain(b.Text)))
			}
		}
	}
}

// plain is a block's text as a sentence can name it.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, string(outline.Hidden), "")), " ")
}

// clip makes a text short.
func clip(s string) string {
	const most = 60 // runes
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}

// placeholders finds what the template for new posts has in a post's place,
// such as POST_DATE, by the site's own list.
func placeholders(p *parameters) func(*text) {
	var list []string
	for _, e := range asList(p.galley["placeholders"]) {
		if text, ok := e.(string); ok && text != "" {
			list = append(list, text)
		}
	}
	list = append(list, p.texts("list")...)
	if len(list) == 0 {
		return nil
	}
	return func(t *text) {
		look := func(from, to int) {
			for _, text := range list {
				for at := from; t.count < maxFound; {
					n := strings.Index(t.src[at:to], text)
					if n < 0 {
						break
					}
					at += n + len(text)
					t.tell(diag.Range{Start: at - len(text), End: at}, "“%s” is still as in the template. Write what belongs there.", text)
				}
			}
		}
		look(t.FrontMatter.Start, t.FrontMatter.End)
		for _, b := range t.blocks {
			if b.Kind != outline.Code {
				look(b.Range.Start, b.Range.End)
			}
		}
	}
}

func asList(v any) []any {
	list, _ := v.([]any)
	return list
}

// required finds that something is not said which every post says:
//
//	list    each with: text, a pattern of the source of a block; in, sections;
//	        say, a sentence for where it is not there
//
// A post that has none of the sections is told at its beginning.
func required(p *parameters) func(*text) {
	type one struct {
		in   func(string) bool
		text *regexp.Regexp
		say  string
	}
	var list []one
	for _, e := range p.entries("list") {
		r := one{e.sections("in"), e.pattern("text", ""), e.text("say")}
		if r.text == nil {
			p.problem("needs a pattern for “text”")
		} else {
			list = append(list, r)
		}
		if r.say == "" && r.text != nil {
			list[len(list)-1].say = fmt.Sprintf("There should be “%s” here.", r.text)
		}
		p.done(e)
	}
	return func(t *text) {
	rules:
		for _, r := range list {
			at := diag.Range{Start: t.Body, End: t.Body}
			for i := range t.blocks {
				if b := &t.blocks[i]; r.in(t.sections[i]) {
					if at.Start == at.End && b.Kind == outline.Heading {
						at = b.Range
					}
					if of := t.of(b.Range); !t.passes(of) || r.text.MatchString(of) {
						continue rules // what is longer than a paragraph may well have it
					}
				}
			}
			t.tell(at, "%s", r.say)
		}
	}
}
