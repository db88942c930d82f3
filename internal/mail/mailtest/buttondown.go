package mailtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Buttondown is the part of Buttondown's API that is used, as its documentation has
// it.
type Buttondown struct {
	// Key is the account's, which each request has to name.
	Key string
	// Keeps is what the service makes of a body that it is sent; nil for nothing.
	Keeps func(body string) string

	mu     sync.Mutex
	mails  []map[string]any // newest last
	refuse string
	broken bool
}

// Add puts mails into the account, as the API writes them.
func (e *Buttondown) Add(mails ...map[string]any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.mails = append(e.mails, mails...)
}

// Mails are those in the account, as the API writes them, the newest last.
func (e *Buttondown) Mails() []map[string]any {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.mails)
}

// Send has the newest mail sent.
func (e *Buttondown) Send() { e.Edit("status", "sent") }

// Edit changes a field of the newest mail, as a person does there.
func (e *Buttondown) Edit(field string, value any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.mails[len(e.mails)-1][field] = value
}

// Refuse has the next mail refused, in these words.
func (e *Buttondown) Refuse(why string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.refuse = why
}

// Break has the answer to the next mail lost.
func (e *Buttondown) Break() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.broken = true
}

// PageSize is how many mails a page has; Buttondown's own is larger.
const PageSize = 3

// ServeHTTP answers as the API does.
func (e *Buttondown) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	answer := func(status int, body any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
	}
	if r.Header.Get("Authorization") != "Token "+e.Key {
		answer(http.StatusUnauthorized, map[string]any{"detail": "Invalid token."})
		return
	}
	id, one := strings.CutPrefix(r.URL.Path, "/v1/emails/")
	switch {
	case r.Method == http.MethodGet && r.URL.Path == "/v1/emails":
		page := 1
		_, _ = fmt.Sscan(r.URL.Query().Get("page"), &page)
		list := slices.Clone(e.mails)
		slices.Reverse(list)
		from := min((page-1)*PageSize, len(list))
		to := min(from+PageSize, len(list))
		next := any(nil)
		if to < len(list) {
			next = fmt.Sprintf("http://%s/v1/emails?page=%d", r.Host, page+1)
		}
		answer(http.StatusOK, map[string]any{"results": list[from:to], "count": len(list), "next": next})
	case r.Method == http.MethodPost && r.URL.Path == "/v1/emails", r.Method == http.MethodPatch && one:
		var sent map[string]any
		if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
			answer(http.StatusBadRequest, map[string]any{"detail": err.Error()})
			return
		}
		if e.refuse != "" {
			answer(http.StatusBadRequest, map[string]any{"code": "subject_invalid", "detail": e.refuse})
			e.refuse = ""
			return
		}
		if body, ok := sent["body"].(string); ok && e.Keeps != nil {
			sent["body"] = e.Keeps(body)
		}
		known := sent
		if one {
			i := slices.IndexFunc(e.mails, func(m map[string]any) bool { return m["id"] == id })
			if i < 0 || e.mails[i]["status"] != "draft" {
				answer(http.StatusNotFound, map[string]any{"detail": "Not found."})
				return
			}
			known = e.mails[i]
			for k, v := range sent {
				known[k] = v
			}
		} else {
			if sent["status"] == nil {
				sent["status"] = "about_to_send" // what is not called a draft goes out
			}
			sent["id"] = fmt.Sprintf("em_%d", len(e.mails)+1)
			e.mails = append(e.mails, sent)
		}
		if e.broken {
			e.broken = false
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		answer(http.StatusCreated, known)
	default:
		answer(http.StatusNotFound, map[string]any{"detail": "Not found."})
	}
}
