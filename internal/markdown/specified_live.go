package markdown

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"

	"galley/internal/diag"
)

// specifiedLive follows a body in a dialect that has a specification.
//
// An edit is rendered from the beginning of the part that it is in on, and up to
// the beginning of one behind it that is a part's beginning again: what follows
// is as it was. All that reaches further are definitions of links. Where an edit
// changes one, nests too deeply, or leaves more cells of tables than are made, all of
// the body has to be rendered.
type specifiedLive struct {
	renderer *specified
	text     *diag.Text
	parts    partList
	links    map[string]parser.Reference // that are defined in the text

	languages []string // as they were last asked for; nil if they may differ
}

// Edit implements followed.
func (l *specifiedLive) Edit(start, end int, insert []byte) (Change, bool) {
	l.text.Edit(start, end, insert)
	moved := len(insert) - (end - start)
	from := l.parts.findByte(max(start-1, 0)) // a part whose first letter stays
	to := l.parts.findByte(end)
	for !l.parts.end(to) && (to.before.bytes < end || to.before == from.before) {
		to = l.parts.next(to)
	}
	for ahead := 8; ; {
		source := l.stretch(from, to, moved)
		if at := from.before.bytes; at > 0 && beginsBlank(source) {
			from = l.parts.findByte(at - 1) // blank lines belong to what is before them
			continue
		}
		made, err := l.renderer.parts(source, referencesAround(l.links))
		if err != nil {
			return Change{}, false
		}
		if l.parts.end(to) {
			return l.put(from, to, made)
		}
		if n := len(made) - 1; n >= 0 && made[n].length == 1+len(standIn) {
			return l.put(from, to, made[:n])
		}
		for n := 0; n < ahead && !l.parts.end(to); n++ {
			to = l.parts.next(to)
		}
		ahead *= 8
	}
}

// standIn takes, behind its first letter, the place of a part that follows a
// stretch of the body. With that letter it is a part exactly where any text
// that begins so would begin one.
const standIn = "x\n"

// stretch is the text between two places, which were there before an edit
// moved the latter. When the body goes on, the stand-in for it follows.
func (l *specifiedLive) stretch(from, to cursor, moved int) []byte {
	if l.parts.end(to) {
		return l.text.Slice(from.before.bytes, l.text.Len())
	}
	return append(l.text.Slice(from.before.bytes, to.before.bytes+moved+1), standIn...)
}

func beginsBlank(source []byte) bool {
	line, _, _ := bytes.Cut(source, []byte("\n"))
	return util.IsBlank(line)
}

// put replaces parts and says what that changed. It fails when definitions
// changed, which text anywhere may refer to, and when all parts together are over a
// bound.
func (l *specifiedLive) put(from, to cursor, made []*part) (Change, bool) {
	was := l.parts.between(from, to)
	changed := func(what func(*part) []string) bool {
		return !slices.Equal(collect(was, what), collect(made, what))
	}
	if changed(func(p *part) []string { return p.defines }) {
		return Change{}, false
	}
	blocks := func(p *part) []Block { return p.blocks }
	headings := func(p *part) []Heading { return p.headings }
	c := Change{
		Ranges:    Ranges(collect(was, blocks), collect(made, blocks)),
		Headings:  !slices.EqualFunc(collect(was, headings), collect(made, headings), sameHeading),
		Languages: changed(func(p *part) []string { return p.languages }),
	}
	for i := range c.Ranges {
		c.Ranges[i].At += from.before.blocks
	}
	before := l.languages
	if c.Languages {
		before = l.Languages()
		l.languages = nil
	}
	l.parts.replace(from, to, made)
	if tooManyCells(l.parts.sum.cells, l.text.Len()) {
		return Change{}, false
	}
	c.Languages = c.Languages && !slices.Equal(before, l.Languages())
	return c, true
}

func collect[T any](parts []*part, what func(*part) []T) []T {
	var out []T
	for _, p := range parts {
		out = append(out, what(p)...)
	}
	return out
}

// Text implements followed.
func (l *specifiedLive) Text() *diag.Text { return l.text }

// Len implements followed.
func (l *specifiedLive) Len() int { return l.parts.sum.blocks }

// Balanced implements followed.
func (l *specifiedLive) Balanced() bool { return l.parts.sum.unbalanced == 0 }

// Blocks implements followed.
func (l *specifiedLive) Blocks(from, to int) []Block {
	from, to = max(from, 0), min(to, l.Len())
	if from >= to {
		return nil
	}
	c := l.parts.findBlock(from)
	skip := from - c.before.blocks
	var out []Block
	for ; len(out) < skip+to-from; c = l.parts.next(c) {
		out = l.parts.part(c).appendBlocks(out, c.before.bytes)
	}
	return out[skip : skip+to-from]
}

// Headings implements followed.
func (l *specifiedLive) Headings() []Heading {
	var out []Heading
	for c, p := range l.parts.all {
		out = p.appendHeadings(out, c.before.bytes)
	}
	return out
}

// Languages implements followed.
func (l *specifiedLive) Languages() []string {
	if l.languages == nil {
		l.languages = []string{}
		for _, p := range l.parts.all {
			l.languages = p.appendLanguages(l.languages)
		}
	}
	return l.languages
}
