package server

import (
	"net/http"

	emojis "galley/internal/site/emoji/names"
)

// getEmoji answers GET /api/emoji: the names that become emoji on a branch's pages, with
// their characters, as [emojis.List] has them; "" where the site shows none.
func (s *Server) getEmoji(r *http.Request) (any, error) {
	// Not its settings alone: a Gemfile or a theme may ask for it.
	_, _, at, err := s.siteAsked(r)
	if err != nil {
		return nil, err
	}
	list := ""
	if at.site.Config().Runs("jemoji") {
		list = emojis.List()
	}
	return map[string]any{"emoji": list}, nil
}
