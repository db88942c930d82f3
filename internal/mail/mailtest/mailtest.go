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
	// Edit has a person put another subject into the newest draft.
	Edit func(subject string)
	// Schedule has the newest draft wait to be sent by itself.
	Schedule func()
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
	t.Run("what a person changed is not written over unseen", func(t *testing.T) { testChanged(t, open(t), draft) })
	t.Run("no second draft beside a mail that waits to be sent", func(t *testing.T) { testScheduled(t, open(t), draft) })
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

// inTheWay gives what a draft was refused for.
func inTheWay(t *testing.T, a Account, d mail.Draft) *mail.InTheWay {
	t.Helper()
	made, err := a.Service.Draft(t.Context(), d)
	var way *mail.InTheWay
	if !errors.As(err, &way) || way.Seen == "" || strings.Contains(err.Error(), a.Key) {
		t.Fatalf("%+v %v", made, err)
	}
	return way
}

func testChanged(t *testing.T, a Account, draft mail.Draft) {
	first, err := a.Service.Draft(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	a.Edit("A better subject")
	way := inTheWay(t, a, draft)
	if way.Subject != "A better subject" || way.State != "" || way.URL != first.URL {
		t.Errorf("%+v", way)
	}
	// What was changed again meanwhile was not seen.
	a.Edit("The best subject")
	agreed := draft
	agreed.Seen = way.Seen
	way = inTheWay(t, a, agreed)
	if list := a.Drafts(); len(list) != 1 || list[0].Subject != "The best subject" {
		t.Fatalf("%+v", list)
	}
	agreed.Seen, agreed.Beside = way.Seen, true
	beside, err := a.Service.Draft(t.Context(), agreed)
	if err != nil || beside.ID == first.ID || beside.Updated {
		t.Error(beside, err)
	}
	// From now on the newer one is the post's, and the question is answered: the same
	// press of another makes no third.
	again, err := a.Service.Draft(t.Context(), agreed)
	if list := a.Drafts(); err != nil || again.ID != beside.ID || len(list) != 2 || list[1].Subject != "The best subject" {
		t.Errorf("%+v %v %+v", again, err, list)
	}
	a.Edit("Not good")
	agreed.Seen, agreed.Beside = inTheWay(t, a, draft).Seen, false
	if replaced, err := a.Service.Draft(t.Context(), agreed); err != nil || replaced.ID != beside.ID || !replaced.Updated || a.Drafts()[0].Subject != draft.Subject {
		t.Error(replaced, err)
	}
	if _, err := a.Service.Draft(t.Context(), draft); err != nil {
		t.Error(err)
	}
}

func testScheduled(t *testing.T, a Account, draft mail.Draft) {
	first, err := a.Service.Draft(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	a.Schedule()
	way := inTheWay(t, a, draft)
	agreed := draft
	agreed.Seen = way.Seen
	if way.State != "scheduled" || inTheWay(t, a, agreed).Seen != way.Seen || len(a.Drafts()) != 0 {
		t.Errorf("%+v", way)
	}
	agreed.Beside = true
	if beside, err := a.Service.Draft(t.Context(), agreed); err != nil || beside.ID == first.ID || beside.Sent || len(a.Drafts()) != 1 {
		t.Error(beside, err)
	}
}
