package markdown

import (
	"galley/internal/markdown/kramdown"
)

// jekyll renders the Kramdown dialect.
type jekyll struct {
	code     *highlighter
	settings kramdown.Settings
	slabs    kramdown.Slabs
	ask      func()
}

func newJekyll(c Config) *jekyll {
	return &jekyll{code: newHighlighter(c), settings: c.Settings.kramdown, ask: c.ask}
}

func (j *jekyll) options() kramdown.Options {
	return kramdown.Options{Settings: j.settings, Highlight: j.code.kramdown, Slabs: &j.slabs, Ask: j.ask}
}

func (j *jekyll) render(body []byte) Document {
	d := kramdown.Render(body, j.options())
	return Document{Blocks: blocksOf(d.Blocks), Headings: headingsOf(d.Headings), Languages: d.Languages}
}

func (j *jekyll) follow(body []byte) followed { return jekyllLive{kramdown.Open(body, j.options())} }

// jekyllLive follows a body in the Kramdown dialect.
type jekyllLive struct{ *kramdown.Live }

// Edit implements followed. What kramdown's does not follow it renders as a
// whole by itself.
func (l jekyllLive) Edit(start, end int, insert []byte) (Change, bool) {
	return Change(l.Live.Edit(start, end, insert)), true
}

// Blocks implements followed.
func (l jekyllLive) Blocks(from, to int) []Block { return blocksOf(l.Live.Blocks(from, to)) }

// Headings implements followed.
func (l jekyllLive) Headings() []Heading { return headingsOf(l.Live.Headings()) }

func blocksOf(blocks []kramdown.Block) []Block {
	out := make([]Block, len(blocks))
	for i, b := range blocks {
		out[i] = Block(b)
	}
	return out
}

func headingsOf(headings []kramdown.Heading) []Heading {
	out := make([]Heading, len(headings))
	for i, h := range headings {
		out[i] = Heading(h)
	}
	return out
}
