// Package markdown renders the body of a post to HTML, block by block.
//
// A site chooses its dialect in its configuration; nothing else in Galley
// knows which one is used. Kramdown is what Jekyll makes of a post on GitHub
// Pages: package kramdown below reads it, a rule a file, and docs/dialect.md
// describes it. CommonMark and GFM are goldmark's, as specified.
//
//	r := markdown.New(markdown.Config{Lexers: lexers.Source()})
//	doc := r.Render(body)
//
// The document's blocks, joined, are the content that a layout gets. Each has
// its range in the body, and the ranges follow each other without gaps, so
// that an editor can go from one to the other. A block that is not Balanced
// has to be put into a page together with its neighbours.
//
// A body that is edited is kept rendered by a Live, where an edit costs what it
// changes, in every dialect. The result is what Render makes of the body.
//
//	live := r.Open(body)
//	change := live.Edit(start, end, insert)
//
// Code is coloured by chroma with rouge's class names, so that a Jekyll
// site's style sheet fits. Lexers are not linked into this package, which
// runs in the browser too: a LexerSource finds them, NewLexer makes one out
// of a definition that was fetched, and Document.Languages says which are
// wanted. How code blocks are wrapped depends on the language's name alone,
// so that a page does not change its shape when a lexer arrives.
//
// Rendering never fails and is bounded: nesting, failing spans and the size
// of coloured code have limits, and a panic in a library shows the body as
// it was typed.
package markdown

import (
	"fmt"
	"html"

	"github.com/alecthomas/chroma/v2"
)

// Dialect names how Markdown is read.
type Dialect string

// The dialects that a site can choose in its configuration.
const (
	// Kramdown is what Jekyll makes of a post: kramdown with its GFM parser.
	Kramdown Dialect = "kramdown"
	// GFM is GitHub Flavored Markdown by its specification.
	GFM Dialect = "gfm"
	// CommonMark is CommonMark by its specification, without extensions.
	CommonMark Dialect = "commonmark"
)

// LexerSource finds a chroma lexer by the name written in a code fence. It
// returns nil when there is none, or none yet.
type LexerSource func(language string) chroma.Lexer

// Config says how posts are rendered. The zero value renders kramdown
// without colours.
type Config struct {
	// Dialect defaults to Kramdown.
	Dialect Dialect
	// Lexers colours code blocks; nil leaves them uncoloured.
	Lexers LexerSource
	// Settings are what the site says of kramdown, and of code.
	Settings Settings
	// Stop ends every rendering soon once it returns an error: what was not
	// rendered until then is shown as it was typed, and is of no use. It is
	// asked often and by several goroutines; nil never ends one.
	Stop func() error
}

// ask panics when a rendering is to end; Render recovers.
func (c Config) ask() {
	if c.Stop == nil {
		return
	}
	if err := c.Stop(); err != nil {
		panic(err)
	}
}

// Renderer renders bodies. It keeps no state between calls and is safe for
// concurrent use.
type Renderer struct {
	config Config
	engine engine
	code   *highlighter
}

// engine is one dialect's way from a body to blocks.
type engine interface {
	render(body []byte) Document
	// follow renders a body that is going to be edited. It is nil for one that
	// is shown as it was typed.
	follow(body []byte) followed
}

// New returns a Renderer. An unknown dialect is read as Kramdown.
func New(c Config) *Renderer {
	r := &Renderer{config: c, code: newHighlighter(c)}
	switch c.Dialect {
	case GFM, CommonMark:
		r.engine = newSpecified(c)
	default:
		r.engine = newJekyll(c)
	}
	return r
}

// Render renders a body. It never fails: where a library panics, the body is
// shown as plain text.
func (r *Renderer) Render(body []byte) (doc Document) {
	defer func() {
		if p := recover(); p != nil {
			doc = plain(body, fmt.Sprint(p))
		}
	}()
	return r.engine.render(body)
}

// plain shows a body as it was typed, for when it cannot be rendered.
func plain(body []byte, reason string) Document {
	out := "<!-- not rendered: " + html.EscapeString(reason) + " -->\n<pre>" +
		html.EscapeString(string(body)) + "</pre>\n"
	return Document{Blocks: []Block{{Start: 0, End: len(body), HTML: []byte(out), Balanced: true}}}
}
