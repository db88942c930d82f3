package buttondown

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
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
			Send: e.Send, Refuse: e.Refuse, Break: e.Break,
		}
	})
}
