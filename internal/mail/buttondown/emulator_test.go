package buttondown

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"galley/internal/mail"
	"galley/internal/mail/mailtest"
)

// emulator is the part of Buttondown's API that is used, as its documentation has
// it.
type emulator struct {
	key string

	mu     sync.Mutex
	mails  []map[string]any // newest last
	refuse string
	broken bool
}

// pageSize is how many mails a page has; Buttondown's own is larger.
const pageSize = 3

func (e *emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	answer := func(status int, body any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
	}
	if r.Header.Get("Authorization") != "Token "+e.key {
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
		from := min((page-1)*pageSize, len(list))
		to := min(from+pageSize, len(list))
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

func TestContract(t *testing.T) {
	mailtest.Run(t, func(t *testing.T) mailtest.Account {
		e := &emulator{key: "a-key-that-is-secret"}
		// Other people's mails come first in the account.
		for i := range 2 * pageSize {
			e.mails = append(e.mails, map[string]any{"id": fmt.Sprintf("old_%d", i), "status": "sent", "metadata": map[string]any{"n": i}})
		}
		server := httptest.NewServer(e)
		t.Cleanup(server.Close)
		client := &http.Client{Timeout: 5 * time.Second}
		return mailtest.Account{
			Service: &Service{API: server.URL + "/v1/", Key: e.key, Client: client}, Stranger: &Service{API: server.URL + "/v1", Key: "another", Client: client}, Key: e.key,
			Drafts: func() (list []mail.Draft) {
				e.mu.Lock()
				defer e.mu.Unlock()
				for _, m := range slices.Backward(e.mails) {
					if m["status"] != "draft" {
						continue
					}
					list = append(list, mail.Draft{Address: fmt.Sprint(m["canonical_url"]), Mail: mail.Mail{Subject: fmt.Sprint(m["subject"]), Preview: fmt.Sprint(m["description"]), HTML: fmt.Sprint(m["body"])}})
				}
				return list
			},
			Send: func() {
				e.mu.Lock()
				defer e.mu.Unlock()
				e.mails[len(e.mails)-1]["status"] = "sent"
			},
			Refuse: func(why string) { e.refuse = why },
			Break:  func() { e.broken = true },
		}
	})
}
