package server

import (
	"cmp"
	"net/http"
	"time"

	"galley/internal/forge"
	"galley/internal/lint/spelling"
	"galley/internal/site"
)

// postFolder is where posts are.
const postFolder = "_posts/"

type person struct {
	Login string `json:"login"`
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
}

type siteInfo struct {
	// ID is what browsers keep drafts by: no two sites have the same.
	ID string `json:"id"`
	// Repository is the ID of the whole repository that the site is in.
	Repository    string `json:"repository"`
	Name          string `json:"name"`
	Kind          string `json:"kind"`
	Title         string `json:"title"`
	DefaultBranch string `json:"defaultBranch"`
	Person        person `json:"person"`
	CanMerge      bool   `json:"canMerge"`
	CanPush       bool   `json:"canPush"`
	Version       string `json:"version"`
	PathPrefix    string `json:"pathPrefix"`
	// SignOff is "never", "ask" or "always".
	SignOff site.SignOff `json:"signOff"`
	SignIn  bool         `json:"signIn"`
	// NextEdition is the day of the next edition that is not begun, as
	// 2006-01-02; empty where the settings have no rule for these days.
	NextEdition string `json:"nextEdition,omitempty"`
	// Trays: the settings name material to report.
	Trays bool `json:"trays"`
	// Spelling is the language of the dictionary that the settings name; empty for
	// none.
	Spelling string `json:"spelling"`
	// Timezone is the name of the zone that a date without one is read in, as
	// Europe/Berlin; UTC where the settings have none.
	Timezone string `json:"timezone"`
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
	next, err := s.nextEdition(r.Context(), f, at.site.Config())
	if err != nil {
		return nil, err
	}
	spelled, _ := spelling.ReadSettings(at.site.Config().Galley) // what is wrong with it stands among the problems
	return siteInfo{
		ID: s.meetSite(info), Repository: cmp.Or(info.Repository, info.ID, info.Name), Name: info.Name, Kind: info.Kind, Title: at.site.Config().Title, DefaultBranch: info.DefaultBranch,
		Person:   person{info.Person.Login, info.Person.Name, info.Person.Email},
		CanMerge: info.CanMerge, CanPush: info.CanPush, Version: s.cfg.Version, PathPrefix: postFolder,
		SignOff: at.site.Config().SignOff,
		SignIn:  s.cfg.SignIn != nil, NextEdition: next,
		Trays: at.site.Config().Galley["trays"] != nil, Spelling: spelled.Language,
		Timezone: at.site.Config().Location.String(),
	}, nil
}

type branch struct {
	Name    string `json:"name"`
	Head    string `json:"head"`
	Default bool   `json:"default"`
	// Edition is the day of the edition that the branch is for; empty for none.
	Edition string `json:"edition,omitempty"`
	// Open: it has posts that the default branch has not.
	Open bool `json:"open,omitempty"`
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
	known, err := s.editionsOf(r.Context(), f, list)
	if err != nil {
		return nil, err
	}
	out := make([]branch, 0, len(list))
	for _, b := range list {
		told := branch{Name: b.Name, Head: b.Head, Default: b.Default}
		if e, ok := known[b.Name]; ok {
			told.Edition, told.Open = e.day.Format(time.DateOnly), e.open
		}
		out = append(out, told)
	}
	return out, nil
}

// forgeAndBranch is what a request that reads a branch is about: the forge of who
// asks, and the branch that it names, the default one when it names none.
func (s *Server) forgeAndBranch(r *http.Request) (forge.Forge, string, error) {
	f, err := s.forge(r)
	if err != nil {
		return nil, "", err
	}
	if name := r.URL.Query().Get("branch"); name != "" {
		return f, name, forge.CheckReadBranch(name)
	}
	info, err := f.Info(r.Context())
	return f, info.DefaultBranch, err
}

// siteAsked is what a request is about that reads the site of a branch: the forge of
// who asks, the branch as [Server.forgeAndBranch] has it, and its site.
func (s *Server) siteAsked(r *http.Request) (forge.Forge, string, *branchSite, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, "", nil, err
	}
	at, err := s.siteAt(r.Context(), f, branch)
	return f, branch, at, err
}
