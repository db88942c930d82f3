package server

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"galley/internal/forge"
)

// known is which of the blobs that were asked for the repository has.
type known struct {
	Blobs []string `json:"blobs"`
}

// maxKnown is how many are answered at once.
const maxKnown = 100

// getKnown answers GET /api/known: drafts of a browser are told apart by what they
// were made from. Beside each blob may stand the path of its text, which tells in whose
// folder it was where several sites are in one repository.
func (s *Server) getKnown(r *http.Request) (any, error) {
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	asked, paths := r.URL.Query()["blob"], r.URL.Query()["path"]
	if len(asked) > maxKnown {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "At most %d blobs are asked for at once.", maxKnown)
	}
	if len(paths) != 0 && len(paths) != len(asked) {
		return nil, forge.Errorf(forge.ErrInvalid, nil, "The path of each blob is asked with, or that of none.")
	}
	info, err := f.Info(r.Context())
	if err != nil {
		return nil, err
	}
	knows := func(i int) (bool, error) {
		_, err := f.Blob(r.Context(), asked[i])
		return err == nil, err
	}
	if info.Repository != "" {
		here, err := blobsOf(r.Context(), f)
		if err != nil {
			return nil, err
		}
		knows = func(i int) (bool, error) {
			if here[asked[i]] || len(paths) == 0 {
				return here[asked[i]], nil
			}
			return wasAt(r.Context(), f, info.DefaultBranch, paths[i], asked[i])
		}
	}
	answer := known{Blobs: []string{}}
	for i, id := range asked {
		yes, err := knows(i)
		if err != nil && !errors.Is(err, forge.ErrNotFound) && !errors.Is(err, forge.ErrInvalid) {
			return nil, err
		}
		if yes {
			answer.Blobs = append(answer.Blobs, id)
		}
	}
	return answer, nil
}

// blobsOf are the blobs that a site's branches have: a repository has those of its
// other folders, too.
func blobsOf(ctx context.Context, f forge.Forge) (map[string]bool, error) {
	branches, err := f.Branches(ctx)
	if err != nil {
		return nil, err
	}
	here := map[string]bool{}
	for _, b := range branches[:min(len(branches), maxKnown)] {
		tree, err := f.Tree(ctx, b.Name)
		if errors.Is(err, forge.ErrNotFound) {
			continue // it went meanwhile
		}
		if err != nil {
			return nil, err
		}
		for _, e := range tree.Entries {
			here[e.Blob] = true
		}
	}
	return here, nil
}

// wasAt tells whether a text was a blob before one of its last edits.
func wasAt(ctx context.Context, f forge.Forge, branch, path, blob string) (bool, error) {
	edits, err := f.History(ctx, branch, path, blob)
	return slices.ContainsFunc(edits, func(e forge.Edit) bool { return e.Old != nil && forge.BlobID(e.Old) == blob }), err
}
