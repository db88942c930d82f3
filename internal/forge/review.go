package forge

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"
)

// Reviewing is what people say to each other about a pull request: comments at
// its lines, in threads, comments on the whole, and what reviewers make of it.
// All of it is theirs, and Markdown: whoever shows it takes it for hostile.
type Reviewing interface {
	// Discussion gives all that was said about a pull request, as far as
	// MaxThreads and MaxComments go. ErrNotFound when there is no such pull
	// request.
	Discussion(ctx context.Context, number int) (Discussion, error)
	// Comment says something: in a thread, at lines, or on the whole. What one has
	// said last at the same place is not said twice. ErrStale when lines of
	// another head than the present one are meant; ErrInvalid for lines that the
	// pull request does not have, and where there is nothing to read.
	Comment(ctx context.Context, number int, c NewComment) error
	// Resolve marks a thread as settled, or as not. The same again changes
	// nothing. ErrForbidden for who may not, ErrUnsupported where the forge does
	// not say which threads are.
	Resolve(ctx context.Context, number int, thread string, resolved bool) error
	// Review says what one makes of an open pull request. ErrStale when its head
	// is another than the one that was looked at, ErrForbidden for its author. The
	// same again changes nothing.
	Review(ctx context.Context, number int, v NewVerdict) error
	// RequestReview asks people, by their names in Person.Key, for a review of an
	// open pull request. Who is asked already stays so.
	RequestReview(ctx context.Context, number int, people []string) error
}

// How much of a discussion is told.
const (
	MaxThreads  = 500
	MaxComments = 1000
	// MaxAsked is how many people can be asked for a review at once.
	MaxAsked = 15
)

// Discussion is what was said about a pull request.
type Discussion struct {
	// Head is the commit whose lines the threads name.
	Head string
	// Threads are by path, and there as they began.
	Threads []Thread
	// Comments are those on the whole, the oldest first.
	Comments []Comment
	// Verdicts are all that reviewers said, the oldest first.
	Verdicts []Verdict
	// Asked are those whose review is asked for and has not come.
	Asked []Person
	// Resolves tells whether the forge says which threads are resolved.
	Resolves bool
}

// Thread is a comment at lines, with its answers.
type Thread struct {
	// ID names it among those of its pull request.
	ID   string
	Path string
	// Start and Line are the first and the last of its lines in the file at the
	// discussion's head, from 1; 0 where they are not there any more, and where
	// Removed.
	Start, Line int
	// Removed: it is about lines that the pull request takes away.
	Removed bool
	// Lines are its lines as they were when it began, without the last one's line
	// end; empty for a comment on all of a file.
	Lines    string
	Resolved bool
	// Comments are the first one and its answers, in order; there is one at least.
	Comments []Comment
}

// Comment is what somebody said.
type Comment struct {
	Author  Person
	Body    string // Markdown, of a stranger
	Created time.Time
	// URL is where others look at it; empty where it is in Galley alone.
	URL string
}

// Verdict is what a reviewer makes of a pull request.
type Verdict struct {
	Author Person
	// Review is ReviewApproved or ReviewChanges, or empty for one that leaves the
	// last one standing.
	Review  Review
	Body    string // Markdown, of a stranger
	Created time.Time
	// Commit is the head that was looked at.
	Commit string
	// Dismissed: somebody said that it does not count.
	Dismissed bool
}

// NewComment is a comment that is to be made. Without Thread and Path it is on
// the whole.
type NewComment struct {
	Body string
	// Thread is the ID of the thread that it answers in.
	Thread string
	// Path, and Start and Line as in a Thread, is where it begins one, in the file
	// as it is at Head.
	Path        string
	Start, Line int
	Head        string
}

// NewVerdict is what somebody is about to make of a pull request.
type NewVerdict struct {
	// Review is ReviewApproved or ReviewChanges.
	Review Review
	// Body says more. It is needed with ReviewChanges.
	Body string
	// Head is the commit that was looked at.
	Head string
}

// Key is the name by which a forge asks for somebody: the login, where there is
// one.
func (p Person) Key() string {
	if p.Login != "" {
		return p.Login
	}
	return p.Name
}

// Is tells whether two are the same person, by their logins where both have
// one.
func (p Person) Is(other Person) bool {
	if p.Login != "" && other.Login != "" {
		return strings.EqualFold(p.Login, other.Login)
	}
	return p.Name != "" && p.Name == other.Name
}

// maxSaid is the longest comment, in bytes; GitHub takes 65,536 characters.
const maxSaid = 60_000

// Check tells whether the comment can be made, as far as it tells itself, and
// gives it with its line ends as \n.
func (c NewComment) Check() (NewComment, error) {
	var err error
	if c.Body, err = said(c.Body); err != nil {
		return c, err
	}
	if strings.TrimSpace(c.Body) == "" {
		return c, Errorf(ErrInvalid, nil, "There is nothing in the comment. Write something first.")
	}
	if c.Thread != "" || c.Path == "" {
		return c, nil
	}
	if err := CheckReadPath(c.Path); err != nil {
		return c, err
	}
	if c.Start == 0 {
		c.Start = c.Line
	}
	if c.Start < 1 || c.Line < c.Start {
		return c, NoSuchLines(c)
	}
	if !IsID(c.Head) {
		return c, Errorf(ErrInvalid, nil, "The comment does not say which version of %s it is about. Reload the page.", c.Path)
	}
	return c, nil
}

// Check tells whether the verdict can be given, as far as it tells itself.
func (v NewVerdict) Check() (NewVerdict, error) {
	var err error
	if v.Body, err = said(v.Body); err != nil {
		return v, err
	}
	switch {
	case v.Review != ReviewApproved && v.Review != ReviewChanges:
		return v, Errorf(ErrInvalid, nil, "A review approves or asks for changes.")
	case v.Review == ReviewChanges && strings.TrimSpace(v.Body) == "":
		return v, Errorf(ErrInvalid, nil, "Say in a sentence what is to be changed.")
	case !IsID(v.Head):
		return v, Errorf(ErrInvalid, nil, "The review does not say which version it is about. Reload the page.")
	}
	return v, nil
}

// said is a text that can be said: of a bounded length, with the line ends of
// Unix, and without what is no text.
func said(text string) (string, error) {
	if len(text) > maxSaid {
		return text, Errorf(ErrTooLarge, nil, "The comment is longer than %d characters. Make two of it.", maxSaid)
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return text, Errorf(ErrInvalid, nil, "The comment has something in it that is no text. Type it anew.")
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), nil
}

// CheckAsked tells whether these people can be asked for a review.
func CheckAsked(people []string) error {
	if len(people) == 0 || len(people) > MaxAsked {
		return Errorf(ErrInvalid, nil, "One to %d people can be asked for a review at once.", MaxAsked)
	}
	for _, name := range people {
		if name == "" || len(name) > 100 || strings.TrimSpace(name) != name || strings.ContainsAny(name, "\n\r\x00/@") || !utf8.ValidString(name) {
			return Errorf(ErrInvalid, nil, "%q is nobody's name here.", name)
		}
	}
	return nil
}

// NoSuchLines is the error for a comment at lines that are not to be commented.
func NoSuchLines(c NewComment) error {
	return Errorf(ErrInvalid, nil, "The pull request does not show line %d of %s, so that no comment can be made there. Choose a line that it changes, or one beside it.", c.Line, c.Path)
}

// HeadMoved is the error for what is said of another head than the present one.
func HeadMoved(number int) error {
	return Errorf(ErrStale, nil, "Pull request %d has changed since you looked at it. Look at it again, then send what you wrote, which is kept.", number)
}

// NotOpen is the error for a review of a pull request that is merged or closed.
func NotOpen(number int, state State) error {
	return Errorf(ErrInvalid, nil, "Pull request %d is %s, so that it is not reviewed any more.", number, state)
}

// OwnReview is the error for a review of one's own pull request.
func OwnReview(number int) error {
	return Errorf(ErrForbidden, nil, "You opened pull request %d, so that somebody else has to review it.", number)
}

// NoThread is the error for a thread that is not there.
func NoThread(number int) error {
	return Errorf(ErrNotFound, nil, "This thread is not in pull request %d any more. Reload the page.", number)
}

// LastWord is what the last word of each reviewer comes to: one that asks for
// changes outweighs approvals, and an approval of the head a review that is waited
// for, as asked tells; where only what was there before is approved, this is told.
// Those without a word leave the one before them standing.
func LastWord(verdicts []Verdict, head string, asked bool) Review {
	last := map[string]Review{}
	for _, v := range verdicts {
		switch {
		case v.Dismissed:
			last[v.Author.Key()] = ""
		case v.Review == ReviewApproved && v.Commit != "" && v.Commit != head:
			last[v.Author.Key()] = ReviewEarlier
		case v.Review != "":
			last[v.Author.Key()] = v.Review
		}
	}
	word := Review("")
	if asked {
		word = ReviewRequested
	}
	for _, review := range last {
		switch review {
		case ReviewChanges:
			return ReviewChanges
		case ReviewApproved:
			word = ReviewApproved
		case ReviewEarlier:
			if word == "" {
				word = ReviewEarlier
			}
		}
	}
	return word
}
