package merge

import "strings"

// place is where a piece is.
type place struct {
	matter bool
	where  []string
}

// part is a stretch of the result, and what the three texts have there.
type part struct {
	kind               Kind // "" for what is not shown: all have it, or both sides made it
	at                 place
	apart              bool // a blank line belongs above it
	text               []line
	base, mine, theirs []line
	order              bool // see Piece.Order
}

// changed tells whether the three have not the same there.
func (p part) changed() bool {
	return p.kind != "" || !same(p.base, p.mine) || !same(p.base, p.theirs)
}

// output gathers the result.
type output struct {
	parts []part
	apart bool // a blank line belongs above the next part
}

// take appends lines that are in no question.
func (o *output) take(text, base, mine, theirs []line) {
	o.add(part{text: text, base: base, mine: mine, theirs: theirs})
}

// part sets what comes now off by a blank line.
func (o *output) part() { o.apart = true }

// piece appends lines that are a piece of the result.
func (o *output) piece(at place, kind Kind, text, base, mine, theirs []line) {
	o.add(part{kind: kind, at: at, text: text, base: base, mine: mine, theirs: theirs})
}

func (o *output) add(p part) {
	p.apart, o.apart = o.apart, false
	o.parts = append(o.parts, p)
}

// trim takes blank lines off the end, that were above something once.
func (o *output) trim() {
	for i := len(o.parts) - 1; i >= 0; i-- {
		p := &o.parts[i]
		if p.kind == Collision || p.kind != "" && len(p.text) > 0 {
			return
		}
		if p.text, _ = body(p.text); len(p.text) > 0 {
			return
		}
	}
}

// result writes the result. The ending is what ends a line that gets an end
// only now.
func (o *output) result(ending string) Result {
	var b strings.Builder
	var pieces []Piece
	endLine := func() {
		if s := b.String(); s == "" || strings.HasSuffix(s, "\n") {
			return
		}
		if n := len(pieces); n > 0 && pieces[n-1].End == b.Len() && pieces[n-1].Start < b.Len() {
			pieces[n-1].End += len(ending)
		}
		b.WriteString(ending)
	}
	for _, p := range o.parts {
		if p.apart && !endsBlank(b.String()) {
			endLine()
			b.WriteString(ending)
		}
		// What is chosen for a collision begins a line too.
		if len(p.text) > 0 || p.kind == Collision {
			endLine()
		}
		start := b.Len()
		for _, l := range p.text {
			endLine()
			b.WriteString(l.text)
			b.WriteString(l.end)
		}
		if p.kind != "" {
			pieces = append(pieces, Piece{
				Kind: p.kind, Start: start, End: b.Len(), Matter: p.at.matter, Where: p.at.where,
				Base: join(p.base), Mine: join(p.mine), Theirs: join(p.theirs), Order: p.order,
			})
		}
	}
	endPieces(pieces, b.Len(), ending)
	return Result{Text: []byte(b.String()), Pieces: pieces}
}

// endPieces ends the last lines of what may be chosen, where something can
// follow, so that nothing is glued to it.
func endPieces(pieces []Piece, size int, ending string) {
	follows := false
	for i := len(pieces) - 1; i >= 0; i-- {
		p := &pieces[i]
		if follows = follows || p.End < size; follows {
			for _, s := range []*string{&p.Base, &p.Mine, &p.Theirs} {
				if *s != "" && !strings.HasSuffix(*s, "\n") {
					*s += ending
				}
			}
		}
		follows = follows || p.End > p.Start || p.Kind == Collision
	}
}

// endsBlank tells whether a text's last line is blank, and has its end, or
// there is no text.
func endsBlank(s string) bool {
	if s == "" {
		return true
	}
	rest, ok := strings.CutSuffix(s, "\n")
	return ok && strings.TrimSpace(rest[strings.LastIndexByte(rest, '\n')+1:]) == ""
}
