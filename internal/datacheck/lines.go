package datacheck

import (
	"bytes"
	"unicode/utf8"

	"galley/internal/diag"
)

// lines is a text by its lines, which are counted from 1.
type lines struct {
	src    []byte
	starts []int
}

// yamlEnds are what YAML ends lines with, and of which two only stand for one.
var yamlEnds = []string{"\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"}

// tableEnds are what ends the lines of a table, where the first line ends so.
func tableEnds(src []byte) []string {
	if i := bytes.IndexAny(src, "\r\n"); i >= 0 && src[i] == '\r' && !bytes.HasPrefix(src[i:], []byte("\r\n")) {
		return []string{"\r"}
	}
	return []string{"\n"}
}

// newLines divides a text where one of ends stands, the first that does.
func newLines(src []byte, ends []string) lines {
	l := lines{src: src, starts: []int{0}}
	if bytes.HasPrefix(src, []byte("\ufeff")) {
		l.starts[0] = len("\ufeff")
	}
	for i := 0; i < len(src); {
		n := 0
		for _, end := range ends {
			if src[i] == end[0] && bytes.HasPrefix(src[i:], []byte(end)) {
				n = len(end)
				break
			}
		}
		if n > 0 {
			l.starts = append(l.starts, i+n)
		}
		i += max(n, 1)
	}
	return l
}

// line is a line without its end, and where it begins; the nearest one where there is
// none of that number.
func (l lines) line(n int) (text string, start int) {
	written, start := l.written(n)
	return string(written), start
}

// written is line, within the text's own bytes: one line may be all of it.
func (l lines) written(n int) (text []byte, start int) {
	n = min(max(n, 1), len(l.starts))
	start, end := l.starts[n-1], len(l.src)
	if n < len(l.starts) {
		end = l.starts[n]
	}
	return bytes.TrimRight(l.src[start:end], "\r\n\u0085\u2028\u2029"), start
}

// within is what stands in a line, without the white space around it.
func (l lines) within(n int) diag.Range {
	text, start := l.written(n)
	end := len(bytes.TrimRight(text, " \t"))
	return diag.Range{Start: start + end - len(bytes.TrimLeft(text[:end], " \t")), End: start + end}
}

// offset is where a column of a line is; columns count characters from 1.
func (l lines) offset(n, column int) int {
	text, start := l.written(n)
	at := 0
	for at < len(text) && column > 1 {
		size := 1
		if text[at] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(text[at:])
		}
		at += size
		column--
	}
	return start + at
}

// endsAt tells that nothing stands in the text from an offset on.
func (l lines) endsAt(offset int) bool {
	return len(bytes.TrimSpace(l.src[min(offset, len(l.src)):])) == 0
}
