package githubtest

import (
	"net/http"
	"regexp"
	"sync"
)

// said is what the emulator said to the proxy since something was last written to
// it. Nothing else changes its answers, and the proxy asks for the same repository,
// commit and tree again and again: more than half of its questions are answered here.
type said struct {
	mu    sync.Mutex
	texts map[string]string // by the token and the path; answers with 200 alone
	// era counts the writes, so that what was asked before one is not kept behind it.
	era int
}

// objects is where an object is made, which changes no answer that was given: only
// answers with 200 are kept.
var objects = regexp.MustCompile(`/git/(?:blobs|trees|commits)$`)

// find answers what was said, and when.
func (s *said) find(token, path string) (text string, ok bool, era int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text, ok = s.texts[token+" "+path]
	return text, ok, s.era
}

// keep keeps what was said in an era, if that goes on.
func (s *said) keep(token, path, text string, era int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if era != s.era {
		return
	}
	if s.texts == nil {
		s.texts = map[string]string{}
	}
	s.texts[token+" "+path] = text
}

// during runs a request to the emulator, and forgets what it may change.
func (s *said) during(method, path string, request func()) {
	if method == http.MethodGet || objects.MatchString(path) {
		request()
		return
	}
	s.forget()
	defer s.forget()
	request()
}

func (s *said) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.texts)
	s.era++
}
