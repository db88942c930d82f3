package server

import (
	"errors"
	"net/http"

	"galley/internal/forge"
)

// known is which of the blobs that were asked for the repository has.
type known struct {
	Blobs []string `json:"blobs"`
}

// maxKnown is how many are answered at once.
const maxKnown = 100

// getKnown answers GET /api/known: drafts of a browser are told apart by what they
// were made from.
func (s *Server) getKnown(r *http.Request) (any, error) {
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	asked := r.URL.Query()["blob"]
	if len(asked) > maxKnown {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "At most %d blobs are asked for at once.", maxKnown)
	}
	answer := known{Blobs: []string{}}
	for _, id := range asked {
		if _, err := f.Blob(r.Context(), id); err == nil {
			answer.Blobs = append(answer.Blobs, id)
		} else if !errors.Is(err, forge.ErrNotFound) && !errors.Is(err, forge.ErrInvalid) {
			return nil, err
		}
	}
	return answer, nil
}
