package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"galley/internal/forge"
	"galley/internal/forge/github"
)

// patience is how long GitHub may take to say that all is well.
const patience = 15 * time.Second

// openGitHub opens a repository on GitHub and asks for it once, so that what
// is wrong is told at the start.
func (r repository) openGitHub(ctx context.Context, log *slog.Logger) (forge.Forge, error) {
	owner, name, ok := cutRepository(r.repo)
	if !ok {
		return nil, notRepository(r.repo)
	}
	if r.token == "" {
		return nil, fmt.Errorf("GITHUB_TOKEN is not set; make a token that may read and write the contents and the pull requests of %s, at https://github.com/settings/personal-access-tokens, and put it into that variable; or let people sign in (see --client-id)", r.repo)
	}
	f, err := github.New(github.Config{Owner: owner, Repo: name, BaseURL: r.api, Token: r.token, Logger: log})
	if err != nil {
		return nil, said(err, r.repo+" cannot be opened")
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if _, err := f.Info(ctx); errors.Is(err, forge.ErrUnauthorized) {
		return nil, errors.New("GitHub does not accept the token in GITHUB_TOKEN; it may have expired")
	} else if err != nil {
		return nil, said(err, r.repo+" cannot be opened")
	}
	return f, nil
}
