package markdown

import (
	"galley/internal/markdown/kramdown"
)

// jekyll renders the Kramdown dialect.
type jekyll struct {
	code  *highlighter
	slabs kramdown.Slabs
}

func newJekyll(c Config) *jekyll { return &jekyll{code: &highlighter{lexers: c.Lexers}} }

func (j *jekyll) render(body []byte) Document {
	d := kramdown.Render(body, kramdown.Options{Highlight: j.code.kramdown, Slabs: &j.slabs})
	doc := Document{Languages: d.Languages}
	doc.Blocks = make([]Block, len(d.Blocks))
	for i, b := range d.Blocks {
		doc.Blocks[i] = Block(b)
	}
	doc.Headings = make([]Heading, len(d.Headings))
	for i, h := range d.Headings {
		doc.Headings[i] = Heading(h)
	}
	return doc
}
