package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// references are the definitions of links in a body. A parse collects them,
// and text anywhere in the body refers to them.
type references struct {
	parser.Context
	links map[string]parser.Reference // the first of each label
	given bool                        // by the body of which a stretch is parsed
}

func newReferences() *references {
	return &references{Context: parser.NewContext(), links: map[string]parser.Reference{}}
}

// around gives a parse of a stretch of the body the definitions of all of it.
func (r *references) around() *references {
	return &references{Context: parser.NewContext(), links: r.links, given: true}
}

// AddReference implements parser.Context. The definition is copied, since it
// outlives the body.
func (r *references) AddReference(ref parser.Reference) {
	label := util.ToLinkReference(ref.Label())
	if _, known := r.links[label]; !known && !r.given {
		r.links[label] = parser.NewReference(bytes.Clone(ref.Label()), bytes.Clone(ref.Destination()), bytes.Clone(ref.Title()))
	}
}

// Reference implements parser.Context.
func (r *references) Reference(label string) (parser.Reference, bool) {
	ref, ok := r.links[label]
	return ref, ok
}
