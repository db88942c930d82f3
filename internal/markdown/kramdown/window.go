package kramdown

import (
	"bytes"
	"strings"
)

// draft is a part while it is made.
type draft struct {
	start, end int // of the parsed text, which has no carriage returns
	children   []*element
	root       *element // with the children, once their spans are parsed
	defines    []string
	reach      int
	far        bool
	work       int
	filled     int
	ids        []idUse
	olderIDs   bool
	pieces     [2]int // from and to, of the writer's
	headings   []Heading
	languages  []string
	refs       []noteRef
	toc        []tocEntry
	labels     []string
	place      bool
}

// drafts parses the blocks of a text that begins where a part can begin,
// or, when first is true, where a document does. At each end of a part it
// asks whether to stop. It gives up, with ok false, on what Live does not
// follow, and where it looked beyond the end of a text that goes on.
func (p *parser) drafts(first, last bool, stop func(end int) bool) (out []*draft, ok bool) {
	p.defining = true
	p.tree, p.src, p.depth = p.root, newScanner(p.source, 0), 1
	p.src.watched = true
	d, from, work, filled := &draft{}, 0, p.work, p.filled
	var marks int
	cut := func() bool {
		d.end = p.src.pos
		d.children = p.root.children[from:len(p.root.children):len(p.root.children)]
		from = len(p.root.children)
		behind := linesBehind(p.src.s, d.end)
		d.reach, d.far = max(p.src.reach, behind), p.src.reach > behind || behind == endless
		p.src.reach = 0
		d.work, work = work-p.work, p.work
		d.filled, filled = p.filled-filled, p.filled
		for _, m := range p.definitions[marks:] {
			d.defines = append(d.defines, m.said())
		}
		marks = len(p.definitions)
		for _, c := range d.children {
			if c.kind == kindRawText {
				return false
			}
		}
		if c := d.children; d.start == 0 && !first && len(c) > 0 && c[0].kind == kindDefinitionList {
			c[0].start = 0 // as of a paragraph's that is nowhere but at a beginning
		}
		out = append(out, d)
		done := last || d.reach < endless
		d = &draft{start: d.end}
		return done
	}
	for !p.src.done() {
		p.step(p.root)
		if !p.canBegin(first && len(out) == 0) {
			continue
		}
		if !cut() {
			return out, false
		}
		if stop(p.src.pos) {
			p.tree, p.src = nil, nil
			return out, true
		}
	}
	ok = last && cut()
	p.tree, p.src = nil, nil
	return out, ok
}

// canBegin tells whether a part can begin at the current place.
func (p *parser) canBegin(first bool) bool {
	s, i := p.src.s, p.src.pos
	last := p.root.last()
	if last == nil || last.kind != kindBlank || p.ial != nil || p.waiting != 0 || i >= len(s) {
		return false
	}
	if c := at(s, skipIndent(s, i, 3)); c == ':' || c == '{' {
		return false // either may belong to what is before it
	}
	if c := p.root.children; len(c) > 1 && c[len(c)-2].kind == kindDefinitionList {
		return false // another one joins it
	}
	if !first {
		return true
	}
	for _, c := range p.root.children {
		if c.kind != kindBlank && c.kind != kindEnd {
			return true
		}
	}
	return false
}

// finishDraft parses the spans of a draft.
func (p *parser) finishDraft(d *draft, first bool) {
	before, filled := p.work, p.filled
	d.root = &element{kind: kindRoot, children: d.children}
	p.finish(d.root)
	if c := d.root.children; !first && len(c) > 0 && c[0].kind == kindBlank {
		d.root.children = c[1:] // one of the blank lines before
	}
	p.replaceAbbreviations(d.root, nil)
	d.work += before - p.work
	d.filled += p.filled - filled
}

// countIDs counts the ids that headings below e will ask for.
func (p *parser) countIDs(d *draft, e *element, html bool) {
	for _, c := range e.children {
		switch {
		case c.kind == kindText:
		case c.kind == kindHeading && p.options.autoIDs && !hasID(c):
			if html {
				d.olderIDs = true
				continue
			}
			base := headingID(c.alt)
			found := false
			for i := range d.ids {
				if d.ids[i].base == base {
					d.ids[i].count++
					found = true
				}
			}
			if !found {
				d.ids = append(d.ids, idUse{base: base, count: 1})
			}
		default:
			p.countIDs(d, c, html || c.kind == kindHTML)
		}
	}
}

// writeDraft writes a draft's blocks; used is how often ids were used before.
func (w *writer) writeDraft(d *draft, pieces []piece, used map[string]int) []piece {
	for i := range d.ids {
		d.ids[i].first = used[d.ids[i].base]
	}
	w.p.numberBelow(d.root, used)
	w.stack = append(w.stack[:0], d.root)
	headings, refs, toc, list, notes := len(w.headings), len(w.refs), len(w.toc), w.tocList, w.notesAt
	w.languages = nil
	d.pieces[0] = len(pieces)
	for _, c := range d.root.children {
		pieces = w.piece(pieces, c)
	}
	d.pieces[1] = len(pieces)
	d.headings = w.headings[headings:]
	d.refs = w.refs[refs:len(w.refs):len(w.refs)]
	d.toc = w.toc[toc:]
	d.languages = w.languages
	d.place = list != w.tocList || notes != w.notesAt
	return pieces
}

// label is a heading as a table of contents shows it.
func (w *writer) label(e tocEntry) string {
	a := &element{kind: kindLink, children: tocChildren(e.children)}
	inner := &writer{p: w.p, highlight: w.highlight, tocAt: -1, notesAt: -1, stack: []*element{a}}
	inner.span("a", a, 0)
	return string(rune('0'+e.level)) + e.id + "\x00" + string(inner.out)
}

// part makes a part of a draft, whose blocks are given. It shares no
// memory with the text or the tree.
func (d *draft) part(blocks []Block, offsets removed, size int) *part {
	start := offsets.original(d.start)
	s := &part{
		length: min(offsets.original(d.end), size) - start, far: d.far, work: d.work, filled: d.filled,
		ids: d.ids, refs: d.refs, defines: d.defines, toc: d.labels, placeholder: d.place, olderIDs: d.olderIDs,
	}
	if s.reach = d.reach; d.reach < endless {
		s.reach = offsets.original(d.reach) - start
	}
	bytesIn := 0
	for i := range blocks {
		bytesIn += len(blocks[i].HTML)
	}
	html := make([]byte, 0, bytesIn)
	if len(blocks) > 0 {
		s.blocks = make([]Block, len(blocks))
	}
	for i, b := range blocks {
		from := len(html)
		html = append(html, b.HTML...)
		s.blocks[i] = Block{Start: offsets.original(b.Start) - start, HTML: html[from:len(html):len(html)], Balanced: b.Balanced}
	}
	for _, h := range d.headings {
		h.ID, h.Text, h.Start = strings.Clone(h.ID), strings.Clone(h.Text), offsets.original(h.Start)-start
		s.headings = append(s.headings, h)
	}
	for _, name := range d.languages {
		s.languages = append(s.languages, strings.Clone(name))
	}
	for i := range s.refs {
		s.refs[i].name = strings.Clone(s.refs[i].name)
	}
	return s
}

// wholePart is all of a document that Live does not follow in parts.
func wholePart(doc Document, size int) *part {
	s := &part{length: size, reach: endless, far: true, languages: doc.Languages, headings: doc.Headings, blocks: doc.Blocks}
	for i := range s.headings {
		s.headings[i].ID, s.headings[i].Text = strings.Clone(s.headings[i].ID), strings.Clone(s.headings[i].Text)
	}
	s.languages = nil
	for _, name := range doc.Languages {
		s.languages = append(s.languages, strings.Clone(name))
	}
	for i := range s.blocks {
		s.blocks[i].HTML = bytes.Clone(s.blocks[i].HTML)
	}
	return s
}
