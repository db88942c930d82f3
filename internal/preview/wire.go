package preview

import (
	"encoding/binary"
	"errors"
)

// wireEdit is the first byte of an edit that is not JSON. No JSON begins so.
const wireEdit = 1

var errCutOff = errors.New("the editor sent an edit that is cut off; reload the page")

// decodeEdit reads an edit as the worker sends it: a byte, then numbers of four
// bytes, the low ones first: the edit's number, how many changes there are, and
// for each where it begins and ends in the text and how many bytes it inserts;
// then all that is inserted, in UTF-8. Reading JSON takes longer than to render
// a letter.
func decodeEdit(data []byte) (seq int, changes []Change, err error) {
	numbers := data[1:]
	next := func() int {
		if len(numbers) < 4 {
			err = errCutOff
			return 0
		}
		n := binary.LittleEndian.Uint32(numbers)
		numbers = numbers[4:]
		return int(n)
	}
	seq, count := next(), next()
	if err != nil || count > len(numbers)/12 {
		return 0, nil, errCutOff
	}
	changes = make([]Change, count)
	text := numbers[12*count:]
	for i := range changes {
		from, to, size := next(), next(), next()
		if size < 0 || size > len(text) {
			return 0, nil, errCutOff
		}
		changes[i] = Change{Span{from, to}, string(text[:size])}
		text = text[size:]
	}
	return seq, changes, nil
}
