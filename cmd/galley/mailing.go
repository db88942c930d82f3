package main

import (
	"net/http"
	"time"

	"galley/internal/mail"
	"galley/internal/mail/buttondown"
)

// mailing is the newsletter's mailing service.
type mailing struct {
	api string // where it is; empty: the service's own
	key secret // GALLEY_BUTTONDOWN_KEY
}

// service is nil where no key is given.
func (m mailing) service() mail.Service {
	if m.key.text == "" {
		return nil
	}
	return &buttondown.Service{API: m.api, Key: m.key.text, Client: &http.Client{Timeout: 20 * time.Second}}
}
