package markdown

import "bytes"

// Document is a rendered body: its top-level blocks in order, and what a
// page or an editor wants to know about them.
type Document struct {
	// Blocks are the top-level blocks in source order. Joined, their HTML
	// is exactly the content that is handed to a layout.
	Blocks []Block
	// Headings are all headings in source order, those inside lists and
	// quotes included.
	Headings []Heading
	// Languages are the known languages that code asks for, by the names
	// that a LexerSource is asked for, each once, in order of first use. A
	// browser fetches their lexers.
	Languages []string
}

// Block is one top-level block.
type Block struct {
	// Start and End are the block's range in the body, in bytes. Blank
	// lines after a block belong to it, so that ranges meet without gaps.
	Start, End int
	// HTML is what the block became, the line break after it included. It
	// is empty for a block that shows nothing, such as a link definition.
	HTML []byte
	// Balanced is false when raw HTML in the block opens an element that
	// it does not close, or closes one that it did not open, so that it
	// cannot be parsed on its own.
	Balanced bool
}

// Heading is one heading of a document.
type Heading struct {
	// Level is 1 to 6.
	Level int
	// ID is the id attribute, empty when the heading has none.
	ID string
	// Text is the heading as plain text.
	Text string
	// Start is where the heading's line begins in the body, in bytes.
	Start int
}

// HTML returns the blocks joined: the content handed to a layout.
func (d Document) HTML() []byte {
	size := 0
	for _, b := range d.Blocks {
		size += len(b.HTML)
	}
	var out bytes.Buffer
	out.Grow(size)
	for _, b := range d.Blocks {
		out.Write(b.HTML)
	}
	return out.Bytes()
}
