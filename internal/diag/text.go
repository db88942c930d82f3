package diag

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// Text is a text that is edited in place. An edit costs what it changes, not
// what the text has: the text is kept in chunks, each with its length in bytes
// and in UTF-16 units. The zero value is an empty text.
//
// Offsets outside the text are moved to its ends.
type Text struct {
	chunks       []chunk
	bytes, units int
}

// chunk is a part of a text. It begins at a character.
type chunk struct {
	b     []byte
	units int
}

// chunkSize is how long chunks are made; they grow to twice that.
const chunkSize = 1024 // bytes

// NewText copies b into a text.
func NewText(b []byte) *Text {
	t := &Text{chunks: cutChunks(nil, bytes.Clone(b))}
	for _, c := range t.chunks {
		t.bytes += len(c.b)
		t.units += c.units
	}
	return t
}

// cutChunks cuts b into chunks, each with its own memory.
func cutChunks(to []chunk, b []byte) []chunk {
	for len(b) > 0 {
		n := len(b)
		if n > 2*chunkSize {
			n = chunkSize
			for n < len(b) && !utf8.RuneStart(b[n]) {
				n++
			}
		}
		part := append(make([]byte, 0, n+n/8), b[:n]...)
		to = append(to, chunk{part, countUnits(part)})
		b = b[n:]
	}
	return to
}

func countUnits(b []byte) int {
	units := 0
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			units++
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		units += width(r)
		b = b[n:]
	}
	return units
}

// Len is the text's length in bytes.
func (t *Text) Len() int { return t.bytes }

// Units is the text's length in UTF-16 units.
func (t *Text) Units() int { return t.units }

// find gives the chunk that a byte is in and where that chunk begins. The end
// of the text is in its last chunk.
func (t *Text) find(offset int) (n, start int) {
	for n = 0; n < len(t.chunks)-1 && start+len(t.chunks[n].b) <= offset; n++ {
		start += len(t.chunks[n].b)
	}
	return n, start
}

// Edit replaces the bytes from start to end.
func (t *Text) Edit(start, end int, insert []byte) {
	start = min(max(start, 0), t.bytes)
	end = min(max(end, start), t.bytes)
	if len(t.chunks) == 0 {
		*t = *NewText(insert)
		return
	}
	first, at := t.find(start)
	last, lastAt := first, at
	for last < len(t.chunks)-1 && lastAt+len(t.chunks[last].b) < end {
		lastAt += len(t.chunks[last].b)
		last++
	}
	head, tail := t.chunks[first].b[:start-at], t.chunks[last].b[end-lastAt:]
	joined := make([]byte, 0, len(head)+len(insert)+len(tail))
	joined = append(append(append(joined, head...), insert...), tail...)
	// A chunk begins at a character, and is not so small that there are many.
	if first > 0 && (len(joined) < chunkSize/4 || !utf8.RuneStart(joined[0])) {
		first--
		joined = append(bytes.Clone(t.chunks[first].b), joined...)
	}
	if last < len(t.chunks)-1 && len(joined) < chunkSize/4 {
		last++
		joined = append(joined, t.chunks[last].b...)
	}
	for _, c := range t.chunks[first : last+1] {
		t.bytes -= len(c.b)
		t.units -= c.units
	}
	var space [4]chunk
	made := cutChunks(space[:0], joined)
	for _, c := range made {
		t.bytes += len(c.b)
		t.units += c.units
	}
	t.chunks = slices.Replace(t.chunks, first, last+1, made...)
}

// Append appends the bytes from start to end to b.
func (t *Text) Append(b []byte, start, end int) []byte {
	start = min(max(start, 0), t.bytes)
	end = min(max(end, start), t.bytes)
	b = slices.Grow(b, end-start)
	for n, at := t.find(start); start < end; n++ {
		c := t.chunks[n].b
		upTo := min(end-at, len(c))
		b = append(b, c[start-at:upTo]...)
		at += len(c)
		start = at
	}
	return b
}

// Slice copies the bytes from start to end.
func (t *Text) Slice(start, end int) []byte { return t.Append(nil, start, end) }

// UTF16 converts a byte offset to a UTF-16 offset; one inside a character is
// moved to its start.
func (t *Text) UTF16(offset int) int {
	offset = min(max(offset, 0), t.bytes)
	units, at := 0, 0
	for _, c := range t.chunks {
		if at+len(c.b) < offset {
			at += len(c.b)
			units += c.units
			continue
		}
		if c.units == len(c.b) {
			return units + offset - at
		}
		for i := 0; i < len(c.b); {
			r, n := utf8.DecodeRune(c.b[i:])
			if at+i+n > offset {
				break
			}
			i += n
			units += width(r)
		}
		break
	}
	return units
}

// Byte converts a UTF-16 offset to a byte offset; one between two surrogates
// is moved to before them.
func (t *Text) Byte(unit int) int {
	unit = min(max(unit, 0), t.units)
	units, at := 0, 0
	for _, c := range t.chunks {
		if units+c.units < unit {
			at += len(c.b)
			units += c.units
			continue
		}
		if c.units == len(c.b) {
			return at + unit - units
		}
		for i := 0; i < len(c.b); {
			r, n := utf8.DecodeRune(c.b[i:])
			if units+width(r) > unit {
				return at + i
			}
			i += n
			units += width(r)
		}
		return at + len(c.b)
	}
	return at
}
