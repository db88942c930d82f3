package github

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/go-github/v75/github"
	"golang.org/x/sync/errgroup"

	"galley/internal/forge"
	"galley/internal/guard"
)

// commentPages is how many pages of 100 comments are asked for at most.
const commentPages = 10

// Discussion implements forge.Reviewing. Each list is asked for with its ETag, so
// that looking again at what nobody has added to is free.
func (f *Forge) Discussion(ctx context.Context, number int) (forge.Discussion, error) {
	p, err := f.pull(ctx, number)
	if err != nil {
		return forge.Discussion{}, err
	}
	d := forge.Discussion{Resolves: true}
	if d.Head, err = f.pullHead(ctx, p); err != nil {
		return d, err
	}
	for _, user := range p.RequestedReviewers {
		d.Asked = append(d.Asked, forge.Person{Login: user.GetLogin(), Name: user.GetName()})
	}
	for _, team := range p.RequestedTeams {
		d.Asked = append(d.Asked, forge.Person{Login: team.GetSlug(), Name: team.GetName()})
	}
	var lines []*github.PullRequestComment
	var group errgroup.Group
	group.Go(guard.Work(func() (err error) { lines, err = f.lineComments(ctx, number); return err }))
	group.Go(guard.Work(func() (err error) { d.Comments, err = f.comments(ctx, number); return err }))
	group.Go(guard.Work(func() (err error) { d.Verdicts, err = f.verdicts(ctx, number); return err }))
	if err := group.Wait(); err != nil {
		return d, err
	}
	d.Threads = threadsOf(lines)
	if len(d.Threads) == 0 {
		return d, nil
	}
	known, err := f.resolutions(ctx, number)
	switch {
	case err == nil:
		for i := range d.Threads {
			d.Threads[i].Resolved = known[d.Threads[i].ID].Resolved
		}
	case errors.Is(err, forge.ErrRateLimited), ctx.Err() != nil:
		return d, err
	default: // what is said is worth more than what is settled
		f.log.WarnContext(ctx, "threads are told without what is resolved", "pull", number, "error", f.tokens.redact(err))
		d.Resolves = false
	}
	return d, nil
}

// pages asks for all pages of a list, up to commentPages.
func pages[T any](ask func(page github.ListOptions) ([]T, *github.Response, error)) ([]T, error) {
	var all []T
	page := github.ListOptions{PerPage: 100}
	for range commentPages {
		list, resp, err := ask(page)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if resp.NextPage == 0 {
			break
		}
		page.Page = resp.NextPage
	}
	return all, nil
}

func (f *Forge) lineComments(ctx context.Context, number int) ([]*github.PullRequestComment, error) {
	list, err := pages(func(page github.ListOptions) ([]*github.PullRequestComment, *github.Response, error) {
		return f.client.PullRequests.ListComments(ctx, f.up.owner, f.up.repo, number, &github.PullRequestListCommentsOptions{ListOptions: page})
	})
	return list, f.fault(err, f.noRepository())
}

func (f *Forge) comments(ctx context.Context, number int) ([]forge.Comment, error) {
	list, err := pages(func(page github.ListOptions) ([]*github.IssueComment, *github.Response, error) {
		return f.client.Issues.ListComments(ctx, f.up.owner, f.up.repo, number, &github.IssueListCommentsOptions{ListOptions: page})
	})
	var told []forge.Comment
	for _, c := range list {
		told = append(told, forge.Comment{Author: author(c.GetUser()), Body: c.GetBody(), Created: c.GetCreatedAt().Time, URL: c.GetHTMLURL()})
	}
	return told, f.fault(err, f.noRepository())
}

// verdicts are the reviews that say something: each comment at a line makes an
// empty one on GitHub.
func (f *Forge) verdicts(ctx context.Context, number int) ([]forge.Verdict, error) {
	list, err := pages(func(page github.ListOptions) ([]*github.PullRequestReview, *github.Response, error) {
		return f.client.PullRequests.ListReviews(ctx, f.up.owner, f.up.repo, number, &page)
	})
	return verdictsOf(list), f.fault(err, f.noRepository())
}

func verdictsOf(reviews []*github.PullRequestReview) []forge.Verdict {
	var told []forge.Verdict
	for _, r := range reviews {
		v := forge.Verdict{Author: author(r.GetUser()), Body: r.GetBody(), Created: r.GetSubmittedAt().Time, Commit: r.GetCommitID()}
		switch r.GetState() {
		case "APPROVED":
			v.Review = forge.ReviewApproved
		case "CHANGES_REQUESTED":
			v.Review = forge.ReviewChanges
		case "DISMISSED":
			v.Dismissed = true
		default:
			if r.GetState() == "PENDING" || strings.TrimSpace(v.Body) == "" {
				continue
			}
		}
		told = append(told, v)
	}
	return told
}

// author is who wrote something; accounts that are gone are called ghost there.
func author(user *github.User) forge.Person {
	if user.GetLogin() == "" {
		return forge.Person{Login: "ghost", Name: "ghost"}
	}
	return forge.Person{Login: user.GetLogin(), Name: user.GetName()}
}

// threadsOf puts answers to what they answer.
func threadsOf(list []*github.PullRequestComment) []forge.Thread {
	var threads []forge.Thread
	at := map[int64]int{} // by the first comment's number
	slices.SortStableFunc(list, func(a, b *github.PullRequestComment) int { return cmp.Compare(a.GetID(), b.GetID()) })
	for _, c := range list {
		told := forge.Comment{Author: author(c.GetUser()), Body: c.GetBody(), Created: c.GetCreatedAt().Time, URL: c.GetHTMLURL()}
		if i, ok := at[c.GetInReplyTo()]; ok {
			threads[i].Comments = append(threads[i].Comments, told)
			at[c.GetID()] = i
			continue
		}
		t := forge.Thread{
			ID: strconv.FormatInt(c.GetID(), 10), Path: c.GetPath(), Removed: c.GetSide() == "LEFT",
			Lines: hunkEnd(c), Comments: []forge.Comment{told},
		}
		if !t.Removed && c.GetLine() > 0 {
			t.Line = c.GetLine()
			t.Start = min(cmp.Or(c.GetStartLine(), t.Line), t.Line)
		}
		if len(threads) < forge.MaxThreads {
			at[c.GetID()] = len(threads)
			threads = append(threads, t)
		}
	}
	slices.SortStableFunc(threads, func(a, b forge.Thread) int { return cmp.Compare(a.Path, b.Path) })
	return threads
}

// hunkEnd gives the lines that a comment is about as they were when it was
// written: the last ones of its side in the piece of the difference that GitHub
// keeps with it.
func hunkEnd(c *github.PullRequestComment) string {
	if c.GetSubjectType() == "file" {
		return ""
	}
	wanted := 1
	if start := c.GetOriginalStartLine(); start > 0 && start < c.GetOriginalLine() {
		wanted += c.GetOriginalLine() - start
	}
	other := "-"
	if c.GetSide() == "LEFT" {
		other = "+"
	}
	var found []string
	for _, line := range slices.Backward(strings.Split(c.GetDiffHunk(), "\n")) {
		if len(found) == wanted || strings.HasPrefix(line, "@@") {
			break
		}
		if line != "" && !strings.HasPrefix(line, other) && line[0] != '\\' {
			found = append(found, strings.TrimSuffix(line[1:], "\r"))
		}
	}
	slices.Reverse(found)
	return strings.Join(found, "\n")
}

// Comment implements forge.Reviewing. GitHub would take the same comment any
// number of times, so that it looks first whether it is there already.
func (f *Forge) Comment(ctx context.Context, number int, c forge.NewComment) error {
	c, err := c.Check()
	if err != nil {
		return err
	}
	person, err := f.whoami(ctx)
	if err != nil {
		return err
	}
	p, err := f.pull(ctx, number)
	if err != nil {
		return err
	}
	said := func(list []forge.Comment) bool {
		return len(list) > 0 && list[len(list)-1].Author.Is(person) && sameWords(list[len(list)-1].Body, c.Body)
	}
	if c.Thread == "" && c.Path == "" {
		known, err := f.comments(ctx, number)
		if err != nil || said(known) {
			return err
		}
		_, _, err = f.client.Issues.CreateComment(ctx, f.up.owner, f.up.repo, number, &github.IssueComment{Body: &c.Body})
		return f.unsaid(err)
	}
	lines, err := f.lineComments(ctx, number)
	if err != nil {
		return err
	}
	threads := threadsOf(lines)
	if c.Thread != "" {
		i := slices.IndexFunc(threads, func(t forge.Thread) bool { return t.ID == c.Thread })
		if i < 0 {
			return forge.NoThread(number)
		}
		if said(threads[i].Comments) {
			return nil
		}
		// The library posts answers where GitHub describes none.
		request, err := f.client.NewRequest(http.MethodPost, fmt.Sprintf("repos/%s/%s/pulls/%d/comments/%s/replies", f.up.owner, f.up.repo, number, threads[i].ID), map[string]string{"body": c.Body})
		if err != nil {
			return err
		}
		_, err = f.client.Do(ctx, request, nil)
		return f.unsaid(err)
	}
	head, err := f.pullHead(ctx, p)
	if err != nil {
		return err
	}
	if head != c.Head {
		return forge.HeadMoved(number)
	}
	for _, t := range threads {
		if t.Path == c.Path && t.Start == c.Start && t.Line == c.Line && said(t.Comments) {
			return nil
		}
	}
	side := "RIGHT"
	comment := &github.PullRequestComment{Body: &c.Body, CommitID: &c.Head, Path: &c.Path, Line: &c.Line, Side: &side}
	if c.Start < c.Line {
		comment.StartLine, comment.StartSide = &c.Start, &side
	}
	_, _, err = f.client.PullRequests.CreateComment(ctx, f.up.owner, f.up.repo, number, comment)
	if code(err) == http.StatusUnprocessableEntity {
		return forge.NoSuchLines(c)
	}
	return f.unsaid(err)
}

// sameWords tells whether GitHub keeps one text as the other: it takes blanks off
// the end.
func sameWords(a, b string) bool {
	return strings.TrimSpace(strings.ReplaceAll(a, "\r\n", "\n")) == strings.TrimSpace(b)
}

// unsaid is the error for a comment that GitHub did not take.
func (f *Forge) unsaid(err error) error {
	if c := code(err); c == http.StatusForbidden && !limited(err) && !isArchived(err) {
		return forge.Errorf(forge.ErrForbidden, f.tokens.redact(err), "GitHub does not let you comment on this pull request. Its conversation may be locked, or your sign-in may not write to %s.", f.up)
	}
	return f.fault(err, f.noRepository())
}

// Review implements forge.Reviewing.
func (f *Forge) Review(ctx context.Context, number int, v forge.NewVerdict) error {
	v, err := v.Check()
	if err != nil {
		return err
	}
	person, err := f.whoami(ctx)
	if err != nil {
		return err
	}
	p, err := f.pull(ctx, number)
	if err != nil {
		return err
	}
	head, err := f.pullHead(ctx, p)
	if err != nil {
		return err
	}
	switch state := f.public(p).State; {
	case state != forge.Open:
		return forge.NotOpen(number, state)
	case author(p.GetUser()).Is(person):
		return forge.OwnReview(number)
	case head != v.Head:
		return forge.HeadMoved(number)
	}
	known, err := f.verdicts(ctx, number)
	if err != nil {
		return err
	}
	for _, last := range slices.Backward(known) {
		if !last.Author.Is(person) {
			continue
		}
		if !last.Dismissed && last.Review == v.Review && last.Commit == v.Head && sameWords(last.Body, v.Body) {
			return nil
		}
		break
	}
	event := "APPROVE"
	if v.Review == forge.ReviewChanges {
		event = "REQUEST_CHANGES"
	}
	review := &github.PullRequestReviewRequest{CommitID: &v.Head, Event: &event}
	if v.Body != "" {
		review.Body = &v.Body
	}
	_, _, err = f.client.PullRequests.CreateReview(ctx, f.up.owner, f.up.repo, number, review)
	return f.unsaid(err)
}

// RequestReview implements forge.Reviewing.
func (f *Forge) RequestReview(ctx context.Context, number int, people []string) error {
	if err := forge.CheckAsked(people); err != nil {
		return err
	}
	p, err := f.pull(ctx, number)
	if err != nil {
		return err
	}
	if state := f.public(p).State; state != forge.Open {
		return forge.NotOpen(number, state)
	}
	for _, name := range people {
		if strings.EqualFold(name, p.GetUser().GetLogin()) {
			return forge.OwnReview(number)
		}
	}
	_, _, err = f.client.PullRequests.RequestReviewers(ctx, f.up.owner, f.up.repo, number, github.ReviewersRequest{Reviewers: people})
	switch c := code(err); {
	case c == http.StatusUnprocessableEntity:
		return forge.Errorf(forge.ErrInvalid, f.tokens.redact(err), "GitHub lets only people be asked who work on %s, and %s may not.", f.up, strings.Join(people, ", "))
	case c == http.StatusNotFound, c == http.StatusForbidden && !limited(err) && !isArchived(err):
		return forge.Errorf(forge.ErrForbidden, f.tokens.redact(err), "GitHub lets only those ask for a review who may push to %s. Mention in a comment whom you would like to look at it.", f.up)
	}
	return f.fault(err, f.noRepository())
}
