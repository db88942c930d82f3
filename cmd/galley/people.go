package main

import (
	"crypto/sha256"
	"net/http"
	"sync"
	"time"

	"galley/internal/forge"
	"galley/internal/forge/github"
	"galley/internal/signin"
)

// people gives everybody who is signed in a forge of their own, with the
// rights of their token. Forges are kept for a while, as making one costs a
// request to GitHub. What they share (github.Cache) shows nobody more than their
// own token does.
type people struct {
	signIn *signin.SignIn
	config github.Config // of the repository, without a token
	clock  func() time.Time

	mu     sync.Mutex
	forges map[[sha256.Size]byte]*keptForge
}

type keptForge struct {
	forge.Forge
	until time.Time
}

const (
	forgeLife = 10 * time.Minute
	maxForges = 2048
)

func newPeople(in *signin.SignIn, config github.Config, clock func() time.Time) *people {
	return &people{signIn: in, config: config, clock: clock, forges: map[[sha256.Size]byte]*keptForge{}}
}

// forge is the repository with the rights of whoever sends a request.
func (p *people) forge(r *http.Request) (forge.Forge, error) {
	session, err := p.signIn.Session(r)
	if err != nil {
		return nil, err
	}
	now := p.clock()
	if !session.Expires.IsZero() && !now.Before(session.Expires) {
		return nil, forge.Errorf(forge.ErrUnauthorized, nil, "Your sign-in has expired. Sign in again.")
	}
	key := sha256.Sum256([]byte(session.Token))
	p.mu.Lock()
	defer p.mu.Unlock()
	if kept, ok := p.forges[key]; ok && now.Before(kept.until) {
		return kept.Forge, nil
	}
	config := p.config
	config.Token = session.Token
	f, err := github.New(config)
	if err != nil {
		return nil, err
	}
	if len(p.forges) >= maxForges {
		p.tidy(now)
	}
	p.forges[key] = &keptForge{f, now.Add(forgeLife)}
	return f, nil
}

// tidy forgets the forges whose time is up, and all where that is none.
func (p *people) tidy(now time.Time) {
	for key, kept := range p.forges {
		if !now.Before(kept.until) {
			delete(p.forges, key)
		}
	}
	if len(p.forges) >= maxForges {
		clear(p.forges)
	}
}
