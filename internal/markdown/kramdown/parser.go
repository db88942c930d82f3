package kramdown

import (
	"maps"
	"strings"
)

const (
	// maxDepth bounds recursion, so that a small stack, WebAssembly's,
	// holds any input. What is nested deeper is text.
	maxDepth = 100
	// workPerByte bounds how often a byte is looked at by spans that fail
	// and start again; beyond that what is left is text.
	workPerByte = 24
	minWork     = 1 << 20
)

// parser holds what is known while a document is parsed.
type parser struct {
	source   string
	starts   []int // of the source's lines, filled when a heading needs it
	src      *scanner
	tree     *element
	root     *element
	ial      *attributeList // waits for the next block
	textKind kind
	depth    int
	waiting  int // 1 + where the attribute list that waits begins

	options options
	ask     func()    // nil, or panics when rendering is to end
	slab    []element // what is left of the newest
	shared  *Slabs    // where they come from; nil makes them
	taken   []*slab

	references map[string]*attributeList
	links      map[string]*linkDefinition
	longestID  int
	notes      map[string]*footnoteDefinition
	noteOrder  []*footnoteDefinition
	abbreviate map[string]*abbreviation
	abbrOrder  []string

	// Spans.
	ems, strongs, anchors int // how many of them are open
	spanDepth             int
	emphasis              *emphasisStop // the innermost one
	work                  int
	filled                int // cells that rows of tables lacked
	failed                map[attempt]struct{}
	closers               map[attempt]int

	// For Live.
	defining      bool // definitions are noted
	definitions   []definitionMark
	changesItself bool // options were set
}

func newParser(source string, settings Settings) *parser {
	p := &parser{source: source, options: settings.get(), textKind: kindRawText}
	p.root = &element{kind: kindRoot}
	p.tree = p.root
	p.work = workPerByte*len(source) + minWork
	if len(p.options.links) > 0 {
		p.links = maps.Clone(p.options.links)
		for id := range p.links {
			p.longestID = max(p.longestID, len(id))
		}
	}
	return p
}

// element returns a new element, out of a slab: a document has thousands.
func (p *parser) element(k kind) *element {
	if len(p.slab) == 0 {
		p.slab = p.newSlab()
	}
	e := &p.slab[0]
	p.slab = p.slab[1:]
	e.kind = k
	return e
}

// block returns a new block element, which takes the attribute list that
// stood before it.
func (p *parser) block(k kind) *element {
	e := p.element(k)
	e.ial, p.ial = p.ial, nil
	return e
}

// addText adds s to the text at the end of tree.
func (p *parser) addText(tree *element, s string) { p.addPiece(tree, s, nil, 0) }

// addRange adds a part of what is being scanned to the current tree.
func (p *parser) addRange(from, to int) {
	if from < to {
		p.addPiece(p.tree, p.src.s[from:to], p.src, from)
	}
}

func (p *parser) addPiece(tree *element, s string, from *scanner, at int) {
	if last := tree.last(); last != nil && last.kind == p.textKind {
		last.extend(s, from, at)
		return
	}
	if s == "" {
		return
	}
	e := p.element(p.textKind)
	e.extend(s, from, at)
	tree.add(e)
}

// parse reads the whole document.
func (p *parser) parse() {
	p.parseBlocks(p.root, newScanner(p.source, 0))
	p.finish(p.root)
	p.replaceAbbreviations(p.root, nil)
	for _, n := range p.noteOrder {
		p.finish(n.content)
		p.replaceAbbreviations(n.content, nil)
	}
	p.number(p.root)
}

// result of a block parser.
type result uint8

const (
	no   result = iota // not mine
	yes                // parsed
	stop               // the HTML element around is closed
)

// parseBlocks parses blocks into e: those of src, or, when src is nil, those
// that follow in the current text, up to the end of the HTML element e. It
// tells whether that end was found.
func (p *parser) parseBlocks(e *element, src *scanner) bool {
	tree, before, ial := p.tree, p.src, p.ial
	p.tree, p.ial = e, nil
	if src != nil {
		p.src = src
	}
	p.depth++
	closed := false
	for !closed && !p.src.done() {
		closed = p.step(e)
	}
	p.depth--
	p.tree, p.src, p.ial = tree, before, ial
	return closed
}

// step parses one block into e, and tells whether it closed e.
func (p *parser) step(e *element) bool {
	if p.ask != nil {
		p.ask()
	}
	start, count := p.src.pos, len(e.children)
	r := p.parseBlock()
	if r == no {
		end := nextLine(p.src.s, p.src.pos)
		if end < 0 {
			end = len(p.src.s)
		}
		p.addRange(p.src.pos, end)
		p.src.pos = end
	}
	if e == p.root {
		p.place(start, count)
	}
	return r == stop
}

// place notes where the root's new children begin. An attribute list that
// waits for its block begins it.
func (p *parser) place(start, count int) {
	for _, c := range p.root.children[min(count, len(p.root.children)):] {
		if c.start == 0 {
			c.start = start
		}
		if p.waiting > 0 {
			c.start, p.waiting = min(c.start, p.waiting-1), 0
		}
	}
	if p.ial != nil && p.waiting == 0 {
		p.waiting = start + 1
	}
}

func (p *parser) parseBlock() result {
	s, i := p.src.s, p.src.pos
	if p.depth > maxDepth {
		e := p.block(kindParagraph)
		p.addText(e, trim(s[i:]))
		p.tree.add(e)
		p.src.pos = len(s)
		return yes
	}
	if p.options.input == inputSmarty {
		if at(s, skipIndent(s, i, 3)) == '<' {
			return p.parseBlockHTML()
		}
		return no
	}
	if p.parseBlank() || p.parseIndentedCode() {
		return yes
	}
	// What a line can be shows in its first character.
	first := at(s, skipIndent(s, i, 3))
	switch first {
	case '~', '`':
		if p.parseFencedCode() {
			return yes
		}
	case '>':
		p.parseQuote()
		return yes
	case '#':
		if p.parseHeading() {
			return yes
		}
	}
	switch first {
	case '*', '-', '_', '+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if p.parseRule() || p.parseList() {
			return yes
		}
	case ':':
		if p.parseDefinitionList() {
			return yes
		}
	case '<':
		if r := p.parseBlockHTML(); r != no {
			return r
		}
	}
	if p.parseUnderlinedHeading() {
		return yes
	}
	if (first == '$' || first == '\\') && p.parseBlockMath() {
		return yes
	}
	if p.parseTable() {
		return yes
	}
	switch first {
	case '[':
		if p.parseFootnoteDefinition() || p.parseLinkDefinition() {
			return yes
		}
	case '*':
		if p.parseAbbreviationDefinition() {
			return yes
		}
	case '{':
		if p.parseBlockExtension() {
			return yes
		}
	case '^':
		if end := endOfBlockMarker(s, i); end >= 0 {
			p.src.pos = end
			p.tree.add(p.block(kindEnd))
			return yes
		}
	}
	return p.parseParagraph()
}

// finish parses the spans of all text below e and applies attribute lists.
func (p *parser) finish(e *element) {
	var blank *element
	children := e.children
	simple := true
	for _, c := range children {
		if c.kind == kindRawText || c.kind == kindEnd || c.kind == kindBlank && blank != nil {
			simple = false
			break
		}
		if c.kind == kindBlank {
			blank = c
		} else {
			blank = nil
		}
	}
	if len(children) == 1 && children[0].kind == kindRawText {
		p.spans(children[0])
		e.children = children[0].children
		return
	}
	blank = nil
	var out []*element
	if !simple {
		out = make([]*element, 0, len(children)+8)
	}
	for _, c := range children {
		switch c.kind {
		case kindRawText:
			blank = nil
			p.spans(c)
			for _, child := range c.children {
				child.start = c.start
			}
			out = append(out, c.children...)
			continue
		case kindEnd:
			if c.ial != nil {
				p.apply(&c.attr, c.ial)
			}
			continue
		case kindBlank:
			if blank != nil {
				continue
			}
			blank = c
		default:
			blank = nil
			p.finish(c)
			if c.ial != nil {
				p.apply(&c.attr, c.ial)
			}
			if c.kind == kindTerm || c.kind == kindHeading && p.options.strippedIDs {
				c.alt = p.rawText(c)
			}
		}
		if !simple {
			out = append(out, c)
		}
	}
	if !simple {
		e.children = out
	}
}

// spans parses the text of a kindRawText into its children.
func (p *parser) spans(raw *element) {
	text := raw.text()
	if !p.hasSpans(text) {
		t := p.element(kindText)
		t.value = text
		if text != "" {
			raw.add(t)
		}
		return
	}
	p.parseText(raw, text)
}

// parseText parses the spans of text into e, as if nothing stood around it.
func (p *parser) parseText(e *element, text string) {
	src, tree, kind, ems, strongs, anchors := p.src, p.tree, p.textKind, p.ems, p.strongs, p.anchors
	failed, closers := p.failed, p.closers
	p.src, p.tree, p.textKind, p.ems, p.strongs, p.anchors = newScanner(text, 0), nil, kindText, 0, 0, 0
	p.failed, p.closers = nil, nil
	p.parseSpans(e, nil, allSpans)
	p.src, p.tree, p.textKind, p.ems, p.strongs, p.anchors = src, tree, kind, ems, strongs, anchors
	p.failed, p.closers = failed, closers
}

// lineStart is where a line of the source begins.
func (p *parser) lineStart(line int) int {
	if p.starts == nil {
		p.starts = append(p.starts, 0)
		for i := 0; ; {
			n := strings.IndexByte(p.source[i:], '\n')
			if n < 0 {
				break
			}
			i += n + 1
			p.starts = append(p.starts, i)
		}
	}
	if line >= len(p.starts) {
		line = len(p.starts) - 1
	}
	return p.starts[line]
}
