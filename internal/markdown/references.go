package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// references are the definitions of links in a body. A parse collects them,
// and text anywhere in the body refers to them. They count what the body's blocks
// share a bound for, too.
type references struct {
	parser.Context
	links map[string]parser.Reference // the first of each label
	given bool                        // by the body of which a stretch is parsed
	cells int                         // of the tables that were found until now
}

// newReferences is for a parse of a whole body.
func newReferences() *references {
	return &references{Context: parser.NewContext(), links: map[string]parser.Reference{}}
}

// referencesAround is for a parse of a stretch of a body in which these are
// defined. A parse's context holds all that it made, so that each has its own.
func referencesAround(links map[string]parser.Reference) *references {
	return &references{Context: parser.NewContext(), links: links, given: true}
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
