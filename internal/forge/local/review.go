package local

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"galley/internal/forge"
	"galley/internal/linediff"
)

// discussion is what review.json keeps.
type discussion struct {
	Threads  []thread  `json:"threads,omitempty"` // as they began; the number of one is its place
	Comments []comment `json:"comments,omitempty"`
	Verdicts []verdict `json:"verdicts,omitempty"`
	Asked    []string  `json:"asked,omitempty"` // by forge.Person.Key
}

// thread is at lines of a file as it is in a commit, from 1.
type thread struct {
	Path     string    `json:"path"`
	Commit   string    `json:"commit"`
	Start    int       `json:"start"`
	Line     int       `json:"line"`
	Resolved bool      `json:"resolved,omitempty"`
	Comments []comment `json:"comments"`
}

type comment struct {
	Author  forge.Person `json:"author"`
	Body    string       `json:"body"`
	Created time.Time    `json:"created"`
}

type verdict struct {
	comment
	Review forge.Review `json:"review"`
	Commit string       `json:"commit"`
}

// discussionOf reads what was said about a pull request.
func discussionOf(r *repository, rec *record) (*discussion, error) {
	d := &discussion{}
	if rec.review.IsZero() {
		return d, nil
	}
	data, err := blob(r.Storer, rec.review)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, d); err != nil {
		return nil, fmt.Errorf("%s of %s: %w", reviewFile, pullRef(rec.Number), err)
	}
	return d, nil
}

// lastWord is how far the review of a pull request is.
func lastWord(r *repository, rec *record) (forge.Review, error) {
	d, err := discussionOf(r, rec)
	if err != nil {
		return "", err
	}
	return forge.LastWord(d.verdicts(), rec.Head, len(d.Asked) > 0), nil
}

func (c comment) public() forge.Comment {
	return forge.Comment{Author: c.Author, Body: c.Body, Created: c.Created}
}

func (d *discussion) verdicts() []forge.Verdict {
	var list []forge.Verdict
	for _, v := range d.Verdicts {
		list = append(list, forge.Verdict{Author: v.Author, Review: v.Review, Body: v.Body, Created: v.Created, Commit: v.Commit})
	}
	return list
}

// Discussion implements forge.Reviewing.
func (f *Forge) Discussion(ctx context.Context, number int) (forge.Discussion, error) {
	var told forge.Discussion
	err := f.read(ctx, func(r *repository) error {
		rec, err := pull(r, number)
		if err != nil {
			return err
		}
		d, err := discussionOf(r, rec)
		if err != nil {
			return err
		}
		told = forge.Discussion{Head: rec.Head, Verdicts: d.verdicts(), Resolves: true}
		for _, c := range d.Comments {
			told.Comments = append(told.Comments, c.public())
		}
		for _, name := range d.Asked {
			told.Asked = append(told.Asked, forge.Person{Login: name, Name: name})
		}
		places := &places{r: r, head: rec.Head}
		for i, t := range d.Threads {
			public, err := places.public(ctx, t, i+1)
			if err != nil {
				return err
			}
			told.Threads = append(told.Threads, public)
		}
		slices.SortStableFunc(told.Threads, func(a, b forge.Thread) int { return cmp.Compare(a.Path, b.Path) })
		return nil
	})
	return told, err
}

// places finds the lines of threads in the files of a head.
type places struct {
	r     *repository
	head  string
	known map[[2]plumbing.Hash][]int // where the lines of one blob are in another
}

func (p *places) public(ctx context.Context, t thread, number int) (forge.Thread, error) {
	public := forge.Thread{ID: strconv.Itoa(number), Path: t.Path, Resolved: t.Resolved}
	for _, c := range t.Comments {
		public.Comments = append(public.Comments, c.public())
	}
	then, before, err := p.linesAt(t.Commit, t.Path)
	if err != nil || t.Start < 1 || t.Line < t.Start || t.Line > len(before) {
		return public, err
	}
	public.Lines = strings.TrimRight(strings.ReplaceAll(string(concat(before[t.Start-1:t.Line])), "\r\n", "\n"), "\n")
	now, after, err := p.linesAt(p.head, t.Path)
	if err != nil || now.IsZero() {
		return public, err
	}
	where, ok := p.known[[2]plumbing.Hash{then, now}]
	if !ok {
		if where, err = linediff.Match(ctx, texts(before), texts(after), maxEdits); err != nil {
			if ctx.Err() != nil {
				return public, err
			}
			where = nil // too much has changed to say what has become of it
		}
		if p.known == nil {
			p.known = map[[2]plumbing.Hash][]int{}
		}
		p.known[[2]plumbing.Hash{then, now}] = where
	}
	for n := t.Start - 1; n < t.Line; n++ {
		if where == nil || where[n] < 0 || where[n] != where[t.Start-1]+n-(t.Start-1) {
			return public, nil
		}
	}
	public.Start, public.Line = where[t.Start-1]+1, where[t.Line-1]+1
	return public, nil
}

// linesAt reads a file's lines at a commit, and its blob's id; zero where there is
// none.
func (p *places) linesAt(commit, path string) (plumbing.Hash, [][]byte, error) {
	c, err := p.r.CommitObject(plumbing.NewHash(commit))
	if err != nil {
		return plumbing.ZeroHash, nil, err
	}
	file, err := readFile(p.r, c, path)
	if err != nil || file == nil || isBinary(file.Data) {
		return plumbing.ZeroHash, nil, err
	}
	return plumbing.NewHash(file.Blob), lines(file.Data), nil
}

// discuss changes what was said about a pull request. The function tells whether
// it did.
func (f *Forge) discuss(ctx context.Context, number int, what string, change func(r *repository, rec *record, d *discussion) (bool, error)) error {
	return f.write(ctx, func(r *repository) error {
		rec, err := pull(r, number)
		if err != nil {
			return err
		}
		d, err := discussionOf(r, rec)
		if err != nil {
			return err
		}
		if changed, err := change(r, rec, d); err != nil || !changed {
			return err
		}
		var data bytes.Buffer
		e := json.NewEncoder(&data)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(d); err != nil {
			return err
		}
		if rec.review, err = putBlob(r, data.Bytes()); err != nil {
			return err
		}
		rec.State = rec.stored
		return f.savePull(r, rec, what)
	})
}

// say is a comment of the forge's person, now.
func (f *Forge) say(body string) comment {
	return comment{Author: f.person, Body: body, Created: f.clock().UTC().Truncate(time.Second)}
}

// said tells whether the last of some comments is the forge's person's, with the
// same words.
func (f *Forge) said(list []comment, body string) bool {
	return len(list) > 0 && list[len(list)-1].Author.Is(f.person) && list[len(list)-1].Body == body
}

// Comment implements forge.Reviewing.
func (f *Forge) Comment(ctx context.Context, number int, c forge.NewComment) error {
	c, err := c.Check()
	if err != nil {
		return err
	}
	return f.discuss(ctx, number, "Comment on", func(r *repository, rec *record, d *discussion) (bool, error) {
		switch {
		case c.Thread != "":
			t, err := d.thread(number, c.Thread)
			if err != nil || f.said(t.Comments, c.Body) {
				return false, err
			}
			t.Comments = append(t.Comments, f.say(c.Body))
			return true, d.room(number)
		case c.Path == "":
			if f.said(d.Comments, c.Body) {
				return false, nil
			}
			d.Comments = append(d.Comments, f.say(c.Body))
			return true, d.room(number)
		}
		if c.Head != rec.Head {
			return false, forge.HeadMoved(number)
		}
		paths, err := changedPaths(r, rec)
		if err != nil {
			return false, err
		}
		_, text, err := (&places{r: r}).linesAt(rec.Head, c.Path)
		if err != nil {
			return false, err
		}
		if !slices.Contains(paths, c.Path) || c.Line > len(text) {
			return false, forge.NoSuchLines(c)
		}
		for _, t := range d.Threads {
			if t.Path == c.Path && t.Commit == c.Head && t.Start == c.Start && t.Line == c.Line && f.said(t.Comments, c.Body) {
				return false, nil
			}
		}
		d.Threads = append(d.Threads, thread{Path: c.Path, Commit: c.Head, Start: c.Start, Line: c.Line, Comments: []comment{f.say(c.Body)}})
		return true, d.room(number)
	})
}

// thread finds one by its ID.
func (d *discussion) thread(number int, id string) (*thread, error) {
	n, err := strconv.Atoi(id)
	if err != nil || n < 1 || n > len(d.Threads) {
		return nil, forge.NoThread(number)
	}
	return &d.Threads[n-1], nil
}

// room refuses what would be more than is told.
func (d *discussion) room(number int) error {
	n := len(d.Comments)
	for _, t := range d.Threads {
		n += len(t.Comments)
	}
	if len(d.Threads) > forge.MaxThreads || n+len(d.Verdicts) > forge.MaxComments {
		return forge.Errorf(forge.ErrTooLarge, nil, "So much was said about pull request %d that nothing can be added. Go on in another one.", number)
	}
	return nil
}

// Resolve implements forge.Reviewing.
func (f *Forge) Resolve(ctx context.Context, number int, id string, resolved bool) error {
	what := "Resolve a thread of"
	if !resolved {
		what = "Reopen a thread of"
	}
	return f.discuss(ctx, number, what, func(_ *repository, _ *record, d *discussion) (bool, error) {
		t, err := d.thread(number, id)
		if err != nil || t.Resolved == resolved {
			return false, err
		}
		t.Resolved = resolved
		return true, nil
	})
}

// Review implements forge.Reviewing.
func (f *Forge) Review(ctx context.Context, number int, v forge.NewVerdict) error {
	v, err := v.Check()
	if err != nil {
		return err
	}
	what := "Approve"
	if v.Review == forge.ReviewChanges {
		what = "Ask for changes of"
	}
	return f.discuss(ctx, number, what, func(_ *repository, rec *record, d *discussion) (bool, error) {
		switch {
		case rec.State != forge.Open:
			return false, forge.NotOpen(number, rec.State)
		case rec.Author.Is(f.person):
			return false, forge.OwnReview(number)
		case v.Head != rec.Head:
			return false, forge.HeadMoved(number)
		}
		for _, last := range slices.Backward(d.Verdicts) {
			if !last.Author.Is(f.person) {
				continue
			}
			if last.Review == v.Review && last.Commit == v.Head && last.Body == v.Body {
				return false, nil
			}
			break
		}
		d.Verdicts = append(d.Verdicts, verdict{f.say(v.Body), v.Review, v.Head})
		d.Asked = slices.DeleteFunc(d.Asked, f.isNamed)
		return true, d.room(number)
	})
}

// isNamed tells whether somebody means the forge's person.
func (f *Forge) isNamed(name string) bool {
	return strings.EqualFold(name, f.person.Login) || name == f.person.Name
}

// RequestReview implements forge.Reviewing.
func (f *Forge) RequestReview(ctx context.Context, number int, people []string) error {
	if err := forge.CheckAsked(people); err != nil {
		return err
	}
	return f.discuss(ctx, number, "Ask for a review of", func(_ *repository, rec *record, d *discussion) (bool, error) {
		if rec.State != forge.Open {
			return false, forge.NotOpen(number, rec.State)
		}
		changed := false
		for _, name := range people {
			if strings.EqualFold(name, rec.Author.Login) || name == rec.Author.Name {
				return false, forge.OwnReview(number)
			}
			if slices.ContainsFunc(d.Asked, func(asked string) bool { return strings.EqualFold(asked, name) }) {
				continue
			}
			d.Asked = append(d.Asked, name)
			changed = true
		}
		if len(d.Asked) > forge.MaxAsked {
			return false, forge.CheckAsked(d.Asked)
		}
		return changed, nil
	})
}
