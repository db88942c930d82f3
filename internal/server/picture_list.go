package server

import (
	"net/http"
	"path"
	"slices"
	"strings"
)

// maxListed is how many pictures of a site getPictures tells.
const maxListed = 5_000

// getPictures answers GET /api/pictures: the addresses of a branch's pictures,
// without what the site is at on its host. Folders whose names begin with "_" or "."
// are no part of the site, and not looked into.
func (s *Server) getPictures(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	tree, err := f.Tree(r.Context(), branch)
	if err != nil {
		return nil, err
	}
	list := []string{}
	for _, e := range tree.Entries {
		hidden := slices.ContainsFunc(strings.Split(e.Path, "/"), func(part string) bool { return strings.HasPrefix(part, "_") || strings.HasPrefix(part, ".") })
		if !hidden && strings.HasPrefix(kindOf(path.Base(e.Path)), "image/") && len(list) < maxListed {
			list = append(list, "/"+e.Path)
		}
	}
	return map[string]any{"pictures": list}, nil
}
