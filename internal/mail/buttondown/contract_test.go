package buttondown

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"galley/internal/mail"
	"galley/internal/mail/mailtest"
)

func TestContract(t *testing.T) {
	mailtest.Run(t, func(t *testing.T) mailtest.Account {
		e := &mailtest.Buttondown{Key: "a-key-that-is-secret"}
		// Other people's mails come first in the account.
		for i := range 2 * mailtest.PageSize {
			e.Add(map[string]any{"id": fmt.Sprintf("old_%d", i), "status": "sent", "metadata": map[string]any{"n": i}})
		}
		server := httptest.NewServer(e)
		t.Cleanup(server.Close)
		client := &http.Client{Timeout: 5 * time.Second}
		return mailtest.Account{
			Service: &Service{API: server.URL + "/v1/", Key: e.Key, Client: client}, Stranger: &Service{API: server.URL + "/v1", Key: "another", Client: client}, Key: e.Key,
			Drafts: func() (list []mail.Draft) {
				for _, m := range slices.Backward(e.Mails()) {
					if m["status"] != "draft" {
						continue
					}
					list = append(list, mail.Draft{Address: fmt.Sprint(m["canonical_url"]), Mail: mail.Mail{Subject: fmt.Sprint(m["subject"]), Preview: fmt.Sprint(m["description"]), HTML: fmt.Sprint(m["body"])}})
				}
				return list
			},
			Send: e.Send, Edit: func(subject string) { e.Edit("subject", subject) }, Schedule: func() { e.Edit("status", "scheduled") },
			Refuse: e.Refuse, Break: e.Break,
		}
	})
}

// bench is a service with an account of its own, and a draft for it.
func bench(t *testing.T) (*mailtest.Buttondown, *Service, mail.Draft) {
	t.Helper()
	e := &mailtest.Buttondown{Key: "a-key"}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	d := mail.Draft{Key: "_posts/2026-08-16-a.md", Address: "https://x.example/a/", Mail: mail.Mail{Subject: "A", HTML: "<html><body><p>A</p></body></html>"}}
	return e, &Service{API: server.URL + "/v1", Key: e.Key, Client: server.Client()}, d
}

// Whatever of it a person changes is theirs, and what they keep in its metadata stays.
func TestChanged(t *testing.T) {
	for _, field := range []string{"subject", "body", "description", "canonical_url"} {
		e, s, d := bench(t)
		if _, err := s.Draft(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		e.Mails()[0]["metadata"].(map[string]any)["theirs"] = 1.0
		if again, err := s.Draft(t.Context(), d); err != nil || !again.Updated || e.Mails()[0]["metadata"].(map[string]any)["theirs"] != 1.0 {
			t.Errorf("%+v %v %v", again, err, e.Mails())
		}
		e.Edit(field, "Written by hand.")
		if _, err := s.Draft(t.Context(), d); err == nil || e.Mails()[0][field] != "Written by hand." || len(e.Mails()) != 1 {
			t.Errorf("%s: %v %v", field, err, e.Mails())
		}
	}
}

// A draft of which nobody knows what was written is asked about.
func TestWrittenBefore(t *testing.T) {
	e, s, d := bench(t)
	e.Add(map[string]any{"id": "em_0", "status": "draft", "subject": "A", "metadata": map[string]any{metadataKey: d.Key}})
	if _, err := s.Draft(t.Context(), d); err == nil || len(e.Mails()) != 1 || e.Mails()[0]["body"] != nil {
		t.Error(err, e.Mails())
	}
}

// What the service makes of a text by itself is no person's change.
func TestKeptOtherwise(t *testing.T) {
	e, s, d := bench(t)
	e.Keeps = func(body string) string { return strings.ReplaceAll(body, "<p>", "<p >") }
	for range 3 {
		if _, err := s.Draft(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	e.Edit("subject", "Theirs")
	if _, err := s.Draft(t.Context(), d); err == nil {
		t.Error("it was written over")
	}
}

// Only what goes out, or has, is told as sent.
func TestStatuses(t *testing.T) {
	for status, want := range map[string]string{
		"sent": "sent", "in_flight": "sent", "about_to_send": "sent", "deleted": "new",
		"scheduled": "scheduled", "paused": "paused", "errored": "errored", "of next year": "of next year",
	} {
		e, s, d := bench(t)
		e.Add(map[string]any{"id": "em_0", "status": status, "metadata": map[string]any{metadataKey: d.Key}})
		made, err := s.Draft(t.Context(), d)
		got := "new"
		if way, ok := err.(*mail.InTheWay); ok {
			got = way.State
		} else if made.Sent {
			got = "sent"
		}
		if got != want {
			t.Errorf("%s: %s (%+v, %v)", status, got, made, err)
		}
	}
}
