package server

import (
	"net/http"
	"strconv"
)

// linkTitle is what GET /api/link answers: an address and what the site's texts
// call it, both empty where they do not tell.
type linkTitle struct {
	URL   string `json:"url"`
	Title string `json:"title"`
	// Pending: the texts are being read for the first time.
	Pending bool `json:"pending,omitempty"`
}

// getLink answers GET /api/link: what earlier texts of the site call the address of
// a pull request, or that of the number. Nobody else is asked.
func (s *Server) getLink(r *http.Request) (any, error) {
	q := r.URL.Query()
	answer := linkTitle{URL: q.Get("address")}
	number, err := strconv.Atoi(q.Get("number"))
	if (err != nil || number < 1) && answer.URL == "" || len(answer.URL) > maxSearch {
		return nil, refuse(http.StatusBadRequest, kindInvalid, "A link is asked for by an address or a number.")
	}
	_, index, err := s.searched(r)
	if err != nil {
		return nil, err
	}
	if index == nil {
		answer.Pending = true
		return answer, nil
	}
	if answer.URL == "" {
		answer.URL = index.Numbered(number)
	}
	if answer.URL != "" {
		answer.Title = index.Title(answer.URL)
	}
	return answer, nil
}
