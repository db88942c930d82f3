package mail

import (
	"context"
	"errors"
	"fmt"
)

// Service is a mailing service, with the account of the newsletter. It is used by
// many at once.
type Service interface {
	// Name is what people call it: "Buttondown".
	Name() string
	// Draft makes a draft of a mail, or brings the one up to date that was made for
	// the same post before and is not sent yet. Nothing is sent: a person does that
	// at the service. The same again makes no second draft. What a person wrote into
	// the draft there is not written over unseen, nor is another draft made unasked
	// beside a mail that waits to be sent: then the error is [InTheWay].
	Draft(ctx context.Context, d Draft) (Drafted, error)
}

// Draft is a mail for a mailing service.
type Draft struct {
	// Key names the post: its file. One post has one draft.
	Key string
	// Address is where the post is published.
	Address string
	// Seen is the [InTheWay.Seen] of what a person was told of, who wants it replaced,
	// or, with Beside, left as it is with a new draft beside it; empty for nothing.
	Seen   string
	Beside bool
	Mail
}

// InTheWay is the error of a mail that is there for the post and is not Galley's to
// write over. Nothing was written.
type InTheWay struct {
	// URL is where people look at it; empty where the service does not say.
	URL string
	// Subject is what it is called there.
	Subject string
	// State is empty for a draft that somebody changed; "scheduled" for a mail that
	// goes out by itself; else what the service calls it: it is neither a draft nor
	// sent. Only a draft can be replaced.
	State string
	// Seen names the mail as it is, for [Draft.Seen].
	Seen string
}

// Error implements error.
func (e *InTheWay) Error() string {
	if e.State == "" {
		return fmt.Sprintf("the draft “%s” was changed at the mailing service", e.Subject)
	}
	return fmt.Sprintf("the mail “%s” is %s at the mailing service", e.Subject, e.State)
}

// Drafted is a draft at a mailing service.
type Drafted struct {
	ID string
	// URL is where people look at it and send it; empty where the service does not
	// say.
	URL string
	// Updated: it was there and was brought up to date.
	Updated bool
	// Sent: a mail of this post was sent before, and this draft would be another one.
	Sent bool
}

// What a service may say. Errors of a service wrap one of these where they can be
// told apart; their texts are sentences that hold no key.
var (
	// ErrUnauthorized: the key is not, or no longer, the newsletter's.
	ErrUnauthorized = errors.New("the mailing service does not take the key")
	// ErrRefused: it does not take the mail as it is.
	ErrRefused = errors.New("the mailing service refused the mail")
	// ErrUnavailable: it does not answer, or asks to be left alone for a while.
	ErrUnavailable = errors.New("the mailing service cannot be reached")
)
