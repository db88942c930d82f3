package diag

import (
	"sort"
	"unicode/utf8"
)

// Index converts between byte offsets, UTF-16 offsets and line and column in
// one text. Making it costs one pass over the text; each question costs a
// binary search and some hundred bytes, however long the line is.
//
// A byte that is not part of valid UTF-8 counts as one UTF-16 unit, as the
// browser's decoder replaces each with U+FFFD.
type Index struct {
	src   []byte
	lines []place // where each begins
	marks []place // the same, and places within long ones
}

// place is one in the text, in both countings.
type place struct{ byte, unit int }

// within is how far marks are from each other within a line, in bytes.
const within = 256

// NewIndex indexes src, which must not change afterwards. Lines end at "\n".
func NewIndex(src []byte) *Index {
	x := &Index{src: src, lines: []place{{}}, marks: []place{{}}}
	unit, next := 0, within
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		i += n
		unit += width(r)
		if r == '\n' {
			x.lines = append(x.lines, place{i, unit})
		}
		if r == '\n' || i >= next {
			x.marks = append(x.marks, place{i, unit})
			next = i + within
		}
	}
	return x
}

// width is how many UTF-16 units a rune takes.
func width(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

// UTF16 converts a byte offset to a UTF-16 offset. Offsets outside the text
// are moved to its ends, and one inside a character to its start.
func (x *Index) UTF16(offset int) int {
	offset = min(max(offset, 0), len(x.src))
	l := x.marks[sort.Search(len(x.marks), func(i int) bool { return x.marks[i].byte > offset })-1]
	unit := l.unit
	for i := l.byte; i < offset; {
		r, n := utf8.DecodeRune(x.src[i:])
		if i+n > offset {
			break
		}
		i += n
		unit += width(r)
	}
	return unit
}

// Byte converts a UTF-16 offset to a byte offset. Offsets outside the text are
// moved to its ends, and one between two surrogates to before them.
func (x *Index) Byte(unit int) int {
	unit = max(unit, 0)
	l := x.marks[sort.Search(len(x.marks), func(i int) bool { return x.marks[i].unit > unit })-1]
	at := l.unit
	for i := l.byte; i < len(x.src); {
		r, n := utf8.DecodeRune(x.src[i:])
		if at+width(r) > unit {
			return i
		}
		i += n
		at += width(r)
	}
	return len(x.src)
}

// Position converts a byte offset to a line and column.
func (x *Index) Position(offset int) Position {
	offset = min(max(offset, 0), len(x.src))
	n := sort.Search(len(x.lines), func(i int) bool { return x.lines[i].byte > offset })
	return Position{Line: n, Column: x.UTF16(offset) - x.lines[n-1].unit + 1}
}

// Line gives the byte offset at which a line, counted from 1, starts. A line
// after the last gives the text's end.
func (x *Index) Line(n int) int {
	switch {
	case n < 1:
		return 0
	case n > len(x.lines):
		return len(x.src)
	}
	return x.lines[n-1].byte
}
