package local

import (
	"context"

	"galley/internal/forge"
)

// Close implements forge.Forge.
func (f *Forge) Close(ctx context.Context, number int) (forge.PullRequest, error) {
	var pr forge.PullRequest
	err := f.write(ctx, func(r *repository) error {
		rec, err := pull(r, number)
		if err != nil {
			return err
		}
		switch rec.State {
		case forge.Merged:
			return forge.Errorf(forge.ErrInvalid, nil, "Pull request %d is merged, so it cannot be closed.", number)
		case forge.Open:
			rec.State = forge.Closed
			if err := f.savePull(r, rec, "Close"); err != nil {
				return err
			}
		}
		pr = rec.public()
		pr.Paths, err = changedPaths(r, rec)
		return err
	})
	return pr, err
}
