package markdown

import (
	"bytes"
	"fmt"
	"slices"

	"galley/internal/diag"
	"galley/internal/markdown/kramdown"
)

// Live is a body that is edited, kept rendered. After any edits its blocks,
// headings and languages are those that Render makes of the body, byte for
// byte; what an edit costs follows what it changes.
//
// Bodies in the Kramdown dialect are followed block by block; see
// kramdown.Live for what is rendered as a whole. Bodies in the other dialects
// are rendered as a whole each time: goldmark's parser gives no account of how
// far it looked.
//
// A Live is not safe for concurrent use. It keeps no earlier text.
type Live struct {
	renderer *Renderer
	text     *diag.Text
	parts    *kramdown.Live // nil for a body that is rendered as a whole
	whole    Document       // of such a body
	balanced bool
}

// Change says what an edit did to the blocks.
type Change struct {
	// Ranges are the blocks that gave way to others, ascending. Blocks outside
	// of these may have moved in the body, but look the same.
	Ranges []Range
	// Headings and Languages say whether these lists changed, apart from
	// where the headings stand.
	Headings, Languages bool
	// Full says that the whole body was rendered.
	Full bool
}

// Range is a run of blocks that gave way to others.
type Range = kramdown.Range

// Ranges tells in which runs two lists of blocks differ, ascending.
func Ranges(was, is []Block) []Range { return kramdown.Ranges(was, is, same) }

// Open renders a body that is going to be edited.
func (r *Renderer) Open(body []byte) *Live {
	l := &Live{renderer: r}
	if j, ok := r.engine.(*jekyll); ok {
		l.openParts(j, body)
	}
	if l.parts == nil {
		l.text = diag.NewText(body)
		l.renderWhole()
	}
	return l
}

func (l *Live) openParts(j *jekyll, body []byte) {
	defer func() {
		if recover() != nil {
			l.parts = nil
		}
	}()
	l.parts = kramdown.Open(body, kramdown.Options{Highlight: j.code.kramdown})
	l.text = l.parts.Text()
}

// Edit replaces the bytes from start to end of the body. Offsets outside of it
// are moved to its ends.
func (l *Live) Edit(start, end int, insert []byte) Change {
	start = min(max(start, 0), l.text.Len())
	end = min(max(end, start), l.text.Len())
	if l.parts == nil {
		l.text.Edit(start, end, insert)
		return l.Refresh()
	}
	removed := l.parts.Len()
	c, err := editParts(l.parts, start, end, insert)
	if err == nil {
		return Change(c)
	}
	// The edit itself is made; what failed is rendering, which Render does
	// no better: it says so in the page.
	l.parts = nil
	l.renderWhole()
	return Change{Ranges: []Range{{Removed: removed, Inserted: l.Len()}}, Headings: true, Languages: true, Full: true}
}

// editParts edits, and tells of a panic.
func editParts(l *kramdown.Live, start, end int, insert []byte) (c kramdown.Change, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("rendering failed: %v", p)
		}
	}()
	return l.Edit(start, end, insert), nil
}

// Refresh renders the whole body anew, as is needed when a lexer has come.
func (l *Live) Refresh() Change {
	was := l.Document()
	if j, ok := l.renderer.engine.(*jekyll); ok {
		l.openParts(j, l.text.Slice(0, l.text.Len()))
	}
	if l.parts == nil {
		l.renderWhole()
	}
	is := l.Document()
	return Change{Ranges: Ranges(was.Blocks, is.Blocks), Full: true,
		Headings: !slices.EqualFunc(was.Headings, is.Headings, func(a, b Heading) bool {
			return a.Level == b.Level && a.ID == b.ID && a.Text == b.Text
		}), Languages: !slices.Equal(was.Languages, is.Languages)}
}

func same(a, b Block) bool { return a.Balanced == b.Balanced && bytes.Equal(a.HTML, b.HTML) }

func (l *Live) renderWhole() {
	l.whole = l.renderer.Render(l.text.Slice(0, l.text.Len()))
	l.balanced = true
	for i := range l.whole.Blocks {
		l.balanced = l.balanced && l.whole.Blocks[i].Balanced
	}
}

// Text is the body as it is now. It must be changed by Edit alone.
func (l *Live) Text() *diag.Text { return l.text }

// Len is how many blocks there are.
func (l *Live) Len() int {
	if l.parts != nil {
		return l.parts.Len()
	}
	return len(l.whole.Blocks)
}

// Balanced tells whether all blocks are.
func (l *Live) Balanced() bool {
	if l.parts != nil {
		return l.parts.Balanced()
	}
	return l.balanced
}

// Blocks gives blocks number from to number to, without it. Their HTML is
// shared and must not be changed.
func (l *Live) Blocks(from, to int) []Block {
	if l.parts == nil {
		to = min(max(to, 0), len(l.whole.Blocks))
		return l.whole.Blocks[min(max(from, 0), to):to]
	}
	blocks := l.parts.Blocks(from, to)
	out := make([]Block, len(blocks))
	for i, b := range blocks {
		out[i] = Block(b)
	}
	return out
}

// Headings are all headings in source order.
func (l *Live) Headings() []Heading {
	if l.parts == nil {
		return l.whole.Headings
	}
	var out []Heading
	for _, h := range l.parts.Headings() {
		out = append(out, Heading(h))
	}
	return out
}

// Languages are the languages that code asks for. The list is not to be
// changed.
func (l *Live) Languages() []string {
	if l.parts == nil {
		return l.whole.Languages
	}
	return l.parts.Languages()
}

// Document is what Render makes of the body. It costs a pass over the blocks,
// whose HTML is shared.
func (l *Live) Document() Document {
	return Document{Blocks: l.Blocks(0, l.Len()), Headings: l.Headings(), Languages: l.Languages()}
}
