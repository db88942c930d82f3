package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"galley/internal/forge"
)

// live is how far the publication of a commit is.
type live struct {
	// State is "none" (nothing publishes it that is known), "waiting", "building",
	// "failed", "done" (it was deployed, and nobody could ask for the page), or
	// "live": it was deployed, and the address answers.
	State string `json:"state"`
	// Sentence says it.
	Sentence string `json:"sentence"`
	// URL is where people read more; empty for nowhere.
	URL string `json:"url"`
}

// getLive answers GET /api/live: whether a commit of the default branch is
// published, and whether the post's address answers.
func (s *Server) getLive(r *http.Request) (any, error) {
	l, err := s.liveOf(r)
	if err != nil {
		return nil, err
	}
	l.Sentence = s.assets.pages.of(r).words.Say(l.Sentence)
	return l, nil
}

// liveOf is the same in English.
func (s *Server) liveOf(r *http.Request) (live, error) {
	f, err := s.forge(r)
	if err != nil {
		return live{}, err
	}
	commit := r.URL.Query().Get("commit")
	if !forge.IsID(commit) {
		return live{}, refuse(http.StatusBadRequest, kindInvalid, "The request does not name the commit that is to be published.")
	}
	d, err := f.Deployment(r.Context(), commit)
	var told *forge.Error
	if errors.Is(err, forge.ErrUnsupported) && errors.As(err, &told) {
		return live{State: "none", Sentence: told.Sentence}, nil
	}
	if err != nil {
		return live{}, err
	}
	switch d.State {
	case forge.DeploymentFailed:
		return live{State: "failed", Sentence: fmt.Sprintf("“%s” failed, so the site does not show it. What it says is in its log.", d.Name), URL: d.URL}, nil
	case forge.DeploymentPending:
		return live{State: "building", Sentence: fmt.Sprintf("It is being published: “%s” is at work.", d.Name), URL: d.URL}, nil
	}
	address, err := s.publishedAddress(r)
	if err != nil {
		return live{}, err
	}
	if l, asked := s.askLive(r.Context(), address, d); asked {
		return l, nil
	}
	if d.State == forge.DeploymentDone {
		return live{State: "done", Sentence: fmt.Sprintf("“%s” is done. Open its address to see it.", d.Name), URL: d.URL}, nil
	}
	return live{State: "waiting", Sentence: "Nothing has begun to publish it yet."}, nil
}

// publishedAddress is where the default branch has a post; empty where the settings
// name no address.
func (s *Server) publishedAddress(r *http.Request) (string, error) {
	p, err := s.publishing(r, "", r.URL.Query().Get("path"))
	if err != nil {
		return "", err
	}
	out := ready{}
	err = s.fillPublished(r.Context(), p, &out)
	return out.PublishedURL, err
}

// askAgain is how long an answer of the site's may be used for others who ask.
const askAgain = 5 * time.Second

// askLive asks the address itself; false where nobody can, or where it does not
// answer and nothing was deployed.
func (s *Server) askLive(ctx context.Context, address string, d forge.Deployment) (live, bool) {
	if s.cfg.Fetch == nil || address == "" {
		return live{}, false
	}
	a, err := s.cfg.Fetch.Look(ctx, address, askAgain)
	done := d.State == forge.DeploymentDone
	switch {
	case err != nil && done:
		return live{State: "done", Sentence: fmt.Sprintf("“%s” is done, but its address cannot be asked: %s", d.Name, sentence(err)), URL: d.URL}, true
	case err != nil:
		return live{}, false
	case a.OK() && done:
		return live{State: "live", Sentence: "Its address answers.", URL: d.URL}, true
	case a.OK():
		// As it does with what was there before a correction.
		return live{State: "waiting", Sentence: "Its address answers, with this text or with the one before: nothing has told yet that it was published.", URL: d.URL}, true
	case done:
		return live{State: "waiting", Sentence: fmt.Sprintf("“%s” is done, and its address answers with status %d. That can take a minute; if it lasts, the address is another one.", d.Name, a.Status), URL: d.URL}, true
	}
	return live{}, false
}
