// Package kramdown reads Markdown as kramdown 2.4.0 with its GFM parser 1.1.0
// does, the way Jekyll sites on GitHub Pages are made, and writes the same
// HTML. Its grammar shares little with CommonMark's, so it has a parser of
// its own: each rule is a file, with the rule in words in a comment.
//
// A document is read in two passes: blocks first, which collect definitions,
// then the text inside them. Headings are numbered and footnotes collected
// while the HTML is written, block by block.
package kramdown

import "strings"

// Options say how texts are read and code is shown. The zero value reads them as
// Jekyll does and shows code plain.
type Options struct {
	// Settings are the site's.
	Settings Settings
	// Highlight returns code as HTML for a language, and the languages that
	// it wants lexers of, or false when the language is not known at all.
	// Nil means that no highlighter runs.
	Highlight func(code, language string) (html []byte, wanted []string, ok bool)
	// Slabs is memory that renders share; nil makes new one for each.
	Slabs *Slabs
	// Ask is called at every block and span; rendering ends when it panics.
	// Nil is not called.
	Ask func()
}

// Document is a rendered text.
type Document struct {
	// Blocks are the top-level blocks in order.
	Blocks []Block
	// Headings are in the order in which they stand in the output.
	Headings []Heading
	// Languages are the known ones that code asks for, each once.
	Languages []string
}

// Block is one top-level block.
type Block struct {
	Start, End int // bytes of the text; blank lines after a block are its own
	HTML       []byte
	Balanced   bool // whether the HTML can be parsed on its own
}

// Heading is one heading.
type Heading struct {
	Level    int
	ID, Text string
	Start    int // where its line begins, in bytes of the text
}

// Render renders a text.
func Render(body []byte, o Options) Document {
	source, offsets := normalize(string(body))
	p := newParser(source, o.Settings)
	p.ask = o.Ask
	p.shared = o.Slabs
	p.parse()
	w := &writer{p: p, highlight: o.Highlight, tocAt: -1, notesAt: -1, balanced: true,
		out: make([]byte, 0, len(source)+len(source)/2+64)}
	doc := w.document()
	doc.Headings, doc.Languages = w.headings, w.languages
	for i := range doc.Headings {
		doc.Headings[i].Start = offsets.original(doc.Headings[i].Start)
	}
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		b.Start, b.End = min(offsets.original(b.Start), len(body)), min(offsets.original(b.End), len(body))
	}
	if n := len(doc.Blocks); n > 0 {
		doc.Blocks[n-1].End = len(body)
	}
	p.release()
	return doc
}

// Smartify reads only quotation marks, symbols and HTML, as Jekyll's filter
// smartify does. Ask may be nil, and ends it as in [Options].
func Smartify(text string, s Settings, ask func()) string {
	o := s.get()
	o.input, o.symbols = inputSmarty, true
	doc := Render([]byte(text), Options{Settings: Settings{&o}, Ask: ask})
	var b strings.Builder
	for _, block := range doc.Blocks {
		b.Write(block.HTML)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// removed are the places in the text without its carriage returns behind
// which one more is missing.
type removed []int

func (r removed) original(at int) int {
	lo, hi := 0, len(r)
	for lo < hi {
		if m := (lo + hi) / 2; r[m] < at {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return at + lo
}

// normalize makes all line breaks \n and adds one to the last line.
func normalize(s string) (string, removed) {
	var r removed
	if strings.IndexByte(s, '\r') >= 0 {
		var b strings.Builder
		b.Grow(len(s))
		for i := 0; i < len(s); i++ {
			if s[i] != '\r' {
				b.WriteByte(s[i])
				continue
			}
			if at(s, i+1) == '\n' {
				r = append(r, b.Len())
				continue
			}
			b.WriteByte('\n')
		}
		s = b.String()
	}
	if !strings.HasSuffix(s, "\n") {
		s += "\n"
	}
	return s, r
}

// piece is a block while positions in the output may still move.
type piece struct {
	Block
	from, to int
}

// document writes the blocks.
func (w *writer) document() Document {
	root := w.p.root
	var pieces []piece
	w.stack = append(w.stack, root)
	for _, c := range root.children {
		pieces = w.piece(pieces, c)
	}
	if len(pieces) == 1 && pieces[0].Start < 0 {
		pieces[0].Start = 0
	}
	return w.assemble(pieces)
}

// piece writes one of the root's children, as a block or as more of the last.
func (w *writer) piece(pieces []piece, c *element) []piece {
	n := len(pieces)
	blank := c.kind == kindBlank
	from := len(w.out)
	w.balanced = true
	w.element(c, 0)
	if n > 0 && (blank || c.start == pieces[n-1].Start && !c.isBlock()) {
		pieces[n-1].to = len(w.out)
		pieces[n-1].Balanced = pieces[n-1].Balanced && w.balanced
		return pieces
	}
	if n == 1 && pieces[0].Start < 0 {
		pieces[0].Start, pieces[0].to, pieces[0].Balanced = 0, len(w.out), w.balanced
		return pieces
	}
	start := c.start
	if n == 0 {
		start = 0
		if blank {
			start = -1 // blank lines before the first block belong to it
		}
	}
	return append(pieces, piece{Block{Start: start, Balanced: w.balanced}, from, len(w.out)})
}

// assemble puts the footnotes and the table of contents in their places and
// cuts the output into blocks.
func (w *writer) assemble(pieces []piece) Document {
	main := w.out
	if len(w.notes) > 0 {
		w.out, w.balanced = nil, true
		w.footnotes()
		notes := w.out
		if w.notesAt < 0 {
			from := len(main)
			main = append(main, notes...)
			pieces = append(pieces, piece{Block{Start: len(w.p.source), Balanced: w.balanced}, from, len(main)})
		} else {
			main, pieces = insert(main, notes, w.notesAt, pieces, w.balanced)
			if w.tocAt > w.notesAt {
				w.tocAt += len(notes)
			}
		}
	}
	if w.tocList != nil {
		w.out, w.balanced = nil, true
		w.contents()
		main, pieces = insert(main, w.out, w.tocAt, pieces, w.balanced)
	}
	doc := Document{Blocks: make([]Block, len(pieces))}
	for i := range pieces {
		b := &doc.Blocks[i]
		*b = pieces[i].Block
		b.HTML = main[pieces[i].from:pieces[i].to:pieces[i].to]
		if b.End = len(w.p.source); i+1 < len(pieces) {
			b.End = pieces[i+1].Start
		}
	}
	return doc
}

// insert puts html into the output at one place.
func insert(main, html []byte, at int, pieces []piece, balanced bool) ([]byte, []piece) {
	out := make([]byte, 0, len(main)+len(html))
	out = append(append(append(out, main[:at]...), html...), main[at:]...)
	placed := false
	for i := range pieces {
		if p := &pieces[i]; placed {
			p.from += len(html)
			p.to += len(html)
		} else if at <= p.to && at >= p.from && (at < p.to || p.from == p.to || i == len(pieces)-1 || pieces[i+1].from > at) {
			p.to += len(html)
			p.Balanced = p.Balanced && balanced
			placed = true
		}
	}
	return out, pieces
}
