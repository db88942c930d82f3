package kramdown

import (
	"slices"

	"galley/internal/diag"
)

// Live is a text that is edited, kept rendered: after any edits its blocks are
// those that Render makes of the text. An edit is rendered from the last place
// before it where parsing can begin to the first one behind it from which all
// is as it was.
//
// Definitions, footnotes' numbers, headings' ids and the table of contents
// reach further. Where an edit changes these, and where a document sets
// options or has other rare things in it, all of it is rendered anew.
//
// A Live is not safe for concurrent use.
type Live struct {
	text     *diag.Text
	options  Options
	parts    partList
	defined  defined
	ids      map[string]int // how often headings ask for each id
	notes    []Block        // at the end, one or none
	noteCode []string       // languages of code in notes
	toc      bool           // there is a table of contents
	whole    bool           // not followed in parts
	work     int            // spent on spans, all in all
	filled   int            // cells that rows of tables lacked

	languages []string // as they were last asked for; nil if they may differ
	full      int      // times that all was rendered
}

// Change says what an edit did to the blocks.
type Change struct {
	// Ranges are the blocks that gave way to others, ascending. Blocks outside
	// of these may have moved in the text, but look the same.
	Ranges []Range
	// Headings and Languages say whether these lists changed, apart from
	// where the headings stand.
	Headings, Languages bool
	// Full says that the whole text was rendered.
	Full bool
}

// Open renders a text that is going to be edited.
func Open(body []byte, o Options) *Live {
	l := &Live{text: diag.NewText(body), options: o}
	l.renderAll()
	return l
}

// Text is the text as it is now. It must be changed by Edit alone.
func (l *Live) Text() *diag.Text { return l.text }

// Len is how many blocks there are.
func (l *Live) Len() int { return l.parts.blocks + len(l.notes) }

// Balanced tells whether all blocks are.
func (l *Live) Balanced() bool {
	return l.parts.unbalanced == 0 && (len(l.notes) == 0 || l.notes[0].Balanced)
}

// Edit replaces the bytes from start to end of the text.
func (l *Live) Edit(start, end int, insert []byte) Change {
	size := l.text.Len()
	start = min(max(start, 0), size)
	end = min(max(end, start), size)
	if start == end && len(insert) == 0 {
		return Change{}
	}
	l.text.Edit(start, end, insert)
	if !l.whole {
		if c, ok := l.renderEdit(start, end, start+len(insert)); ok {
			return c
		}
	}
	return l.Refresh()
}

// Refresh renders all of the text anew, as when a lexer has come.
func (l *Live) Refresh() Change {
	was, headings, languages := l.Document(), l.Headings(), l.Languages()
	l.renderAll()
	blocks := l.Document().Blocks
	return Change{Ranges: Ranges(was.Blocks, blocks, sameBlock), Full: true,
		Headings: !slices.EqualFunc(headings, l.Headings(), sameHeading), Languages: !slices.Equal(languages, l.Languages())}
}

func sameHeading(a, b Heading) bool { return a.Level == b.Level && a.ID == b.ID && a.Text == b.Text }

// renderAll renders the whole text into new parts.
func (l *Live) renderAll() {
	l.full++
	body := l.text.Slice(0, l.text.Len())
	l.parts, l.defined, l.ids, l.notes, l.noteCode, l.languages = partList{}, defined{}, map[string]int{}, nil, nil, nil
	l.toc, l.whole, l.work, l.filled = false, false, 0, 0
	if made, ok := l.renderParts(string(body)); ok {
		l.parts.replace(cursor{}, cursor{}, made)
		return
	}
	l.defined, l.ids, l.notes, l.noteCode, l.toc, l.whole = defined{}, nil, nil, nil, false, true
	l.parts.replace(cursor{}, cursor{}, []*part{wholePart(Render(body, l.options), len(body))})
}

// budget is the least that spans may cost in a text, however its lines end.
func budget(size int) int { return workPerByte*(size/2) + minWork }

// renderParts renders a whole text in parts, as Render does it in one.
func (l *Live) renderParts(body string) ([]*part, bool) {
	source, offsets := normalize(body)
	p := newParser(source, l.options.Settings)
	p.ask = l.options.Ask
	if !p.options.inParts() {
		return nil, false
	}
	p.work = budget(len(body))
	before := p.work
	drafts, ok := p.drafts(true, true, func(int) bool { return false })
	if !ok {
		return nil, false
	}
	for i, d := range drafts {
		p.finishDraft(d, i == 0)
		p.countIDs(d, d.root, false)
	}
	for _, n := range p.noteOrder {
		p.finish(n.content)
		p.replaceAbbreviations(n.content, nil)
	}
	if p.work <= 0 || p.filled >= maxFill || p.changesItself {
		return nil, false
	}
	l.work, l.filled = before-p.work, p.filled
	w := &writer{p: p, highlight: l.options.Highlight, tocAt: -1, notesAt: -1, balanced: true,
		out: make([]byte, 0, len(source)+len(source)/2+64)}
	var pieces []piece
	used := map[string]int{}
	for _, d := range drafts {
		pieces = w.writeDraft(d, pieces, used)
		for _, u := range d.ids {
			l.ids[u.base] += u.count
		}
	}
	if len(pieces) == 1 && pieces[0].Start < 0 {
		pieces[0].Start = 0
	}
	if l.toc = w.tocList != nil; l.toc {
		for _, d := range drafts {
			for _, e := range d.toc {
				d.labels = append(d.labels, w.label(e))
			}
		}
	}
	count, headings, list, place := len(pieces), len(w.headings), w.tocList, w.notesAt
	w.languages = nil
	doc := w.assemble(pieces)
	if len(w.headings) != headings || w.tocList != list || w.notesAt != place {
		return nil, false // headings or lists in notes
	}
	for _, name := range w.languages {
		l.noteCode = append(l.noteCode, string([]byte(name)))
	}
	l.defined = p.defined()
	made := make([]*part, len(drafts))
	for i, d := range drafts {
		made[i] = d.part(doc.Blocks[d.pieces[0]:d.pieces[1]], offsets, len(body))
	}
	for _, b := range doc.Blocks[count:] {
		l.notes = append(l.notes, Block{HTML: slices.Clone(b.HTML), Balanced: b.Balanced})
	}
	return made, true
}

// renderEdit renders what an edit can have changed. The text before start and
// that behind oldEnd, which is now behind newEnd, are as they were.
func (l *Live) renderEdit(start, oldEnd, newEnd int) (Change, bool) {
	from := l.firstTouched(start)
	delta := newEnd - oldEnd
	for ahead := 3; ; ahead *= 8 {
		to := l.parts.find(oldEnd)
		for n := 0; n < ahead && !l.parts.end(to); n++ {
			to = l.parts.next(to)
		}
		last := l.parts.end(to)
		source := string(l.text.Slice(from.at, to.at+delta))
		c, done, ok := l.tryWindow(from, source, last, oldEnd, delta)
		if done || last {
			return c, ok
		}
	}
}

// firstTouched is the first part that an edit can change.
func (l *Live) firstTouched(start int) cursor {
	first := l.parts.find(start)
	c := first
	for range 4 {
		var ok bool
		if c, ok = l.parts.previous(c); !ok {
			break
		}
		if c.at+l.parts.part(c).reach > start {
			first = c
		}
	}
	at, block := 0, 0
	for n, p := range l.parts.pages {
		if n > first.page {
			break
		}
		if p.far > 0 {
			c := cursor{page: n, at: at, block: block}
			for i, s := range p.parts {
				if c.at >= first.at {
					return first
				}
				if s.far && c.at+s.reach > start {
					c.index = i
					return c
				}
				c.at += s.length
				c.block += len(s.blocks)
			}
		}
		at += p.length
		block += p.blocks
	}
	return first
}

// tryWindow renders the text from one part on until the parse meets an old
// part again. It is not done when the window is too small for that; not ok
// when only rendering all of the text will do.
func (l *Live) tryWindow(from cursor, body string, last bool, oldEnd, delta int) (c Change, done, ok bool) {
	source, offsets := normalize(body)
	p := newParser(source, l.options.Settings)
	p.ask = l.options.Ask
	p.work = budget(l.text.Len()) - l.work
	first := from.at == 0
	meets := from
	for !l.parts.end(meets) && meets.at < oldEnd {
		meets = l.parts.next(meets)
	}
	met := false
	drafts, parsed := p.drafts(first, last, func(end int) bool {
		at := from.at + offsets.original(end) - delta
		for !l.parts.end(meets) && meets.at < at {
			meets = l.parts.next(meets)
		}
		met = meets.at == at && at > 0 && !l.parts.end(meets) // a first part is not like others
		return met
	})
	if !parsed {
		return c, false, false
	}
	if !met {
		for !l.parts.end(meets) {
			meets = l.parts.next(meets)
		}
	}
	made, ok := l.window(p, drafts, offsets, first, len(body), l.parts.between(from, meets))
	if !ok {
		return c, true, false
	}
	return l.put(from, meets, made), true, true
}

// window renders drafts in place of old parts; it fails where they change
// what others depend on.
func (l *Live) window(p *parser, drafts []*draft, offsets removed, first bool, size int, was []*part) ([]*part, bool) {
	if !sameDefinitions(was, drafts) {
		return nil, false
	}
	p.use(l.defined)
	work, before, filled := 0, p.work, l.filled
	for i, d := range drafts {
		work += d.work
		p.finishDraft(d, first && i == 0)
		filled += d.filled
		p.countIDs(d, d.root, false)
		if d.olderIDs {
			return nil, false
		}
	}
	work += before - p.work
	if p.work <= 0 || p.changesItself {
		return nil, false
	}
	var refs []noteRef
	for _, s := range was {
		if s.placeholder || s.olderIDs {
			return nil, false
		}
		work -= s.work
		filled -= s.filled
		refs = append(refs, s.refs...)
	}
	used, ok := l.usedBefore(was, drafts)
	if !ok || l.work+work >= budget(l.text.Len()) || filled >= maxFill {
		return nil, false
	}
	w := &writer{p: p, highlight: l.options.Highlight, tocAt: -1, notesAt: -1, balanced: true}
	w.resumeNotes(refs)
	var pieces []piece
	if !first {
		pieces = append(pieces, piece{Block: Block{Start: endless}})
	}
	for _, d := range drafts {
		pieces = w.writeDraft(d, pieces, used)
		if l.toc {
			for _, e := range d.toc {
				d.labels = append(d.labels, w.label(e))
			}
		}
	}
	if len(pieces) == 1 && pieces[0].Start < 0 {
		pieces[0].Start = 0
	}
	if w.tocList != nil || w.notesAt >= 0 || w.ids != nil ||
		!slices.EqualFunc(refs, w.refs, func(a, b noteRef) bool { return a.name == b.name }) {
		return nil, false
	}
	if l.toc && !slices.Equal(collect(was, func(s *part) []string { return s.toc }), labels(drafts)) {
		return nil, false
	}
	l.work += work
	l.filled = filled
	made := make([]*part, len(drafts))
	for i, d := range drafts {
		blocks := make([]Block, 0, d.pieces[1]-d.pieces[0])
		for _, one := range pieces[d.pieces[0]:d.pieces[1]] {
			b := one.Block
			b.HTML = w.out[one.from:one.to]
			blocks = append(blocks, b)
		}
		made[i] = d.part(blocks, offsets, size)
	}
	return made, true
}

// put replaces parts and says what that changed.
func (l *Live) put(from, to cursor, made []*part) Change {
	was := l.parts.between(from, to)
	old, is := blocksOf(was), blocksOf(made)
	c := Change{Ranges: Ranges(old, is, sameBlock)}
	for i := range c.Ranges {
		c.Ranges[i].At += from.block
	}
	c.Headings = !slices.EqualFunc(collect(was, headingsOf), collect(made, headingsOf), sameHeading)
	c.Languages = !slices.Equal(collect(was, languagesOf), collect(made, languagesOf))
	if !c.Languages {
		l.parts.replace(from, to, made)
		return c
	}
	before := l.Languages()
	l.languages = nil
	l.parts.replace(from, to, made)
	c.Languages = !slices.Equal(before, l.Languages())
	return c
}

func headingsOf(s *part) []Heading { return s.headings }
func languagesOf(s *part) []string { return s.languages }

func collect[T any](parts []*part, what func(*part) []T) []T {
	var out []T
	for _, s := range parts {
		out = append(out, what(s)...)
	}
	return out
}

func labels(drafts []*draft) []string {
	var out []string
	for _, d := range drafts {
		out = append(out, d.labels...)
	}
	return out
}
