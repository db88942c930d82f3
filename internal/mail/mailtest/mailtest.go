// Package mailtest holds what every mailing service has to do, as one test that
// each is run against, by an emulator of the service or by the service itself.
package mailtest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"galley/internal/mail"
)

// Account is a newsletter at a service, as a test sees it from the other side.
type Account struct {
	// Service has the account's key, and Stranger another one.
	Service, Stranger mail.Service
	// Key is the secret, which must stand in no answer.
	Key string
	// Drafts gives the drafts that are there, newest first.
	Drafts func() []mail.Draft
	// Send sends the only draft, as a person would.
	Send func()
	// Refuse has the service refuse the next mail, with a word on why.
	Refuse func(why string)
	// Break has the service fail the next request after it was carried out.
	Break func()
}

// Run runs the test; open makes a new account with nothing in it.
func Run(t *testing.T, open func(t *testing.T) Account) {
	draft := mail.Draft{Key: "_posts/2026-08-16-update.md", Address: "https://news.example/2026/20260816", Mail: mail.Mail{
		Subject: "News: Week Ending August 16 & more", Preview: "Gauges", HTML: `<html><body style="margin:0"><p style="color:red">It's here</p></body></html>`,
	}}
	t.Run("a draft is made and not sent", func(t *testing.T) {
		a := open(t)
		made, err := a.Service.Draft(t.Context(), draft)
		if err != nil || made.ID == "" || made.Updated || made.Sent {
			t.Fatal(made, err)
		}
		list := a.Drafts()
		if len(list) != 1 || list[0].Subject != draft.Subject || list[0].Address != draft.Address || list[0].Preview != draft.Preview || !strings.Contains(list[0].HTML, `<p style="color:red">It&#39;s here</p>`) {
			t.Errorf("%+v", list)
		}
	})
	t.Run("the same post has one draft", func(t *testing.T) {
		a := open(t)
		first, err := a.Service.Draft(t.Context(), draft)
		if err != nil {
			t.Fatal(err)
		}
		again := draft
		again.Subject = "News: mended"
		second, err := a.Service.Draft(t.Context(), again)
		if err != nil || second.ID != first.ID || !second.Updated {
			t.Error(second, err)
		}
		other := draft
		other.Key = "_posts/2026-08-23-update.md"
		if third, err := a.Service.Draft(t.Context(), other); err != nil || third.ID == first.ID || third.Updated {
			t.Error(third, err)
		}
		if list := a.Drafts(); len(list) != 2 || list[1].Subject != "News: mended" {
			t.Errorf("%+v", list)
		}
	})
	t.Run("what was sent is told", func(t *testing.T) {
		a := open(t)
		first, err := a.Service.Draft(t.Context(), draft)
		if err != nil {
			t.Fatal(err)
		}
		a.Send()
		second, err := a.Service.Draft(t.Context(), draft)
		if err != nil || second.ID == first.ID || second.Updated || !second.Sent {
			t.Error(second, err)
		}
	})
	t.Run("a lost answer makes no second draft", func(t *testing.T) {
		a := open(t)
		a.Break()
		if _, err := a.Service.Draft(t.Context(), draft); !errors.Is(err, mail.ErrUnavailable) {
			t.Error(err)
		}
		if _, err := a.Service.Draft(t.Context(), draft); err != nil {
			t.Error(err)
		}
		if list := a.Drafts(); len(list) != 1 {
			t.Errorf("%+v", list)
		}
	})
	t.Run("another key", func(t *testing.T) {
		a := open(t)
		_, err := a.Stranger.Draft(t.Context(), draft)
		if !errors.Is(err, mail.ErrUnauthorized) || len(a.Drafts()) > 0 {
			t.Error(err)
		}
	})
	t.Run("refused, with the reason and without the key", func(t *testing.T) {
		a := open(t)
		a.Refuse("the subject is\n too loud " + strings.Repeat("x", 1000))
		_, err := a.Service.Draft(t.Context(), draft)
		if !errors.Is(err, mail.ErrRefused) || !strings.Contains(err.Error(), "the subject is too loud") || len(err.Error()) > 600 || strings.Contains(err.Error(), a.Key) {
			t.Error(err)
		}
	})
	t.Run("given up", func(t *testing.T) {
		a := open(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := a.Service.Draft(ctx, draft); !errors.Is(err, mail.ErrUnavailable) || strings.Contains(err.Error(), a.Key) {
			t.Error(err)
		}
	})
	t.Run("many at once", func(t *testing.T) {
		a := open(t)
		var group sync.WaitGroup
		for _, name := range []string{"a", "b", "c", "d"} {
			group.Go(func() {
				d := draft
				d.Key = name
				if _, err := a.Service.Draft(t.Context(), d); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if n := len(a.Drafts()); n != 4 {
			t.Errorf("%d drafts", n)
		}
	})
}
