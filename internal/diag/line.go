package diag

import "bytes"

// LineRange is the range of a text's line, counted from 1, without what ends it.
func LineRange(src []byte, n int) Range {
	start, end := NewIndex(src).Line(n), len(src)
	if i := bytes.IndexByte(src[start:], '\n'); i >= 0 {
		end = start + i
	}
	return Range{Start: start, End: end}
}
