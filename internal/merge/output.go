package merge

import "strings"

// place is where a piece is.
type place struct {
	matter bool
	where  []string
}

// output gathers the result.
type output struct {
	ending string // what ends a line that gets an end only now
	b      strings.Builder
	pieces []Piece
}

// take appends lines.
func (o *output) take(list []line) {
	for _, l := range list {
		o.endLine()
		o.b.WriteString(l.text)
		o.b.WriteString(l.end)
	}
}

// endLine ends the last line, where it was the end of a file till now.
func (o *output) endLine() {
	if s := o.b.String(); s != "" && !strings.HasSuffix(s, "\n") {
		o.b.WriteString(o.ending)
	}
}

// part sets what comes now off by a blank line.
func (o *output) part() {
	if !endsBlank(o.b.String()) {
		o.endLine()
		o.b.WriteString(o.ending)
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

// piece appends lines that are a piece of the result.
func (o *output) piece(at place, kind Kind, text, base, mine, theirs []line) {
	if len(text) > 0 {
		o.endLine()
	}
	p := Piece{Kind: kind, Start: o.b.Len(), Matter: at.matter, Where: at.where, Base: join(base), Mine: join(mine), Theirs: join(theirs)}
	o.take(text)
	p.End = o.b.Len()
	o.pieces = append(o.pieces, p)
}

func (o *output) result() Result { return Result{Text: []byte(o.b.String()), Pieces: o.pieces} }
