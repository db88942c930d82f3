// Package buttondown makes drafts of mails at Buttondown, by its API
// (docs.buttondown.com, "emails"). The service puts its own document and the line
// for leaving the list around a mail, so that it gets the mail's body alone.
//
// A draft carries the post's file as metadata, by which it is found again: bringing
// a draft up to date makes no second one. It carries a hash of what was written, too:
// a draft that has anything else was changed there by a person, and is not written
// over unseen. (The service takes no condition with a write, so that what is saved
// there between the look and the write, some hundred milliseconds, is not seen.)
//
// What the service would take for a template in a mail is sent as text.
package buttondown

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"galley/internal/mail"
)

// DefaultAPI is where Buttondown's API is.
const DefaultAPI = "https://api.buttondown.com/v1"

// draft is the status of a mail that somebody is at work on.
const draft = "draft"

const (
	// maxAnswer is how much of an answer is read, in bytes.
	maxAnswer = 8 << 20
	// maxPages is how many pages of mails are looked through for a post's.
	maxPages = 5
	// metadataKey names the post in a mail's metadata.
	metadataKey = "galley"
	// writtenKey has the hash of what Galley wrote into it.
	writtenKey = "galley_written"
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
	ID          string         `json:"id,omitempty"`
	Subject     string         `json:"subject"`
	Body        string         `json:"body"`
	Status      string         `json:"status,omitempty"`
	Description string         `json:"description,omitempty"`
	Canonical   string         `json:"canonical_url,omitempty"`
	Metadata    map[string]any `json:"metadata"`
}

// listed is what is read of a mail; metadata may hold anything.
type listed struct {
	ID          string         `json:"id"`
	Status      string         `json:"status"`
	Subject     string         `json:"subject"`
	Body        string         `json:"body"`
	Description string         `json:"description"`
	Canonical   string         `json:"canonical_url"`
	Metadata    map[string]any `json:"metadata"`
}

// hash is that of what Galley writes of a mail.
func (m listed) hash() string { return hash(m.Subject, m.Body, m.Description, m.Canonical) }

// hash is that of some texts, one behind the other.
func hash(texts ...string) string {
	h := sha256.New()
	for _, text := range texts {
		_, _ = fmt.Fprintf(h, "%d:%s", len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// inTheWay tells whether a mail is there that is not Galley's to write over; nil where
// there is none, or a draft as Galley left it.
func (m listed) inTheWay() *mail.InTheWay {
	if m.ID == "" || m.Status == draft && m.Metadata[writtenKey] == m.hash() {
		return nil
	}
	there := &mail.InTheWay{URL: address(m.ID), Subject: m.Subject, State: m.Status, Seen: hash(m.ID, m.Status, m.hash())}
	if m.Status == draft {
		there.State = ""
	}
	return there
}

// address is where people look at a mail.
func address(id string) string { return "https://buttondown.com/emails/" + url.PathEscape(id) }

// Draft implements mail.Service.
func (s *Service) Draft(ctx context.Context, d mail.Draft) (mail.Drafted, error) {
	var out mail.Drafted
	there, sent, err := s.find(ctx, d.Key)
	if err != nil {
		return out, err
	}
	if way := there.inTheWay(); way != nil {
		if d.Seen != way.Seen || way.State != "" && !d.Beside {
			return out, way
		}
		if d.Beside {
			there = listed{}
		}
	}
	out.Sent, out.Updated = sent, there.ID != ""
	e := email{
		Subject: plainText(d.Subject), Description: plainText(d.Preview), Canonical: strings.ReplaceAll(d.Address, "{", "%7B"),
		// Their editor for source takes HTML as it is.
		Body: "<!-- buttondown-editor-mode: plaintext -->\n" + plainHTML(d.Fragment()),
	}
	e.Metadata = marks(there.Metadata, d.Key, hash(e.Subject, e.Body, e.Description, e.Canonical))
	method, path := http.MethodPost, "/emails"
	if there.ID != "" {
		method, path = http.MethodPatch, "/emails/"+url.PathEscape(there.ID)
	} else {
		e.Status = draft
	}
	var made listed
	if err := s.ask(ctx, method, path, e, &made); err != nil {
		return out, err
	}
	if made.ID == "" {
		return out, fmt.Errorf("%w: Buttondown answered without the draft's id", mail.ErrUnavailable)
	}
	s.keepsOtherwise(ctx, made, e)
	out.ID, out.URL = made.ID, address(made.ID)
	return out, nil
}

// marks is a mail's metadata with what it is found and compared by; what others keep
// there stays.
func marks(there map[string]any, key, written string) map[string]any {
	m := maps.Clone(there)
	if m == nil {
		m = map[string]any{}
	}
	m[metadataKey], m[writtenKey] = key, written
	return m
}

// keepsOtherwise notes what a draft has where the service keeps another text than it
// was sent, which else would look like a person's. It may fail: that costs a question
// the next time, and no text.
func (s *Service) keepsOtherwise(ctx context.Context, made listed, e email) {
	if made.Subject == "" || made.hash() == e.Metadata[writtenKey] {
		return
	}
	var answer listed
	_ = s.ask(ctx, http.MethodPatch, "/emails/"+url.PathEscape(made.ID), map[string]any{"metadata": marks(e.Metadata, fmt.Sprint(e.Metadata[metadataKey]), made.hash())}, &answer)
}

// find looks for the newest mail of a post that is not sent, and tells whether one was
// sent or is being sent.
func (s *Service) find(ctx context.Context, key string) (there listed, sent bool, err error) {
	for page := 1; page <= maxPages; page++ {
		var list struct {
			Results []listed `json:"results"`
			Next    string   `json:"next"`
		}
		if err := s.ask(ctx, http.MethodGet, fmt.Sprintf("/emails?ordering=-creation_date&page=%d", page), nil, &list); err != nil {
			return there, false, err
		}
		for _, e := range list.Results {
			if e.Metadata[metadataKey] != key {
				continue
			}
			switch e.Status {
			case "sent", "in_flight", "about_to_send", "resending":
				sent = true
			case "deleted":
			default:
				if there.ID == "" {
					there = e
				}
			}
		}
		if list.Next == "" {
			break
		}
	}
	return there, sent, nil
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
