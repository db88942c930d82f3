package mail

import (
	"context"
	"errors"
)

// Service is a mailing service, with the account of the newsletter. It is used by
// many at once.
type Service interface {
	// Name is what people call it: "Buttondown".
	Name() string
	// Draft makes a draft of a mail, or brings the one up to date that was made for
	// the same post before and is not sent yet. Nothing is sent: a person does that
	// at the service. The same again makes no second draft.
	Draft(ctx context.Context, d Draft) (Drafted, error)
}

// Draft is a mail for a mailing service.
type Draft struct {
	// Key names the post: its file. One post has one draft.
	Key string
	// Address is where the post is published.
	Address string
	Mail
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
