package local

import (
	"context"

	"galley/internal/forge"
)

// Deployment implements forge.Forge: nothing publishes a repository on disk by
// itself.
func (f *Forge) Deployment(context.Context, string) (forge.Deployment, error) {
	return forge.Deployment{}, forge.Errorf(forge.ErrUnsupported, nil, "The repository is on this machine, and nothing publishes it by itself. Push it to where the site is built, or build it with galley build.")
}
