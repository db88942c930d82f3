package liquid

import (
	"strings"
)

// Blanker is a [Node] that may make no text. Around such nodes an if, a for or
// a case leaves its white space out.
type Blanker interface {
	Node
	Blank() bool
}

// A Body is a run of nodes.
type Body struct {
	file  string
	nodes []placed
	blank bool
	// silent says that a blank node prints nothing, as in Liquid 4, where 5
	// only leaves the white space out.
	silent bool
}

// placed is a node and its line, or a text.
type placed struct {
	text string
	node Node // nil for a text
	line int
	mute bool // what it prints is left out
}

func newBody(p *Parser) *Body { return &Body{file: p.file, blank: true, silent: p.config.Liquid4} }

func (b *Body) add(n Node, line int, blank bool) {
	b.nodes = append(b.nodes, placed{node: n, line: line, mute: blank && b.silent})
	b.blank = b.blank && blank
}

func (b *Body) addText(s string) {
	b.nodes = append(b.nodes, placed{text: s})
	b.blank = b.blank && spaces(s)
}

// trimEnd takes the space off the end of a text.
func (b *Body) trimEnd() {
	if n := len(b.nodes); n > 0 && b.nodes[n-1].node == nil {
		last := &b.nodes[n-1]
		last.text = strings.TrimRight(last.text, blank+"\x00")
	}
}

// Blank says whether the body makes no text.
func (b *Body) Blank() bool { return b.blank }

// dropSpace takes the texts out of a blank body.
func (b *Body) dropSpace() {
	kept := b.nodes[:0]
	for _, n := range b.nodes {
		if n.node != nil {
			kept = append(kept, n)
		}
	}
	b.nodes = kept
}

// Render renders the nodes one after the other, up to a break or continue.
func (b *Body) Render(c *Context) error {
	if err := c.Spend(len(b.nodes) + 1); err != nil { // an empty body is a step, too
		return err
	}
	for i := range b.nodes {
		n := &b.nodes[i]
		if n.node == nil {
			c.out = append(c.out, n.text...)
			continue
		}
		c.line = n.line
		from := len(c.out)
		if err := n.node.Render(c); err != nil {
			return at(err, b.file, n.line)
		}
		if n.mute {
			c.out = c.out[:from]
		}
		if len(c.interrupts) > 0 {
			return nil
		}
	}
	return nil
}
