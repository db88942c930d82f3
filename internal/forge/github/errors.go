package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/go-github/v75/github"

	"galley/internal/forge"
)

// fault makes an error of GitHub's, or of the way there, into one of forge's.
// missing is the sentence for 404, which GitHub also gives for what the person
// may not see.
func (f *Forge) fault(err error, missing string) error {
	var known *forge.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	e := &forge.Error{Err: f.tokens.redact(err)}
	var limit *github.RateLimitError
	var abuse *github.AbuseRateLimitError
	var answer *github.ErrorResponse
	var token *tokenError
	switch {
	case errors.Is(err, context.Canceled):
		e.Kind, e.Sentence = forge.ErrUnavailable, "The request was ended before it was done."
	case errors.As(err, &token):
		e.Kind, e.Sentence = forge.ErrUnauthorized, "Your sign-in has expired. Sign in again."
	case errors.As(err, &limit):
		e.Kind, e.RetryAfter = forge.ErrRateLimited, max(0, limit.Rate.Reset.Sub(f.clock()))
		e.Sentence = "GitHub has had too many requests from you" + in(e.RetryAfter)
	case errors.As(err, &abuse):
		e.Kind, e.RetryAfter = forge.ErrRateLimited, abuse.GetRetryAfter()
		e.Sentence = "GitHub asks for a pause" + in(e.RetryAfter)
	case errors.As(err, &answer) && answer.Response != nil:
		f.faultOf(e, answer, missing)
	case errors.Is(err, context.DeadlineExceeded):
		e.Kind, e.Sentence = forge.ErrUnavailable, "GitHub did not answer in time. Try again."
	default:
		e.Kind, e.Sentence = forge.ErrUnavailable, "GitHub cannot be reached, or its answer makes no sense. Try again."
	}
	return e
}

// in says when to go on.
func in(wait time.Duration) string {
	switch {
	case wait <= 0:
		return ". Wait a minute, then try again."
	case wait < 90*time.Second:
		return fmt.Sprintf(". Try again in %d seconds.", int(wait.Round(time.Second)/time.Second))
	default:
		return fmt.Sprintf(". Try again in %d minutes.", int((wait+time.Minute-1)/time.Minute))
	}
}

// faultOf fills in an error for an answer with a status that is one.
func (f *Forge) faultOf(e *forge.Error, answer *github.ErrorResponse, missing string) {
	name := f.up.String()
	if answer.Response.Request != nil { // or the fork that was asked
		if parts := strings.Split(strings.TrimPrefix(answer.Response.Request.URL.Path, f.client.BaseURL.Path), "/"); len(parts) > 2 && parts[0] == "repos" {
			name = parts[1] + "/" + parts[2]
		}
	}
	e.RetryAfter = retryAfter(answer.Response.Header)
	if header := answer.Response.Header; e.RetryAfter == 0 && header.Get("X-RateLimit-Remaining") == "0" {
		if reset, err := strconv.ParseInt(header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
			e.RetryAfter = max(0, time.Unix(reset, 0).Sub(f.clock()))
		}
	}
	message := strings.ToLower(answer.Message)
	switch code := answer.Response.StatusCode; {
	case code == http.StatusUnauthorized:
		e.Kind, e.Sentence = forge.ErrUnauthorized, "GitHub does not accept the sign-in any more. Sign in again."
	case code == http.StatusTooManyRequests, code == http.StatusForbidden && (strings.Contains(message, "rate limit") || e.RetryAfter > 0):
		e.Kind, e.Sentence = forge.ErrRateLimited, "GitHub asks for a pause"+in(e.RetryAfter)
	case code == http.StatusForbidden && isArchived(answer):
		e.Kind, e.Sentence = forge.ErrForbidden, fmt.Sprintf("The repository %s is archived, so nothing can be added to it.", name)
	case code == http.StatusForbidden && strings.Contains(message, "saml"):
		e.Kind, e.Sentence = forge.ErrForbidden, fmt.Sprintf("The organization of %s asks for its own sign-in (SAML). Authorize your token for it on GitHub.", name)
	case code == http.StatusForbidden:
		e.Kind, e.Sentence = forge.ErrForbidden, fmt.Sprintf("GitHub does not let you do that in %s. Ask for write access, or sign in with more rights.", name)
	case code == http.StatusNotFound, code == http.StatusGone:
		e.Kind, e.Sentence = forge.ErrNotFound, missing
	case (code == http.StatusConflict || code == http.StatusUnprocessableEntity) && isProtected(answer):
		e.Kind, e.Sentence = forge.ErrForbidden, ruleSentence(message)
	case code == http.StatusConflict:
		e.Kind, e.Sentence = forge.ErrStale, "Somebody wrote to the same branch at the same moment. Nothing was overwritten; submit again."
	case code == http.StatusRequestEntityTooLarge, strings.Contains(message, "too large"), tooLarge(answer):
		e.Kind, e.Sentence = forge.ErrTooLarge, "The file is larger than GitHub takes."
	case strings.Contains(message, "workflow") && code != http.StatusConflict:
		e.Kind, e.Sentence = forge.ErrForbidden, fmt.Sprintf("This sign-in may not touch workflow files, and those of %s are not up to date. Press “Sync fork” on its page on GitHub, then submit again.", name)
	case code == http.StatusUnprocessableEntity, code == http.StatusBadRequest:
		e.Kind, e.Sentence = forge.ErrInvalid, "GitHub refused the request as it stands. Tell the keepers of this editor."
	default:
		e.Kind, e.Sentence = forge.ErrUnavailable, fmt.Sprintf("GitHub has a fault at the moment (%d). Try again.", code)
	}
}

// ruleSentence says which rule of the repository keeps a branch from being
// written to, by GitHub's message in small letters.
func ruleSentence(message string) string {
	const ask = " Ask its keepers to leave branches that begin with “galley/” out of that rule."
	switch {
	case strings.Contains(message, "signature"):
		return "The rules of the repository let only signed commits onto that branch, and GitHub signs none that come by this sign-in." + ask
	case strings.Contains(message, "merge commit"), strings.Contains(message, "linear"):
		return "The rules of the repository allow no merge commits on that branch, and what was merged into your text makes one." + ask
	case strings.Contains(message, "through a pull request"):
		return "The rules of the repository let nobody write to that branch but by a pull request."
	}
	return "The rules of the repository protect that branch from being written to."
}

func tooLarge(answer *github.ErrorResponse) bool {
	for _, e := range answer.Errors {
		if e.Code == "too_large" {
			return true
		}
	}
	return false
}

// isArchived tells whether GitHub refused because a repository is archived.
func isArchived(err error) bool {
	var answer *github.ErrorResponse
	return errors.As(err, &answer) && strings.Contains(strings.ToLower(answer.Message), "archived")
}

// isProtected tells whether GitHub refused because of a branch's rules.
func isProtected(err error) bool {
	var answer *github.ErrorResponse
	if !errors.As(err, &answer) {
		return false
	}
	message := strings.ToLower(answer.Message)
	return strings.Contains(message, "protected") || strings.Contains(message, "rule violations")
}

// limited tells whether GitHub asks for a pause.
func limited(err error) bool {
	if errors.As(err, new(*github.RateLimitError)) || errors.As(err, new(*github.AbuseRateLimitError)) {
		return true
	}
	var answer *github.ErrorResponse
	if !errors.As(err, &answer) || answer.Response == nil {
		return false
	}
	status := answer.Response.StatusCode
	return status == http.StatusTooManyRequests ||
		status == http.StatusForbidden && (retryAfter(answer.Response.Header) > 0 || strings.Contains(strings.ToLower(answer.Message), "rate limit"))
}

// code is the HTTP status of an error; 0 where there was no answer.
func code(err error) int {
	var answer *github.ErrorResponse
	if errors.As(err, &answer) && answer.Response != nil {
		return answer.Response.StatusCode
	}
	return 0
}
