package lint

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
)

// spacesBehindMarks finds spaces of another kind behind the sign of a heading or
// of a list. They come with what is pasted, look like any other, and make it
// plain text.
func spacesBehindMarks(*parameters) func(*text) {
	return func(t *text) {
		for _, b := range t.blocks {
			if b.Kind == outline.Code || b.Kind == outline.HTML || b.Kind == outline.Template {
				continue
			}
			for at := b.Range.Start; at < b.Range.End; {
				end := at
				for end < b.Range.End && t.src[end] != '\n' {
					end++
				}
				t.spaceBehindMark(at, end)
				at = end + 1
			}
		}
	}
}

// spaceBehindMark looks at one line.
func (t *text) spaceBehindMark(start, end int) {
	for start < end && strings.IndexByte(" \t>", t.src[start]) >= 0 {
		start++
	}
	text := t.src[start:end]
	mark := markOf(text)
	to := mark
	for mark > 0 && to < len(text) {
		r, size := utf8.DecodeRuneInString(text[to:])
		if !unicode.Is(unicode.Zs, r) {
			break
		}
		to += size
	}
	spaces := text[mark:to]
	if strings.Trim(spaces, " ") == "" || to == len(text) {
		return
	}
	format := "Behind “%s” stands a special space, so that this is no item of a list on the page. Put a plain space there."
	switch noBreak := strings.ContainsAny(spaces, "\u00a0\u202f"); {
	case noBreak && text[0] == '#':
		format = "Behind “%s” stands a no-break space, so that this is no heading on the page. Put a plain space there."
	case noBreak:
		format = "Behind “%s” stands a no-break space, so that this is no item of a list on the page. Put a plain space there."
	case text[0] == '#':
		format = "Behind “%s” stands a special space, so that this is no heading on the page. Put a plain space there."
	}
	at := diag.Range{Start: start + mark, End: start + to}
	t.offer(at, &diag.Fix{Name: "Put a plain space", Range: at, Insert: " "}, format, text[:mark])
}

// spacelessHeadings finds lines that begin with two to six signs of a heading and a
// word, and are shown as they were typed. One sign alone may be a number's or a tag's.
func spacelessHeadings(*parameters) func(*text) {
	return func(t *text) {
		for i := range t.blocks {
			b := &t.blocks[i]
			if b.Kind != outline.Paragraph && b.Kind != outline.Item {
				continue
			}
			for at := b.Range.Start; at < b.Range.End; {
				start, end := at, at
				for end < b.Range.End && t.src[end] != '\n' {
					end++
				}
				at = end + 1
				for start < end && strings.IndexByte(" \t>", t.src[start]) >= 0 {
					start++
				}
				n := markOf(t.src[start:end])
				if n < 2 || t.src[start] != '#' {
					continue
				}
				if r, _ := utf8.DecodeRuneInString(t.src[start+n : end]); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
					continue
				}
				behind := diag.Range{Start: start + n, End: start + n}
				t.offer(diag.Range{Start: start, End: start + n}, &diag.Fix{Name: "Put a space", Range: behind, Insert: " "},
					"Behind “%s” a space is missing, so that this is no heading on the page. Put one there.", t.src[start:start+n])
			}
		}
	}
}

// markOf is how long the sign of a heading or a list is that begins a line; 0
// for none.
func markOf(text string) int {
	if text == "" {
		return 0
	}
	switch c := text[0]; {
	case c == '#':
		if n := len(text) - len(strings.TrimLeft(text, "#")); n <= 6 {
			return n
		}
	case c == '-' || c == '*' || c == '+':
		return 1
	case '0' <= c && c <= '9':
		n := len(text) - len(strings.TrimLeft(text, "0123456789"))
		if n <= 9 && n < len(text) && (text[n] == '.' || text[n] == ')') {
			return n + 1
		}
	}
	return 0
}

// splitLink is a link whose two halves were pulled apart: [text] (address).
var splitLink = regexp.MustCompile(`\][ \t]+\((?:https?://|/|#)[^)\s]*\)`)

// splitLinks finds links with a space between text and address, which every
// dialect shows as they were typed.
func splitLinks(*parameters) func(*text) {
	return func(t *text) {
		t.prose(func(b *outline.Block) {
			for _, m := range splitLink.FindAllStringIndex(b.Text, -1) {
				at := b.Source(m[0], m[1])
				space := b.Source(m[0]+1, m[0]+1+strings.IndexByte(b.Text[m[0]+1:], '('))
				t.offer(at, &diag.Fix{Name: "Delete the space", Range: space},
					"This link is shown as typed, because of the space between “]” and “(”. Delete the space.")
			}
			// Where the address was read as a bare one it is hidden in the text.
			for _, s := range b.Spans {
				if s.Kind != outline.Bare || s.Reads[0] < 3 || b.Text[s.Reads[0]-1] != '(' || s.Range.Start != s.Text.Start {
					continue
				}
				before := strings.TrimRight(b.Text[:s.Reads[0]-1], " \t")
				if len(before) == s.Reads[0]-1 || !strings.HasSuffix(before, "]") || s.Reads[1] >= len(b.Text) || b.Text[s.Reads[1]] != ')' {
					continue
				}
				at := b.Source(len(before)-1, s.Reads[1]+1)
				t.offer(at, &diag.Fix{Name: "Delete the space", Range: b.Source(len(before), s.Reads[0]-1)},
					"This link is shown as typed, because of the space between “]” and “(”. Delete the space.")
			}
		})
	}
}

// brokenLinks finds links that lack a bracket. They show as typed, or swallow what
// follows.
func brokenLinks(*parameters) func(*text) {
	return func(t *text) {
		t.prose(func(b *outline.Block) {
			for _, s := range b.Spans {
				if s.Kind != outline.Bare || s.Range.Start != s.Text.Start {
					continue
				}
				before, behind := b.Text[:s.Reads[0]], b.Text[s.Reads[1]:]
				switch {
				case strings.HasSuffix(before, "](") && !strings.HasPrefix(strings.TrimLeft(behind, " \""), ")"):
					at := diag.Range{Start: b.Source(len(before)-2, len(before)).Start, End: s.Range.End}
					t.offer(at, &diag.Fix{Name: "Put a “)” behind it", Range: diag.Range{Start: s.Range.End, End: s.Range.End}, Insert: ")"},
						"This link has no “)” behind its address, so that it is shown as typed.")
				case strings.HasSuffix(before, "]("):
					t.tell(s.Range, "What stands before this address is no text of a link: its “[” is missing, or within code.")
				case strings.HasSuffix(before, ")[") && strings.HasPrefix(behind, "]"):
					t.tell(s.Range, "Text and address have each other's brackets. Write [text](address).")
				case strings.HasSuffix(before, "]") && strings.LastIndexByte(before, '[') >= 0:
					t.offer(s.Range, &diag.Fix{Name: "Put brackets around it", Range: s.Range, Insert: "(" + s.To + ")"},
						"This address stands behind “]” without brackets of its own, so that the link is shown as typed. Write (%s).", clip(s.To))
				case strings.HasSuffix(before, "(") && strings.HasPrefix(behind, ")") && unclosed(before[:len(before)-1]):
					t.tell(s.Range, "The text of this link has no “]” behind it, so that the link is shown as typed.")
				}
			}
			for _, s := range b.Spans {
				if s.Kind == outline.Link && s.To == "" && s.Address.End > s.Address.Start-1 && strings.HasSuffix(t.of(s.Range), "()") {
					t.tell(s.Range, "This link leads nowhere. Write its address between the brackets.")
				}
			}
		})
	}
}

// unclosed tells whether a text has a bracket that begins a link's text, closely
// before its end, and none that ends it.
func unclosed(s string) bool {
	open := strings.LastIndexByte(s, '[')
	return open >= 0 && open > strings.LastIndexByte(s, ']') && open > strings.LastIndexByte(s, '\n') && s != "" && s[len(s)-1] != ' '
}

// spacedLinks finds addresses with a space in them, which were put together from
// two, or broken when they were copied.
func spacedLinks(*parameters) func(*text) {
	return func(t *text) {
		t.spans(func(_ *outline.Block, s *outline.Span) {
			if s.Kind != outline.Link && s.Kind != outline.Picture || s.Address.Start == s.Address.End {
				return
			}
			address := t.of(s.Address)
			if !strings.ContainsAny(address, " \t\n") || strings.Contains(address, "{{") || strings.Contains(address, "{%") {
				return
			}
			var fix *diag.Fix
			if joined := strings.Join(strings.Fields(address), ""); strings.Count(joined, "://") == 1 {
				fix = &diag.Fix{Name: "Delete the space", Range: s.Address, Insert: joined}
			}
			t.offer(s.Address, fix, "There is a space in this address. Some sites do not show such a link; write it without.")
		})
	}
}

// prose goes through the blocks that are read.
func (t *text) prose(visit func(*outline.Block)) {
	for i := range t.blocks {
		switch b := &t.blocks[i]; b.Kind {
		case outline.Code, outline.HTML, outline.Template, outline.Rule, outline.Definition:
		default:
			visit(b)
		}
	}
}

// spans goes through all links, pictures and code.
func (t *text) spans(visit func(*outline.Block, *outline.Span)) {
	for i := range t.blocks {
		for n := range t.blocks[i].Spans {
			visit(&t.blocks[i], &t.blocks[i].Spans[n])
		}
	}
}
