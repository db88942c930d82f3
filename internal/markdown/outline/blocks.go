package outline

import (
	"strings"

	"galley/internal/diag"
)

// reader takes a body apart into blocks, a line at a time.
type reader struct {
	s      string
	out    []rough
	ids    map[string]string // addresses of links by their ids
	items  []int             // the columns of text of the items that are open
	blank  bool              // whether the line before was
	quoted bool
	open   bool            // whether the last block goes on with the next line of text
	none   map[string]bool // ends of blocks that do not follow
}

// rough is a block with the lines of its text, without what stands around them.
type rough struct {
	block Block
	lines []diag.Range
}

// line is a line of the body behind the signs of quotations.
type line struct {
	start, from, end int // of the line, of its text, of the line without its ending
	column           int // of the text, behind the signs of quotations
	quoted           bool
}

func (r *reader) blocks(body int) {
	r.blank = true
	for at := body; at < len(r.s); {
		l, next := r.line(at)
		switch {
		case l.from == l.end:
			r.blank, r.open = true, false
			if l.quoted != r.quoted {
				r.items = r.items[:0]
			}
			at = next
			continue
		case l.quoted != r.quoted && !(r.quoted && r.open):
			r.items, r.open = r.items[:0], false
		}
		at = r.block(l, next)
		r.blank, r.quoted = false, l.quoted
	}
}

// line reads the line at a place, and tells where the next one begins.
func (r *reader) line(at int) (line, int) {
	l := line{start: at, from: at}
	next := len(r.s)
	l.end = next
	if n := strings.IndexByte(r.s[at:], '\n'); n >= 0 {
		l.end, next = at+n, at+n+1
	}
	for l.end > at && (r.s[l.end-1] == '\r' || r.s[l.end-1] == ' ' || r.s[l.end-1] == '\t') {
		l.end--
	}
	for l.from < l.end {
		switch r.s[l.from] {
		case ' ':
			l.column++
		case '\t':
			l.column += 4 - l.column%4
		case '>':
			if l.column > 3 && !l.quoted && len(r.items) == 0 {
				return l, next
			}
			l.quoted, l.column = true, -1
			if l.from+1 < l.end && r.s[l.from+1] != ' ' {
				l.column = 0
			}
		default:
			return l, next
		}
		l.from++
	}
	return l, next
}

// block reads what begins with a line of text, and gives the place behind it.
func (r *reader) block(l line, next int) int {
	text := r.s[l.from:l.end]
	if r.blank {
		for len(r.items) > 0 && l.column < r.items[len(r.items)-1] {
			r.items = r.items[:len(r.items)-1]
		}
	}
	base := 0
	if len(r.items) > 0 {
		base = r.items[len(r.items)-1]
	}
	if r.blank && l.column >= base+4 {
		r.add(Code, l, l.from, 0)
		return next
	}
	switch c := text[0]; c {
	case '`', '~':
		if n := run(text, c); n >= 3 && !(c == '`' && strings.IndexByte(text[n:], '`') >= 0) {
			return r.fenced(l, next, text[:n])
		}
	case '#':
		if n := run(text, '#'); n <= 6 && (n == len(text) || text[n] == ' ' || text[n] == '\t') {
			if l.column < base {
				r.items = r.items[:0]
			}
			r.heading(l, n)
			return next
		}
	case '<':
		if end := r.html(l, next); end > 0 {
			return end
		}
	case '{':
		if end := r.template(l, next); end > 0 {
			return end
		}
	case '$':
		if strings.HasPrefix(text, "$$") && r.blank {
			return r.until("$$", l, l.from+2, next, Code)
		}
	case '[':
		if r.definition(l) {
			return next
		}
	case '*', '-', '_':
		if isRule(text) {
			if r.open && c == '-' && strings.Trim(text, "-") == "" && r.underline(l, 2) {
				return next
			}
			r.items = r.items[:0]
			r.add(Rule, l, l.from, 0)
			return next
		}
		if strings.HasPrefix(text, "*[") {
			if n := strings.Index(text, "]:"); n > 0 {
				r.add(Definition, l, l.from, 0)
				return next
			}
		}
	case '=':
		if r.open && strings.Trim(text, "=") == "" && r.underline(l, 1) {
			return next
		}
	}
	if n := marker(text); n > 0 {
		r.item(l, n)
		return next
	}
	if strings.IndexByte(text, '|') >= 0 && r.row(l) {
		return next
	}
	if r.open {
		last := &r.out[len(r.out)-1]
		last.lines = append(last.lines, diag.Range{Start: l.from, End: l.end})
		last.block.Range.End = l.end
		return next
	}
	r.add(Paragraph, l, l.from, 0)
	r.open = true
	return next
}

// add adds a block of one line, whose text begins at a place and whose sign is so
// many bytes.
func (r *reader) add(k Kind, l line, text, mark int) *rough {
	b := Block{Kind: k, Quoted: l.quoted, Range: diag.Range{Start: l.from, End: l.end}, Mark: diag.Range{Start: l.from, End: l.from + mark}}
	r.out = append(r.out, rough{b, []diag.Range{{Start: text, End: max(l.end, text)}}})
	r.open = false
	return &r.out[len(r.out)-1]
}

func (r *reader) heading(l line, level int) {
	text := l.from + level
	for text < l.end && (r.s[text] == ' ' || r.s[text] == '\t') {
		text++
	}
	b := r.add(Heading, l, text, level)
	b.block.Level = level
	end := l.end
	if r.s[end-1] == '}' { // an id
		if n := strings.LastIndex(r.s[text:end], "{#"); n >= 0 {
			end = text + n
		}
	}
	if bare := strings.TrimRight(r.s[text:end], "#"); bare == "" || strings.HasSuffix(bare, " ") {
		end = text + len(bare)
	}
	b.lines[0].End = text + len(strings.TrimRight(r.s[text:end], " \t"))
}

// underline makes the paragraph before a line a heading; false where it is none.
func (r *reader) underline(l line, level int) bool {
	last := &r.out[len(r.out)-1]
	if last.block.Kind != Paragraph || len(last.lines) != 1 {
		return false
	}
	last.block.Kind, last.block.Level = Heading, level
	last.block.Range.End = l.end
	r.open = false
	return true
}

func (r *reader) item(l line, mark int) {
	for len(r.items) > 0 && l.column < r.items[len(r.items)-1] {
		r.items = r.items[:len(r.items)-1]
	}
	text, column := l.from+mark, l.column+mark
	for text < l.end && (r.s[text] == ' ' || r.s[text] == '\t') {
		text++
		column++
	}
	if text == l.end {
		column = l.column + mark + 1
	}
	if len(r.items) < 100 {
		r.items = append(r.items, column)
	}
	if n := marker(r.s[text:l.end]); n > 0 && text+n < l.end && len(r.items) < 100 { // an item in an item
		r.add(Item, line{l.start, l.from, l.from + mark, l.column, l.quoted}, l.from+mark, mark).block.Level = len(r.items)
		r.item(line{l.start, text, l.end, column, l.quoted}, n)
		return
	}
	if strings.HasPrefix(r.s[text:l.end], "[ ] ") || strings.HasPrefix(r.s[text:l.end], "[x] ") { // a task
		text += 4
	}
	b := r.add(Item, l, text, mark)
	b.block.Level, b.block.Ordered = len(r.items), mark > 1
	r.open = true
}

// row reads a line of a table: behind a blank line or another row, each with a |
// that is not in code or a link. It is false for what is a paragraph.
func (r *reader) row(l line) bool {
	text := r.s[l.from:l.end]
	last := len(r.out) - 1
	goesOn := !r.blank && last >= 0 && r.out[last].block.Kind == Row
	if !goesOn {
		if !r.blank && !r.open {
			return false
		}
		// A table begins where the next line draws a line, or where this one is
		// between two signs.
		if next, _ := r.line(min(len(r.s), l.end+r.ending(l.end))); !isDrawn(r.s[next.from:next.end]) && !(text[0] == '|' && text[len(text)-1] == '|') && !isDrawn(text) {
			return false
		}
	}
	if isDrawn(text) {
		if goesOn {
			r.out[last].block.Header = r.out[last].block.First
		}
		return true
	}
	r.add(Row, l, l.from, 0).block.First = !goesOn
	return true
}

// ending is how long a line's ending is, with the white space before it.
func (r *reader) ending(at int) int {
	if n := strings.IndexByte(r.s[at:], '\n'); n >= 0 {
		return n + 1
	}
	return len(r.s) - at
}

// isDrawn tells whether a line is the one below a table's header.
func isDrawn(text string) bool {
	return strings.Trim(text, "|-+: \t=") == "" && strings.IndexByte(text, '-') >= 0 && strings.IndexByte(text, '|') >= 0
}

// definition reads [id]: address and [^id]: text; the text of a footnote is a
// paragraph.
func (r *reader) definition(l line) bool {
	text := r.s[l.from:l.end]
	n := strings.Index(text, "]:")
	if n < 2 || strings.IndexByte(text[:n], ']') >= 0 || r.open && !strings.HasPrefix(text, "[^") {
		return false
	}
	behind := n + 2
	for behind < len(text) && (text[behind] == ' ' || text[behind] == '\t') {
		behind++
	}
	if text[1] == '^' {
		r.add(Paragraph, l, l.from+behind, n+2)
		r.open = true
		return true
	}
	address := text[behind:]
	if address == "" {
		return false
	}
	if end := strings.IndexAny(address, " \t"); end > 0 {
		address = address[:end]
	}
	r.ids[fold(text[1:n])] = strings.Trim(address, "<>")
	r.add(Definition, l, l.from, 0)
	return true
}

// fenced reads code between fences; without a second one it is the rest, or that
// of the quotation.
func (r *reader) fenced(l line, next int, fence string) int {
	b := r.add(Code, l, l.from, 0)
	for at := next; at < len(r.s); {
		inner, after := r.line(at)
		if inner.quoted != l.quoted && l.quoted {
			return at
		}
		b.block.Range.End, at = inner.end, after
		if text := r.s[inner.from:inner.end]; strings.HasPrefix(text, fence) && strings.Trim(text, fence[:1]) == "" {
			return after
		}
	}
	return len(r.s)
}

// until adds a block that reaches to a text, and the rest of that line; where the
// text is not there, it is the line alone.
func (r *reader) until(what string, l line, from, next int, k Kind) int {
	b := r.add(k, l, l.from, 0)
	if r.none[what] {
		return next
	}
	n := strings.Index(r.s[from:], what)
	if n < 0 {
		r.none[what] = true // nor is it further down
		return next
	}
	end, after := r.line(from + n + len(what))
	b.block.Range.End = max(end.end, from+n+len(what))
	return after
}

// rawTags are elements whose content is not Markdown in any dialect.
var rawTags = []string{"script", "style", "pre", "textarea"}

// html reads a block of HTML; 0 where the line begins with an element of a text.
func (r *reader) html(l line, next int) int {
	text := r.s[l.from:l.end]
	if strings.HasPrefix(text, "<!--") {
		return r.until("-->", l, l.from, next, HTML)
	}
	name := tagName(text)
	if name == "" || inTexts[name] || strings.HasPrefix(text[len(name)+1:], "://") || strings.HasPrefix(text[len(name)+1:], ":") {
		return 0
	}
	for _, raw := range rawTags {
		if name == raw && text[1] != '/' {
			return r.until("</"+raw, l, l.from, next, HTML)
		}
	}
	b := r.add(HTML, l, l.from, 0)
	for at := next; at < len(r.s); {
		inner, after := r.line(at)
		if inner.from == inner.end {
			return at
		}
		if t := r.s[inner.from:inner.end]; t[0] != '<' && !insideTag(r.s[b.block.Range.Start:b.block.Range.End]) {
			return at
		}
		b.block.Range.End, at = inner.end, after
	}
	return len(r.s)
}

// insideTag tells whether a text ends within a tag. Only its end is looked at.
func insideTag(s string) bool {
	s = s[max(0, len(s)-1000):]
	return strings.LastIndexByte(s, '<') > strings.LastIndexByte(s, '>')
}

// inTexts are the elements that stand in texts, as kramdown and HTML have them.
var inTexts = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdo": true, "big": true, "br": true, "button": true, "cite": true, "code": true, "del": true,
	"dfn": true, "em": true, "i": true, "img": true, "input": true, "ins": true, "kbd": true, "label": true, "mark": true, "q": true,
	"s": true, "samp": true, "small": true, "span": true, "strike": true, "strong": true, "sub": true, "sup": true, "tt": true, "u": true,
	"var": true, "http": true, "https": true, "ftp": true, "mailto": true,
}

// tagName is the name of the tag that a text begins with, in small letters; empty
// for none.
func tagName(text string) string {
	i := 1
	if i < len(text) && text[i] == '/' {
		i++
	}
	start := i
	for i < len(text) && (isLetter(text[i]) || i > start && (text[i] >= '0' && text[i] <= '9' || text[i] == '-')) {
		i++
	}
	return strings.ToLower(text[start:i])
}

// codeTags are the tags of Liquid whose content is shown or left out as it is.
var codeTags = []string{"highlight", "raw", "comment"}

// template reads tags of Liquid, and lists of attributes, that have their lines
// for themselves; 0 where there is text beside them.
func (r *reader) template(l line, next int) int {
	text := r.s[l.from:l.end]
	switch {
	case strings.HasPrefix(text, "{:") && strings.HasSuffix(text, "}"):
		r.add(Template, l, l.from, 0)
		return next
	case strings.HasPrefix(text, "{%"):
		name := strings.TrimLeft(text[2:], "- \t")
		for _, tag := range codeTags {
			if rest, ok := strings.CutPrefix(name, tag); ok && !isLetter(byteAt(rest, 0)) && strings.Contains(text, "%}") {
				return r.until("end"+tag, l, l.from+strings.Index(text, "%}"), next, Code)
			}
		}
		if strings.HasSuffix(text, "%}") && strings.Count(text, "%}") == strings.Count(text, "{%") && outsideTags(text) == "" {
			r.add(Template, l, l.from, 0)
			return next
		}
	}
	return 0
}

// outsideTags is what stands beside the tags of a line.
func outsideTags(text string) string {
	var out strings.Builder
	for {
		before, behind, ok := strings.Cut(text, "{%")
		out.WriteString(before)
		if !ok {
			return strings.TrimSpace(out.String())
		}
		if _, text, ok = strings.Cut(behind, "%}"); !ok {
			return "{%"
		}
	}
}

// marker is how long the sign of an item is that a line begins with; 0 for none.
func marker(text string) int {
	n := 0
	switch c := byteAt(text, 0); {
	case c == '*' || c == '-' || c == '+':
		n = 1
	case c >= '0' && c <= '9':
		for n < len(text) && n < 9 && text[n] >= '0' && text[n] <= '9' {
			n++
		}
		if c := byteAt(text, n); c != '.' && c != ')' {
			return 0
		}
		n++
	}
	if n > 0 && (n == len(text) || text[n] == ' ' || text[n] == '\t') {
		return n
	}
	return 0
}

// isRule tells whether a line is one across.
func isRule(text string) bool {
	n := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case text[0]:
			n++
		case ' ', '\t':
		default:
			return false
		}
	}
	return n >= 3
}

// run is how often a byte stands at a text's beginning.
func run(text string, c byte) int {
	n := 0
	for n < len(text) && text[n] == c {
		n++
	}
	return n
}

func byteAt(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// fold makes ids that mean the same link the same.
func fold(id string) string { return strings.ToLower(strings.Join(strings.Fields(id), " ")) }
