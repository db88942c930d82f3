package preview

import (
	"galley/internal/diag"
	"galley/internal/post"
)

// Answer is what the editor learns after a text was opened or edited.
type Answer struct {
	// Seq is the edit's number, 0 for a text that was opened.
	Seq int `json:"seq"`
	// Patch leads from the last page to this one; nil when nothing changed.
	Patch *Patch `json:"patch"`
	// URL is the address that the post will have, and Title its title.
	URL   string `json:"url"`
	Title string `json:"title"`
	// Keys are the front matter's top-level keys.
	Keys []Key `json:"keys"`
	// Blocks are the source ranges of the content's blocks, in order.
	Blocks []Span `json:"blocks"`
	// Headings are the post's headings, for an outline.
	Headings []Heading `json:"headings"`
	// Languages are those that code in the page is written in, in the post and
	// in what its templates show, and whose lexers the session does not have.
	Languages []string `json:"languages"`
	// Diagnostics are the post's problems, and those of its template.
	Diagnostics []Diagnostic `json:"diagnostics"`
	// Error is a sentence for when no page could be made; the last one stays.
	Error string `json:"error,omitempty"`
}

// EditAnswer is what the frame and the editor's bar need at once after an
// edit. The rest is told by Describe.
type EditAnswer struct {
	Seq       int      `json:"seq"`
	Patch     *Patch   `json:"patch"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	Languages []string `json:"languages"`
	// Keys are as in Answer where the front matter may have changed, else nil.
	Keys []Key `json:"keys"`
	// Blocks are the source ranges of the blocks that the patch inserts, nil
	// where they are better asked for by Describe: when the whole page changed,
	// or much of it.
	Blocks []MovedBlocks `json:"blocks"`
	Error  string        `json:"error,omitempty"`
}

// MovedBlocks is a Range of a patch, with source ranges in place of HTML.
type MovedBlocks struct {
	At     int    `json:"at"`
	Remove int    `json:"remove"`
	Insert []Span `json:"insert"`
}

// Span is a range of the file, in UTF-16 units.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Change replaces a range of the file by a text.
type Change struct {
	Span
	Insert string `json:"insert"`
}

// Key is a top-level key of the front matter, with its value as text; empty
// for lists and maps, which Scalar tells apart from no value.
type Key struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	// Scalar is whether a field of one line can show the value: it is no list,
	// no map and no text of several lines.
	Scalar bool `json:"scalar"`
	Span        // the value's
}

// Heading is a heading of the body; From is where its line starts.
type Heading struct {
	Level int    `json:"level"`
	Text  string `json:"text"`
	From  int    `json:"from"`
}

// Diagnostic is a diag.Diagnostic as the editor takes it. A diagnostic of
// another file stands at the post's start.
type Diagnostic struct {
	Span
	Severity diag.Severity `json:"severity"`
	Code     string        `json:"code"`
	Message  string        `json:"message"`
	File     string        `json:"file,omitempty"`
	// Fix is what mends it by itself; nil where a person has to.
	Fix *Fix `json:"fix,omitempty"`
}

// Fix is a change that mends a problem, with its name.
type Fix struct {
	Name string `json:"name"`
	Change
}

// describe fills in all of an answer but its patch and number.
func (s *Session) describe() Answer {
	src, page, doc := s.source(), s.view.page, s.view.document()
	index := diag.NewIndex(src)
	p := post.Parse(src)
	a := Answer{
		URL:         page.URL,
		Title:       page.Title,
		Keys:        keysOf(p, index.UTF16),
		Blocks:      make([]Span, 0, len(doc.Blocks)),
		Headings:    make([]Heading, 0, len(doc.Headings)),
		Languages:   s.wanted(),
		Diagnostics: Diagnostics(index, page.Diagnostics),
	}
	span := func(start, end int) Span { return Span{index.UTF16(start), index.UTF16(end)} }
	if page.BodyStart >= 0 { // else the blocks do not come from the file as it is
		for _, b := range doc.Blocks {
			a.Blocks = append(a.Blocks, span(page.BodyStart+b.Start, page.BodyStart+b.End))
		}
		for _, h := range doc.Headings {
			a.Headings = append(a.Headings, Heading{h.Level, h.Text, index.UTF16(page.BodyStart + h.Start)})
		}
	}
	return a
}

// keysOf are the keys of a post's front matter; utf16 converts its offsets.
func keysOf(p post.Post, utf16 func(int) int) []Key {
	out := []Key{}
	for _, k := range p.Keys {
		scalar := true
		switch p.Meta[k.Name].(type) {
		case []any, map[string]any:
			scalar = false
		}
		value := p.Text(k.Name)
		if len(p.Meta) == 0 {
			value = string(p.Source[k.Value.Start:k.Value.End]) // it is broken: show what is there
		}
		// A field of one line would take the line ends out of it.
		scalar = scalar && !post.SeveralLines(value)
		out = append(out, Key{k.Name, value, scalar, Span{utf16(k.Value.Start), utf16(k.Value.End)}})
	}
	return out
}

// maxMoved is how many blocks an EditAnswer gives the source ranges of.
const maxMoved = 100

// movedBlocks are the source ranges of the blocks that a patch inserts; nil
// where it is not one of blocks, or of too many.
func (v *view) movedBlocks(p *Patch) []MovedBlocks {
	if p == nil {
		return []MovedBlocks{}
	}
	if p.Kind != "blocks" || v.live == nil {
		return nil
	}
	out, moved, count := []MovedBlocks{}, 0, 0
	for _, r := range p.Ranges {
		if count += len(r.Insert); count > maxMoved {
			return nil
		}
		one := MovedBlocks{r.At, r.Remove, make([]Span, 0, len(r.Insert))}
		for _, b := range v.live.Blocks(r.At+moved, r.At+moved+len(r.Insert)) {
			one.Insert = append(one.Insert, Span{v.text.UTF16(v.body + b.Start), v.text.UTF16(v.body + b.End)})
		}
		out = append(out, one)
		moved += len(r.Insert) - r.Remove
	}
	return out
}

// Diagnostics are diagnostics as the editor takes them; index is of their text.
func Diagnostics(index *diag.Index, found []diag.Diagnostic) []Diagnostic {
	out := make([]Diagnostic, 0, len(found))
	for _, d := range found {
		span := Span{index.UTF16(d.Range.Start), index.UTF16(d.Range.End)}
		if d.File != "" {
			span = Span{}
		}
		one := Diagnostic{span, d.Severity, d.Code, d.Message, d.File, nil}
		if f := d.Fix; f != nil {
			one.Fix = &Fix{f.Name, Change{Span{index.UTF16(f.Range.Start), index.UTF16(f.Range.End)}, f.Insert}}
		}
		out = append(out, one)
	}
	return out
}
