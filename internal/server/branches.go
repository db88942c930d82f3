package server

import (
	"net/http"

	"galley/internal/forge"
)

// postFolder is where posts are.
const postFolder = "_posts/"

type person struct {
	Login string `json:"login"`
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
}

type siteInfo struct {
	Name          string `json:"name"`
	Kind          string `json:"kind"`
	Title         string `json:"title"`
	DefaultBranch string `json:"defaultBranch"`
	Person        person `json:"person"`
	CanMerge      bool   `json:"canMerge"`
	CanPush       bool   `json:"canPush"`
	Version       string `json:"version"`
	PathPrefix    string `json:"pathPrefix"`
}

// getSite answers GET /api/site.
func (s *Server) getSite(r *http.Request) (any, error) {
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	info, err := f.Info(r.Context())
	if err != nil {
		return nil, err
	}
	at, err := s.siteAt(r.Context(), f, info.DefaultBranch)
	if err != nil {
		return nil, err
	}
	return siteInfo{
		Name: info.Name, Kind: info.Kind, Title: at.site.Config().Title, DefaultBranch: info.DefaultBranch,
		Person:   person{info.Person.Login, info.Person.Name, info.Person.Email},
		CanMerge: info.CanMerge, CanPush: info.CanPush, Version: s.cfg.Version, PathPrefix: postFolder,
	}, nil
}

type branch struct {
	Name    string `json:"name"`
	Head    string `json:"head"`
	Default bool   `json:"default"`
}

// getBranches answers GET /api/branches.
func (s *Server) getBranches(r *http.Request) (any, error) {
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	list, err := f.Branches(r.Context())
	if err != nil {
		return nil, err
	}
	out := make([]branch, 0, len(list))
	for _, b := range list {
		out = append(out, branch{b.Name, b.Head, b.Default})
	}
	return out, nil
}

// branchOf is the branch that a request names, the default one when it names
// none.
func branchOf(r *http.Request, f forge.Forge) (string, error) {
	if name := r.URL.Query().Get("branch"); name != "" {
		return name, forge.CheckBranch(name)
	}
	info, err := f.Info(r.Context())
	return info.DefaultBranch, err
}
