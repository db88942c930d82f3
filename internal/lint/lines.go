package lint

import (
	"bytes"
	"iter"

	"galley/internal/diag"
	"galley/internal/post"
)

// line is a line of a post's body.
type line struct {
	start int    // byte offset in the file
	text  []byte // without its line ending
}

// indent is how many bytes of white space begin the line.
func (l line) indent() int { return len(l.text) - len(bytes.TrimLeft(l.text, " \t")) }

// content is the line without white space around it.
func (l line) content() []byte { return bytes.TrimSpace(l.text) }

// at is the range of some bytes of the line.
func (l line) at(from, to int) diag.Range {
	return diag.Range{Start: l.start + from, End: l.start + to}
}

// whole is the range of the line's content.
func (l line) whole() diag.Range {
	return l.at(l.indent(), l.indent()+len(l.content()))
}

// prose goes through the lines of a post's body that are not fenced code.
func prose(p post.Post) iter.Seq[line] {
	return func(yield func(line) bool) {
		for l, code := range lines(p) {
			if !code && !yield(l) {
				return
			}
		}
	}
}

// lines goes through the lines of a post's body, and tells of each whether it is
// fenced code or a fence.
func lines(p post.Post) iter.Seq2[line, bool] {
	return func(yield func(line, bool) bool) {
		var fence []byte
		start := p.Body
		for raw := range bytes.Lines(p.BodyText()) {
			l := line{start, bytes.TrimRight(raw, "\r\n")}
			start += len(raw)
			mark := fenceMark(l.content())
			code := fence != nil || mark != nil
			switch {
			case fence == nil:
				fence = mark
			case bytes.HasPrefix(mark, fence) && len(mark) == len(l.content()):
				fence = nil
			}
			if !yield(l, code) {
				return
			}
		}
	}
}

// fenceMark is the run of backticks or tildes that begins a fence.
func fenceMark(content []byte) []byte {
	for _, c := range []string{"`", "~"} {
		if n := len(content) - len(bytes.TrimLeft(content, c)); n >= 3 {
			return content[:n]
		}
	}
	return nil
}
