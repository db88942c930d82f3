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
// Bodies are followed block by block: an edit is rendered from the last place
// before it where parsing can begin to the first one behind it from which all
// is as it was. Where it changes what others depend on, all of the body is
// rendered. In the dialects GFM and CommonMark that is a definition of a link, and
// what is too much for the bounds that the whole body has; for Kramdown, see
// kramdown.Live.
//
// A Live is not safe for concurrent use. It keeps no earlier text.
type Live struct {
	renderer *Renderer
	text     *diag.Text
	parts    followed // nil for a body that is shown as it was typed
	whole    Document // of such a body
	balanced bool
}

// followed is a body that is followed block by block, in one dialect. Its
// methods are those of Live.
type followed interface {
	// Edit fails, the text edited, where all of the body has to be rendered.
	Edit(start, end int, insert []byte) (Change, bool)
	Text() *diag.Text
	Len() int
	Balanced() bool
	Blocks(from, to int) []Block
	Headings() []Heading
	Languages() []string
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
	l.open(body)
	return l
}

// open renders a body, in parts where that can be.
func (l *Live) open(body []byte) {
	if l.parts = followParts(l.renderer.engine, body); l.parts != nil {
		l.text, l.whole = l.parts.Text(), Document{}
		return
	}
	l.text = diag.NewText(body)
	l.renderWhole()
}

// followParts is nil where rendering panics.
func followParts(e engine, body []byte) (l followed) {
	defer func() {
		if recover() != nil {
			l = nil
		}
	}()
	return e.follow(body)
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
	c, ok, err := editParts(l.parts, start, end, insert)
	switch {
	case err != nil:
		// The edit itself is made; what failed is rendering, which Render does
		// no better: it says so in the page.
		l.parts = nil
		l.renderWhole()
		return Change{Ranges: []Range{{Removed: removed, Inserted: l.Len()}}, Headings: true, Languages: true, Full: true}
	case !ok:
		return l.Refresh()
	}
	return c
}

// editParts edits, and tells of a panic.
func editParts(l followed, start, end int, insert []byte) (c Change, ok bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("rendering failed: %v", p)
		}
	}()
	c, ok = l.Edit(start, end, insert)
	return c, ok, nil
}

// Refresh renders the whole body anew, as is needed when a lexer has come.
func (l *Live) Refresh() Change {
	was := l.Document()
	l.open(l.text.Slice(0, l.text.Len()))
	is := l.Document()
	return Change{Ranges: Ranges(was.Blocks, is.Blocks), Full: true,
		Headings: !slices.EqualFunc(was.Headings, is.Headings, sameHeading), Languages: !slices.Equal(was.Languages, is.Languages)}
}

func sameHeading(a, b Heading) bool { return a.Level == b.Level && a.ID == b.ID && a.Text == b.Text }

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
	return l.parts.Blocks(from, to)
}

// Headings are all headings in source order.
func (l *Live) Headings() []Heading {
	if l.parts == nil {
		return l.whole.Headings
	}
	return l.parts.Headings()
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
