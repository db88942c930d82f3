package postindex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"galley/internal/diag"
	"galley/internal/lint/effort"
	"galley/internal/markdown/outline"
	"galley/internal/post"
)

// Text is what one file says, whatever its name: it can be kept by the blob that
// it was read from.
type Text struct {
	// Title is the front matter's.
	Title string
	// Bare: it has no front matter, so that a site copies it as it is, unless it is a
	// post.
	Bare bool

	headings []Heading
	links    []link
	things   []link // what has a number, in to
	source   string
	folded   string // in small letters, byte for byte
	body     int
}

// link is a place where a text links to an address, or names a thing.
type link struct {
	Link    // of a thing, To is its name
	section string
	line    int
}

// Heading is a heading of a post.
type Heading struct {
	Level int
	// Source is the heading as it is written, with its signs.
	Source string
	// Line counts from 1, in the file.
	Line int
}

// maxLinks is how many links and things of one text are kept.
const maxLinks = 5000

// Read reads a file. It takes time in proportion to its length, and at most some seconds
// more for what the settings look for: where that comes to more, the rest of the text
// names no things.
func (s Settings) Read(src []byte) *Text {
	p := post.Parse(src)
	t := &Text{Title: p.Text("title"), Bare: !p.HasFrontMatter, source: string(src), body: p.Body}
	t.folded = fold(t.source)
	index := diag.NewIndex(src)
	section, left := "", effort.Most
	for _, b := range outline.Parse(src, p.Body) {
		if b.Kind == outline.Heading && b.Level <= 2 {
			if section = strings.Clone(strings.Trim(b.Text, "\x00 ")); b.Level == 1 {
				section = ""
			}
		}
		named := map[string]bool{}
		name := func(in func(string) []string, text string, at int, kind Kind) {
			if left -= s.effort() * min(len(text), maxSearched); left < 0 {
				return
			}
			for _, thing := range in(text) {
				if !named[thing] && len(t.things) < maxLinks {
					named[thing] = true
					t.things = append(t.things, link{Link{To: thing, Kind: kind}, section, index.Position(at).Line})
				}
			}
		}
		if b.Kind == outline.Heading {
			if len(t.headings) < maxLinks {
				t.headings = append(t.headings, Heading{b.Level, t.source[b.Range.Start:b.Range.End], index.Position(b.Range.Start).Line})
			}
			name(s.InText, b.Text, b.Range.Start, InHeading)
		}
		for n, l := range Links(&b) {
			span := b.Spans[n]
			if l.To != "" && len(t.links) < maxLinks {
				t.links = append(t.links, link{l, section, index.Position(span.Range.Start).Line})
			}
			name(s.InAddress, span.To, span.Range.Start, l.Kind)
			if span.Kind == outline.Link {
				name(s.InText, b.Text[span.Reads[0]:span.Reads[1]], span.Range.Start, l.Kind)
			}
		}
	}
	return t
}

// Size is how many bytes it takes, roughly.
func (t *Text) Size() int {
	n := 200 + len(t.Title) + len(t.source) + len(t.folded) + 40*len(t.headings)
	for _, list := range [][]link{t.links, t.things} {
		for _, l := range list {
			n += 64 + len(l.To) + len(l.numbers)
		}
	}
	return n
}

// fold makes letters small where that keeps each in its bytes, so that a place in
// the one text is the same place in the other.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] < utf8.RuneSelf && !('A' <= s[i] && s[i] <= 'Z')
	}
	if plain {
		return s
	}
	out := []byte(s)
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				out[i] = c + 'a' - 'A'
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if small := unicode.ToLower(r); small != r && utf8.RuneLen(small) == n {
			utf8.EncodeRune(out[i:i+n], small)
		}
		i += n
	}
	return string(out)
}
