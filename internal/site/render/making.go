package render

import "galley/internal/site/document"

// making is a text of an entry that is being made, and for which other it is.
type making struct {
	text *document.Once
	of   *making
	deep int
}

// maxMaking is how many texts are made at most, each for the one before.
const maxMaking = 100

// once gives a text of an entry, which make makes when it is first asked for. What
// asks for itself, by however many others, or for too many one in another, gets
// nothing there: in Jekyll it has no end.
func (r *Renderer) once(text *document.Once, make func(*Renderer) string) string {
	deep := 0
	if r.making != nil {
		deep = r.making.deep + 1
	}
	for m := r.making; m != nil; m = m.of {
		if m.text == text || deep == maxMaking {
			return ""
		}
	}
	return text.Get(r.making != nil, func() string {
		inner := *r
		inner.making = &making{text, r.making, deep}
		return make(&inner)
	})
}
