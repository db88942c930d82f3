package server

import (
	"context"
	"net/http"
	"time"

	"galley/internal/datacheck"
	"galley/internal/diag"
	"galley/internal/forge"
	"galley/internal/merge"
)

const (
	// mergesAtOnce is how many texts are merged at once; whoever else wants to
	// waits. Rendering has slots of its own, so that the two do not wait for
	// each other.
	mergesAtOnce = 2
	// mergeTime is how long the merges of one request may take together, with
	// their waiting.
	mergeTime = 10 * time.Second
)

// piece is a place at which a merged text is not what both began from. From
// and To are UTF-16 units of the merged text.
type piece struct {
	Kind   merge.Kind `json:"kind"`
	From   int        `json:"from"`
	To     int        `json:"to"`
	Matter bool       `json:"matter"`
	Where  []string   `json:"where"`
	Base   string     `json:"base"`
	Mine   string     `json:"mine"`
	Theirs string     `json:"theirs"`
	Order  bool       `json:"order,omitempty"`
}

// mergeTexts answers POST /api/merge: three texts of one post, merged. It
// works on what it is sent and asks the forge nothing, but only for those who
// have one: it is much work.
func (s *Server) mergeTexts(r *http.Request) (any, error) {
	if _, err := s.forge(r); err != nil {
		return nil, err
	}
	var m struct {
		Path   string `json:"path"`
		Base   string `json:"base"`
		Mine   string `json:"mine"`
		Theirs string `json:"theirs"`
	}
	if err := readJSON(r, &m); err != nil {
		return nil, err
	}
	if err := forge.CheckReadPath(m.Path); err != nil {
		return nil, err
	}
	if max(len(m.Base), len(m.Mine), len(m.Theirs)) > maxPost {
		return nil, refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "The post is too large to be merged: it has more than %d MB.", maxPost>>20)
	}
	ctx, cancel := context.WithTimeout(r.Context(), mergeTime)
	defer cancel()
	result, err := s.merged(ctx, m.Path, m.Base, m.Mine, m.Theirs)
	if err != nil {
		return nil, err
	}
	text := diag.NewText(result.Text)
	pieces := make([]piece, 0, len(result.Pieces))
	for _, p := range result.Pieces {
		where := p.Where
		if where == nil {
			where = []string{}
		}
		pieces = append(pieces, piece{
			Kind: p.Kind, From: text.UTF16(p.Start), To: text.UTF16(p.End), Matter: p.Matter, Where: where,
			Base: p.Base, Mine: p.Mine, Theirs: p.Theirs, Order: p.Order,
		})
	}
	return struct {
		Text   string  `json:"text"`
		Pieces []piece `json:"pieces"`
	}{string(result.Text), pieces}, nil
}

// merged merges three texts of one file when there is a slot, until the context ends.
func (s *Server) merged(ctx context.Context, path, base, mine, theirs string) (merge.Result, error) {
	var result merge.Result
	var err error
	if ran := s.merges.run(ctx, &ending{}, func() { // it ends with the context
		join := merge.Merge
		if datacheck.IsKind(path) {
			join = merge.Lines
		}
		result, err = join(ctx, []byte(base), []byte(mine), []byte(theirs))
	}); ran != nil {
		return merge.Result{}, ran
	}
	return result, err
}
