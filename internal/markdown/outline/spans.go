package outline

import (
	"slices"
	"sort"
	"strings"

	"galley/internal/diag"
)

// work is how many bytes may still be looked at by spans that turn out to be
// none; without any left, what remains is text.
type work struct{ left int }

// text reads the spans of a block.
type text struct {
	s     string // its lines, joined by line breaks
	lines []int  // where they begin in s
	at    []int  // and in the source
	out   []byte
	block *Block
	ids   map[string]string
	work  *work
	none  map[string]int // what does not follow, from where on
	opens []bracket
}

// bracket is one that may begin a link.
type bracket struct {
	at      int // in s
	out     int // in the block's text
	picture bool
	spans   int // how many spans there were
}

// read fills in a block's text and spans.
func (b *Block) read(source string, lines []diag.Range, ids map[string]string, w *work) {
	switch b.Kind {
	case Code, HTML, Template, Rule, Definition:
		return
	}
	t := text{block: b, ids: ids, work: w}
	if len(lines) == 1 {
		t.s, t.lines, t.at = source[lines[0].Start:lines[0].End], []int{0}, []int{lines[0].Start}
	} else {
		var joined strings.Builder
		for i, l := range lines {
			if i > 0 {
				joined.WriteByte('\n')
			}
			t.lines, t.at = append(t.lines, joined.Len()), append(t.at, l.Start)
			joined.WriteString(source[l.Start:l.End])
		}
		t.s = joined.String()
	}
	t.spans()
	b.Text = string(t.out)
	sort.SliceStable(b.Spans, func(i, j int) bool { return b.Spans[i].Range.Start < b.Spans[j].Range.Start })
}

// source is where a byte of the text stands.
func (t *text) source(i int) int {
	n := sort.SearchInts(t.lines, i+1) - 1
	return t.at[n] + i - t.lines[n]
}

// of is where a part of the text stands.
func (t *text) of(from, to int) diag.Range {
	if to <= from {
		at := t.source(from)
		return diag.Range{Start: at, End: at}
	}
	return diag.Range{Start: t.source(from), End: t.source(to-1) + 1}
}

// show adds a part of the text to what is read.
func (t *text) show(from, to int) {
	for from < to {
		end := to
		if n := sort.SearchInts(t.lines, from+1); n < len(t.lines) && t.lines[n] < to {
			end = t.lines[n]
		}
		t.piece(from, end)
		t.out = append(t.out, t.s[from:end]...)
		from = end
	}
}

// hide adds as many hidden bytes.
func (t *text) hide(from, to int) {
	t.piece(from, to)
	for i := from; i < to; i++ {
		t.out = append(t.out, Hidden)
	}
}

func (t *text) piece(from, to int) {
	p := piece{len(t.out), t.source(from), to - from}
	if all := t.block.pieces; len(all) > 0 {
		if last := &all[len(all)-1]; last.text+last.length == p.text && last.source+last.length == p.source {
			last.length += p.length
			return
		}
	}
	t.block.pieces = append(t.block.pieces, p)
}

// special are the bytes at which something other than text can begin.
const special = "\\`<[]!{$*_~h"

func (t *text) spans() {
	i := 0
	for i < len(t.s) {
		n := strings.IndexAny(t.s[i:], special)
		if n < 0 {
			break
		}
		t.show(i, i+n)
		i += n
		if end := t.span(i); end > i {
			i = end
			continue
		}
		t.show(i, i+1)
		i++
	}
	t.show(i, len(t.s))
}

// span reads what begins at a place, and tells where it ends; 0 for text.
func (t *text) span(i int) int {
	switch t.s[i] {
	case '\\':
		if c := byteAt(t.s, i+1); c > ' ' && c < 0x7f && !isLetter(c) && (c < '0' || c > '9') {
			t.show(i+1, i+2)
			return i + 2
		}
	case '`':
		n := run(t.s[i:], '`')
		end := t.find(t.s[i:i+n], i+n)
		if end < 0 {
			t.show(i, i+n)
			return i + n
		}
		for byteAt(t.s, end+n) == '`' {
			end++
		}
		t.code(i, i+n, end, end+n)
		return end + n
	case '<':
		return t.angle(i)
	case '!':
		if byteAt(t.s, i+1) == '[' {
			t.opens = append(t.opens, bracket{i, len(t.out), true, len(t.block.Spans)})
			t.show(i, i+2)
			return i + 2
		}
	case '[':
		if byteAt(t.s, i+1) == '^' {
			if n := strings.IndexByte(t.s[i:min(len(t.s), i+100)], ']'); n > 0 {
				return i + n + 1
			}
		}
		t.opens = append(t.opens, bracket{i, len(t.out), false, len(t.block.Spans)})
	case ']':
		return t.closes(i)
	case '{':
		switch byteAt(t.s, i+1) {
		case '%':
			return t.hidden(i, "%}")
		case '{':
			return t.hidden(i, "}}")
		case ':':
			if end := t.find("}", i); end > 0 {
				return end + 1
			}
		}
	case '$':
		if byteAt(t.s, i+1) == '$' {
			return t.hidden(i, "$$")
		}
	case '*', '~':
		c := t.s[i]
		n := run(t.s[i:], c)
		if c == '~' && n != 2 || n > 3 || isBlank(byteAt(t.s, i-1)) && isBlank(byteAt(t.s, i+n)) {
			t.show(i, i+n)
		}
		return i + n
	case '_':
		n := run(t.s[i:], '_')
		if inside(byteAt(t.s, i-1)) == inside(byteAt(t.s, i+n)) {
			t.show(i, i+n)
		}
		return i + n
	case 'h':
		return t.bare(i)
	}
	return 0
}

func isBlank(c byte) bool { return c == 0 || c == ' ' || c == '\n' || c == '\t' }

// inside tells whether a byte is part of a word, or of what stands for one.
func inside(c byte) bool {
	return c >= 0x80 || isLetter(c) || c >= '0' && c <= '9' || c == '`'
}

// find finds what at a place or behind it, or -1. What was not found once is not
// looked for again.
func (t *text) find(what string, from int) int {
	if at, ok := t.none[what]; ok && from >= at {
		return -1
	}
	n := strings.Index(t.s[min(from, len(t.s)):], what)
	if n >= 0 {
		return from + n
	}
	if t.none == nil {
		t.none = map[string]int{}
	}
	t.none[what] = from
	return -1
}

func (t *text) hidden(i int, closing string) int {
	end := t.find(closing, i+2)
	if end < 0 {
		return 0
	}
	t.hide(i, end+len(closing))
	return end + len(closing)
}

// code adds code between from and to, which ends are around.
func (t *text) code(i, from, to, end int) {
	at := len(t.out)
	t.hide(from, to)
	t.block.Spans = append(t.block.Spans, Span{Kind: Inline, Range: t.of(i, end), Text: t.of(from, to), Address: t.of(to, to), Reads: [2]int{at, len(t.out)}})
}

// angle reads what begins with <: an address, a comment, a tag.
func (t *text) angle(i int) int {
	if strings.HasPrefix(t.s[i:], "<!--") {
		if end := t.find("-->", i); end > 0 {
			return end + 3
		}
		return 0
	}
	end := t.find(">", i)
	name := tagName(t.s[i:min(len(t.s), i+20)])
	if end < 0 || name == "" {
		return 0
	}
	if inner := t.s[i+1 : end]; strings.HasPrefix(inner, "http://") || strings.HasPrefix(inner, "https://") || strings.HasPrefix(inner, "mailto:") {
		if strings.ContainsAny(inner, " \n\t<") {
			return 0
		}
		at := len(t.out)
		t.hide(i+1, end)
		t.block.Spans = append(t.block.Spans, Span{Kind: Bare, Range: t.of(i, end+1), Text: t.of(i+1, end), Address: t.of(i+1, end), To: inner, Reads: [2]int{at, len(t.out)}})
		return end + 1
	} else if strings.IndexByte(inner, '@') > 0 && !strings.ContainsAny(inner, " \n\"'=") {
		t.hide(i+1, end) // a mail address
		return end + 1
	}
	if (name == "code" || name == "kbd" || name == "samp" || name == "pre") && t.s[i+1] != '/' {
		if closing := t.find("</"+name, end); closing > 0 {
			if after := t.find(">", closing); after > 0 {
				t.code(i, end+1, closing, after+1)
				return after + 1
			}
		}
	}
	t.block.Spans = append(t.block.Spans, Span{Kind: Tag, Range: t.of(i, end+1), Text: t.of(i+1, end), Address: t.of(end, end), Reads: [2]int{len(t.out), len(t.out)}})
	return end + 1
}

// bare reads an address that stands in the text as it is.
func (t *text) bare(i int) int {
	rest := t.s[i:]
	if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") || inside(byteAt(t.s, i-1)) {
		return 0
	}
	n := strings.IndexAny(rest, " \t\n<>\"`")
	if n < 0 {
		n = len(rest)
	}
	n = closing(rest[:n])
	address := strings.TrimRight(rest[:n], ".,;:!?*_'")
	if len(address) <= len("https://") {
		return 0
	}
	at := len(t.out)
	t.hide(i, i+len(address))
	where := t.of(i, i+len(address))
	t.block.Spans = append(t.block.Spans, Span{Kind: Bare, Range: where, Text: where, Address: where, To: address, Reads: [2]int{at, len(t.out)}})
	return i + len(address)
}

// closing is where a bracket closes that the text did not open, or its length.
func closing(s string) int {
	round, square := 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(':
			round++
		case ')':
			round--
		case '[':
			square++
		case ']':
			square--
		}
		if round < 0 || square < 0 {
			return i
		}
	}
	return len(s)
}

// closes reads the bracket that may end a link's text, and what follows it.
func (t *text) closes(i int) int {
	if len(t.opens) == 0 {
		return 0
	}
	open := t.opens[len(t.opens)-1]
	t.opens = t.opens[:len(t.opens)-1]
	from := open.at + 1
	if open.picture {
		from++
	}
	address, end, to, ok := t.target(i+1, t.s[from:i])
	if !ok {
		return 0
	}
	k := Link
	if open.picture {
		k = Picture
	}
	t.unmark(open)
	t.block.Spans = append(t.block.Spans, Span{Kind: k, Range: t.of(open.at, end), Text: t.of(from, i), Address: t.of(address[0], address[1]), To: to, Reads: [2]int{open.out, len(t.out)}})
	if k == Link { // links do not nest
		for n := range t.opens {
			if !t.opens[n].picture {
				t.opens = t.opens[:n]
				break
			}
		}
	}
	return end
}

// unmark takes the sign of a link's beginning out of what is read: all behind it
// moves up.
func (t *text) unmark(open bracket) {
	n := 1
	if open.picture {
		n = 2
	}
	if t.work.left -= len(t.out) - open.out; t.work.left < 0 {
		return
	}
	t.out = slices.Delete(t.out, open.out, open.out+n)
	all := t.block.pieces
	first := sort.Search(len(all), func(i int) bool { return all[i].text+all[i].length > open.out })
	p := all[first]
	for i := first + 1; i < len(all); i++ {
		all[i].text -= n
	}
	var left []piece
	if before := open.out - p.text; before > 0 {
		left = append(left, piece{p.text, p.source, before})
	}
	if behind := p.length - (open.out - p.text) - n; behind > 0 {
		left = append(left, piece{open.out, p.source + p.length - behind, behind})
	}
	t.block.pieces = slices.Replace(all, first, first+1, left...)
	for i := open.spans; i < len(t.block.Spans); i++ {
		t.block.Spans[i].Reads[0] -= n
		t.block.Spans[i].Reads[1] -= n
	}
}

// target reads a link's address at a place behind its text.
func (t *text) target(i int, label string) (address [2]int, end int, to string, ok bool) {
	switch byteAt(t.s, i) {
	case '(':
		return t.address(i)
	case '[':
		if n := strings.IndexByte(t.s[i:min(len(t.s), i+1000)], ']'); n > 0 {
			if id := t.s[i+1 : i+n]; id != "" {
				label = id
			}
			end = i + n + 1
		}
	}
	if len(t.ids) == 0 || len(label) > 1000 {
		return address, 0, "", false
	}
	if to, ok = t.ids[fold(label)]; ok {
		end = max(end, i)
		return [2]int{i, i}, end, to, true
	}
	return address, 0, "", false
}

// address reads (address "title").
func (t *text) address(open int) (address [2]int, end int, to string, ok bool) {
	depth, title := 0, -1
	i := open
	for ; i < len(t.s); i++ {
		t.work.left--
		if t.work.left < 0 {
			return address, 0, "", false
		}
		switch c := t.s[i]; c {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			depth--
		case '"', '\'':
			if title < 0 && isBlank(t.s[i-1]) {
				title = i
				n := strings.IndexByte(t.s[i+1:], c)
				if n < 0 {
					return address, 0, "", false
				}
				t.work.left -= n
				i += n + 1
			}
		}
		if depth == 0 {
			break
		}
	}
	if depth != 0 || i >= len(t.s) {
		return address, 0, "", false
	}
	from, upTo := open+1, i
	if title > 0 {
		upTo = title
	}
	for from < upTo && isBlank(t.s[from]) {
		from++
	}
	for upTo > from && isBlank(t.s[upTo-1]) {
		upTo--
	}
	if upTo-from >= 2 && t.s[from] == '<' && t.s[upTo-1] == '>' {
		from, upTo = from+1, upTo-1
	}
	return [2]int{from, upTo}, i + 1, t.s[from:upTo], true
}
