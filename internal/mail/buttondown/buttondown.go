// Package buttondown makes drafts of mails at Buttondown, by its API
// (docs.buttondown.com, "emails"). The service puts its own document and the line
// for leaving the list around a mail, so that it gets the mail's body alone.
//
// A draft carries the post's file as metadata, by which it is found again: bringing
// a draft up to date makes no second one. What the service would take for a template in
// a mail is sent as text.
package buttondown

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"galley/internal/mail"
)

// DefaultAPI is where Buttondown's API is.
const DefaultAPI = "https://api.buttondown.com/v1"

const (
	// maxAnswer is how much of an answer is read, in bytes.
	maxAnswer = 8 << 20
	// maxPages is how many pages of mails are looked through for a post's.
	maxPages = 5
	// metadataKey names the post in a mail's metadata.
	metadataKey = "galley"
)

// Service is Buttondown with a newsletter's account. It implements [mail.Service].
type Service struct {
	// API is where it is asked; DefaultAPI when empty.
	API string
	// Key is the newsletter's.
	Key string
	// Client sends the requests; it should have a time-out.
	Client *http.Client
}

// Name implements mail.Service.
func (s *Service) Name() string { return "Buttondown" }

// email is a mail as the API has it.
type email struct {
	ID          string            `json:"id,omitempty"`
	Subject     string            `json:"subject"`
	Body        string            `json:"body"`
	Status      string            `json:"status,omitempty"`
	Description string            `json:"description,omitempty"`
	Canonical   string            `json:"canonical_url,omitempty"`
	Metadata    map[string]string `json:"metadata"`
}

// listed is what is read of a mail in a list; metadata may hold anything.
type listed struct {
	ID       string         `json:"id"`
	Status   string         `json:"status"`
	Metadata map[string]any `json:"metadata"`
}

// Draft implements mail.Service.
func (s *Service) Draft(ctx context.Context, d mail.Draft) (mail.Drafted, error) {
	var out mail.Drafted
	id, sent, err := s.find(ctx, d.Key)
	if err != nil {
		return out, err
	}
	out.Sent, out.Updated = sent, id != ""
	e := email{
		Subject: plainText(d.Subject), Description: plainText(d.Preview), Canonical: strings.ReplaceAll(d.Address, "{", "%7B"), Metadata: map[string]string{metadataKey: d.Key},
		// Their editor for source takes HTML as it is.
		Body: "<!-- buttondown-editor-mode: plaintext -->\n" + plainHTML(d.Fragment()),
	}
	method, path := http.MethodPost, "/emails"
	if id != "" {
		method, path = http.MethodPatch, "/emails/"+url.PathEscape(id)
	} else {
		e.Status = "draft"
	}
	var made listed
	if err := s.ask(ctx, method, path, e, &made); err != nil {
		return out, err
	}
	if made.ID == "" {
		return out, fmt.Errorf("%w: Buttondown answered without the draft's id", mail.ErrUnavailable)
	}
	out.ID, out.URL = made.ID, "https://buttondown.com/emails/"+url.PathEscape(made.ID)
	return out, nil
}

// find looks for the draft of a post, and tells whether its mail was sent.
func (s *Service) find(ctx context.Context, key string) (id string, sent bool, err error) {
	for page := 1; page <= maxPages; page++ {
		var list struct {
			Results []listed `json:"results"`
			Next    string   `json:"next"`
		}
		if err := s.ask(ctx, http.MethodGet, fmt.Sprintf("/emails?ordering=-creation_date&page=%d", page), nil, &list); err != nil {
			return "", false, err
		}
		for _, e := range list.Results {
			if e.Metadata[metadataKey] != key {
				continue
			}
			if e.Status != "draft" {
				sent = true
			} else if id == "" {
				id = e.ID
			}
		}
		if list.Next == "" {
			break
		}
	}
	return id, sent, nil
}

// ask sends a request and reads its answer.
func (s *Service) ask(ctx context.Context, method, path string, in, out any) error {
	api := s.API
	if api == "" {
		api = DefaultAPI
	}
	var body io.Reader
	if in != nil {
		var b bytes.Buffer
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(in); err != nil {
			return err
		}
		body = &b
	}
	req, err := http.NewRequestWithContext(ctx, method, strings.TrimRight(api, "/")+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Token "+s.Key)
	req.Header.Set("Accept", "application/json")
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := s.Client.Do(req)
	if err != nil {
		// The error names the address, which holds nothing secret, and never the header.
		return fmt.Errorf("%w: Buttondown does not answer (%v)", mail.ErrUnavailable, err)
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("%w: Buttondown's answer broke off (%v)", mail.ErrUnavailable, err)
	}
	switch {
	case res.StatusCode == http.StatusUnauthorized, res.StatusCode == http.StatusForbidden:
		return fmt.Errorf("%w: Buttondown answered with status %d. Whoever runs Galley has to give it another one", mail.ErrUnauthorized, res.StatusCode)
	case res.StatusCode == http.StatusTooManyRequests, res.StatusCode >= 500:
		return fmt.Errorf("%w: Buttondown answered with status %d. Try again in a minute", mail.ErrUnavailable, res.StatusCode)
	case res.StatusCode >= 300:
		return fmt.Errorf("%w: Buttondown says %s", mail.ErrRefused, reason(res.StatusCode, data))
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("%w: Buttondown's answer cannot be read (%v)", mail.ErrUnavailable, err)
	}
	return nil
}

// reason is what the service says of a request that it does not take, in one line.
func reason(status int, data []byte) string {
	var told struct {
		Detail any    `json:"detail"`
		Code   string `json:"code"`
	}
	text := ""
	if json.Unmarshal(data, &told) == nil {
		if said, ok := told.Detail.(string); ok {
			text = said
		} else if told.Detail != nil {
			b, _ := json.Marshal(told.Detail)
			text = string(b)
		}
		if text == "" {
			text = told.Code
		}
	}
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 300 {
		text = string(runes[:300]) + "…"
	}
	if text == "" {
		return fmt.Sprintf("status %d", status)
	}
	return "“" + text + "”"
}
