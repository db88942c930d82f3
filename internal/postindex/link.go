package postindex

import (
	"iter"
	"strings"

	"galley/internal/markdown/outline"
)

// Link is what a text links to.
type Link struct {
	// To is the address, normalised; empty for what is none of the web.
	To   string
	Kind Kind
	// numbers are those of the block that is about an address which has none.
	numbers string
}

// Kind is what a mention is for the block that it stands in.
type Kind uint8

// The kinds of mentions.
const (
	// Passing: what a block has beside what it is about.
	Passing Kind = iota
	// InItem: an item of a list, or a row of a table, is about it: it is the first
	// that the item links to.
	InItem
	// InHeading: a heading is about it.
	InHeading
)

// Links gives the links of a block, by the numbers of their spans.
func Links(b *outline.Block) iter.Seq2[int, Link] {
	return func(yield func(int, Link) bool) {
		first := true
		for n, span := range b.Spans {
			if span.Kind != outline.Link && span.Kind != outline.Bare {
				continue
			}
			l := Link{To: Normalize(span.To)}
			switch {
			case b.Kind == outline.Heading:
				l.Kind = InHeading
			case first && (b.Kind == outline.Item || b.Kind == outline.Row):
				l.Kind = InItem
			}
			first = false
			if l.Kind != Passing && !strings.ContainsAny(l.To, "0123456789") {
				l.numbers = numbers(b.Text)
			}
			if !yield(n, l) {
				return
			}
		}
	}
}

// numbers gives the runs of digits in a text, with a space between: items that tell
// of two releases, and link to the project alone, differ in them.
func numbers(text string) string {
	var out []byte
	for i := range len(text) {
		if c := text[i]; '0' <= c && c <= '9' {
			out = append(out, c)
		} else if n := len(out); n > 0 && out[n-1] != ' ' {
			out = append(out, ' ')
		}
	}
	return strings.TrimRight(string(out), " ")
}
