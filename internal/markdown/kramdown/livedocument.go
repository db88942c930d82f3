package kramdown

import "slices"

// Blocks gives blocks number from to number to, without it. They share their
// HTML with the text's next states and must not be changed.
func (l *Live) Blocks(from, to int) []Block {
	from = max(from, 0)
	to = min(to, l.Len())
	if from >= to {
		return nil
	}
	out := make([]Block, 0, to-from)
	size := l.text.Len()
	if from < l.parts.blocks {
		c := l.parts.findBlock(from)
		for skip := from - c.block; !l.parts.end(c); skip = 0 {
			s := l.parts.part(c)
			for _, b := range s.blocks[skip:] {
				b.Start += c.at
				if n := len(out); n > 0 {
					out[n-1].End = b.Start
				}
				if len(out) == to-from {
					return out
				}
				b.End = size
				out = append(out, b)
			}
			c = l.parts.next(c)
		}
	}
	if len(l.notes) > 0 && len(out) < to-from {
		b := l.notes[0]
		b.Start, b.End = size, size
		out = append(out, b)
	}
	return out
}

// Headings are all headings, those inside lists and quotes included.
func (l *Live) Headings() []Heading {
	var out []Heading
	for c, s := range l.parts.all {
		for _, h := range s.headings {
			h.Start += c.at
			out = append(out, h)
		}
	}
	return out
}

// Languages are those that code asks for, each once. The list is not to be
// changed.
func (l *Live) Languages() []string {
	if l.languages != nil {
		return l.languages
	}
	out := []string{}
	add := func(names []string) {
		for _, name := range names {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	for _, s := range l.parts.all {
		add(s.languages)
	}
	add(l.noteCode)
	l.languages = out
	return out
}

// Document is all that Render would give.
func (l *Live) Document() Document {
	return Document{Blocks: l.Blocks(0, l.Len()), Headings: l.Headings(), Languages: l.Languages()}
}
