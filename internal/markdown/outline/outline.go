// Package outline reads where things stand in the source of a post's body: its
// blocks, the links, pictures and code in them, and the text that a reader
// reads, each with its place in the source.
//
// It is for those who speak of the source, such as the house rules. What the
// page looks like is told by package markdown, and the two agree where the
// dialects do: a list, a heading or a link that one of them reads and another
// does not is here as a writer means it. So one reading serves every dialect, and
// an item with nothing in it, which kramdown takes for text, is an item.
//
//	for _, b := range outline.Parse(src, 0) {
//		if b.Kind == outline.Item { ... b.Text ... b.Spans ... }
//	}
//
// Reading takes time in proportion to the body's length, whatever is in it.
package outline

import "galley/internal/diag"

// Kind is what a block is.
type Kind uint8

// The kinds of blocks.
const (
	Paragraph  Kind = iota
	Heading         // with # or underlined
	Item            // the first paragraph of a list's item, or all that an empty one is
	Row             // of a table
	Code            // fenced, indented, or a template's
	HTML            // tags that stand for themselves, and comments
	Template        // a tag of Liquid on lines of its own
	Rule            // a line across
	Definition      // of a link, a footnote's sign or an abbreviation
)

// Block is a stretch of the source that is one thing. Blocks do not contain each
// other: a list is its items, a quotation its paragraphs.
type Block struct {
	Kind Kind
	// Level is a heading's, from 1 to 6, and how deep an item stands, from 1.
	Level int
	// Ordered says that an item has a number.
	Ordered bool
	// Quoted says that it stands in a quotation.
	Quoted bool
	// Header says that a row stands above a line that makes it the table's header.
	Header bool
	// First says that a row begins its table.
	First bool
	// Range is from the block's first sign to the end of its text.
	Range diag.Range
	// Mark is a heading's or an item's sign; empty where there is none.
	Mark diag.Range
	// Text is what a reader reads: without marks, addresses and tags; code and
	// what a template puts there are runs of [Hidden]. Lines end with "\n".
	Text string
	// Spans are the links, pictures and code in it, by where they begin.
	Spans []Span

	pieces []piece
}

// Hidden stands in a block's text for each byte of what is not prose: code, bare
// addresses, tags of a template.
const Hidden = '\x00'

// SpanKind is what a span is.
type SpanKind uint8

// The kinds of spans.
const (
	Link    SpanKind = iota // [text](address), [text][id]
	Picture                 // ![text](address)
	Bare                    // an address as it stands, or between < and >
	Inline                  // code
	Tag                     // of HTML
)

// Span is something in a block that is more than text.
type Span struct {
	Kind SpanKind
	// Range is all of it.
	Range diag.Range
	// Text is what stands between the brackets, or the code; for Bare it is the
	// address.
	Text diag.Range
	// Address is where it leads to, as written. It is empty, behind the text, for
	// what has none.
	Address diag.Range
	// To is the address; of a link by an id, that of its definition.
	To string
	// Reads is the part of the block's text that it is.
	Reads [2]int
}

// piece is a run of a block's text that stands in the source as it is.
type piece struct{ text, source, length int }

// Source is where a part of the block's text stands in the source: from where its
// first byte stands to behind where its last one does.
func (b *Block) Source(from, to int) diag.Range {
	start := b.at(from)
	if to <= from {
		return diag.Range{Start: start, End: start}
	}
	return diag.Range{Start: start, End: b.at(to-1) + 1}
}

func (b *Block) at(i int) int {
	low, high := 0, len(b.pieces)
	for low < high {
		if mid := (low + high) / 2; b.pieces[mid].text <= i {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == 0 {
		return b.Range.Start
	}
	p := b.pieces[low-1]
	return p.source + min(i-p.text, p.length)
}

// Parse reads the body that begins at a byte of a file. Ranges count in the file.
func Parse(src []byte, body int) []Block {
	s := string(src)
	r := reader{s: s, ids: map[string]string{}, none: map[string]bool{}}
	r.blocks(body)
	w := work{left: 16*len(s) + 1<<16}
	for i := range r.out {
		r.out[i].block.read(s, r.out[i].lines, r.ids, &w)
	}
	out := make([]Block, len(r.out))
	for i := range r.out {
		out[i] = r.out[i].block
	}
	return out
}
