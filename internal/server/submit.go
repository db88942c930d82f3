package server

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"galley/internal/forge"
	"galley/internal/guard"
)

// submission is what the editor sends.
type submission struct {
	Base string `json:"base"`
	Path string `json:"path"`
	Text string `json:"text"`
	Blob string `json:"blob"`
	// From is where the text was, when it is moved, and FromBlob what is there: both
	// are one commit.
	From     string `json:"from"`
	FromBlob string `json:"fromBlob"`
	// Gone takes the file out; there is no text then.
	Gone bool `json:"gone"`
	// Earlier are the blob ids of what this draft was submitted as before.
	Earlier []string `json:"earlier"`
	Title   string   `json:"title"`
	Message string   `json:"message"`
	// Pull is the number of the pull request to continue; 0 for one's own.
	Pull int `json:"pull"`
	// PullBranch is the branch that the text was written on; empty for any.
	PullBranch string   `json:"pullBranch"`
	SignOff    bool     `json:"signOff"`
	CoAuthors  []person `json:"coAuthors"`
	// Merged is the commit of the base whose text was merged in; empty for none.
	Merged   string `json:"merged"`
	Announce bool   `json:"announce"`
	// Writing are sections that the pull request takes, beside those it has.
	Writing []string `json:"writing"`
	// GivenBack are sections that it takes no longer.
	GivenBack []string `json:"givenBack"`
	// Dismissed is material that is not to be reported, by its keys, and Restored
	// what is again.
	Dismissed []string `json:"dismissed"`
	Restored  []string `json:"restored"`
	// Pictures are new files that the text refers to.
	Pictures []sentPicture `json:"pictures"`
}

// maxMessage is the longest title and description that are looked at, in
// bytes; what a forge keeps of them is much less.
const maxMessage = 1 << 20

// maxEarlier is how many earlier submissions of a draft may be named.
const maxEarlier = 32

// check turns a submission into the forge's, and refuses what no site wants
// written. Its branch is left to the forge, which names it after the person and
// the post, or takes that of the pull request that is continued, where the
// person may push to it: no request names a branch to write to, but the one that
// it was written on, so that the text goes to no other pull request's.
func (m submission) check() (forge.Submission, error) {
	check := forge.CheckPath
	if m.Blob != "" {
		check = forge.CheckKept
	}
	if err := check(m.Path); err != nil {
		return forge.Submission{}, err
	}
	if err := forge.CheckBranch(m.Base); err != nil {
		return forge.Submission{}, err
	}
	if m.Blob != "" && !forge.IsID(m.Blob) || len(m.Earlier) > maxEarlier ||
		slices.ContainsFunc(m.Earlier, func(id string) bool { return !forge.IsID(id) }) {
		return forge.Submission{}, refuse(http.StatusBadRequest, kindInvalid, "The request does not say which version of the post it changes. Reload the page.")
	}
	if len(m.Text) > maxPost {
		return forge.Submission{}, refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "The post is too large: at most %d MB can be submitted.", maxPost>>20)
	}
	if len(m.Title)+len(m.Message) > maxMessage {
		return forge.Submission{}, refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "The description is too long: at most %d MB can be submitted.", maxMessage>>20)
	}
	message, err := forge.NewMessage(m.Title, m.Message)
	if err != nil {
		return forge.Submission{}, err
	}
	if m.Pull < 0 || m.Merged != "" && !forge.IsID(m.Merged) {
		return forge.Submission{}, refuse(http.StatusBadRequest, kindInvalid, "The request does not say which pull request it continues, or which version was merged. Reload the page.")
	}
	wanted := forge.Submission{
		Base: m.Base, Title: message.Title, Message: message.Body,
		Changes: []forge.FileChange{{Path: m.Path, Data: []byte(m.Text), Blob: m.Blob, Earlier: m.Earlier}},
		Pull:    m.Pull, PullBranch: m.PullBranch, SignOff: m.SignOff, Merged: m.Merged, Announce: m.Announce, Writing: m.Writing, GivenBack: m.GivenBack,
		Dismissed: m.Dismissed, Restored: m.Restored,
	}
	if m.Gone {
		if m.Blob == "" || m.Text != "" || m.From != "" || len(m.Pictures) > 0 {
			return forge.Submission{}, refuse(http.StatusBadRequest, kindInvalid, "The request does not say which version of the post is to be deleted. Reload the page.")
		}
		wanted.Changes[0].Data, wanted.Changes[0].Gone = nil, true
	}
	if m.From != "" {
		if !forge.IsID(m.FromBlob) || m.Blob != "" {
			return forge.Submission{}, refuse(http.StatusBadRequest, kindInvalid, "The request does not say which version of the post is to be moved. Reload the page.")
		}
		wanted.Changes = append(wanted.Changes, forge.FileChange{Path: m.From, Blob: m.FromBlob, Gone: true})
	}
	for _, p := range m.CoAuthors {
		wanted.CoAuthors = append(wanted.CoAuthors, forge.Person{Login: p.Login, Name: p.Name, Email: p.Email})
	}
	return wanted, nil
}

// mayWrite refuses a submission of what is no text of the site.
func (s *Server) mayWrite(ctx context.Context, f forge.Forge, m submission) error {
	if m.Gone {
		return s.writablePath(ctx, f, m.Base, m.Path, true)
	}
	if m.From != "" {
		if err := s.writablePath(ctx, f, m.Base, m.From, true); err != nil {
			return err
		}
		if err := s.overText(ctx, f, m.From, m.FromBlob); err != nil {
			return err
		}
	}
	if err := s.writable(ctx, f, m.Base, m.Path, m.Text, m.Blob != ""); err != nil {
		return err
	}
	return s.overText(ctx, f, m.Path, m.Blob)
}

type step struct {
	Name string `json:"name"`
	Text string `json:"text"`
	Done bool   `json:"done"`
}

// maxSteps is more than a submission tells.
const maxSteps = 64

// submit answers POST /api/submit with a line for each step and one for the
// end. The submission goes on to its end when whoever sent it has gone, or
// does not read: half of one is worse than either.
func (s *Server) submit(w http.ResponseWriter, r *http.Request) {
	var m submission
	if err := readJSON(r, &m); err != nil {
		s.fail(w, r, err)
		return
	}
	wanted, err := m.check()
	if err != nil {
		s.fail(w, r, err)
		return
	}
	f, err := s.forge(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if err := s.mayWrite(r.Context(), f, m); err != nil {
		s.fail(w, r, err)
		return
	}
	pictures, err := s.checkedPictures(r.Context(), f, m)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	wanted.Changes = append(wanted.Changes, pictures...)
	if wanted.SignOff, err = s.signsOff(r.Context(), f, wanted.SignOff); err != nil {
		s.fail(w, r, err)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), s.cfg.SubmitTime)
	defer cancel()

	steps := make(chan forge.Step, maxSteps)
	var result forge.PullRequest
	go func() {
		defer close(steps)
		err = guard.Work(func() (err error) {
			result, err = f.Submit(ctx, wanted, func(st forge.Step) {
				select {
				case steps <- st:
				default: // nobody reads; the end is told all the same
				}
			})
			return err
		})()
	}()

	h := w.Header()
	h.Set("Content-Type", "application/x-ndjson")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // proxies would keep the steps to themselves
	out := &lines{w: w, control: http.NewResponseController(w), patience: 10 * time.Second}
	_ = out.control.Flush() // the editor learns that the submission has begun
	for st := range steps {
		out.send(struct {
			Step step `json:"step"`
		}{step{st.Name, st.Text, st.Done}})
	}
	if err != nil {
		path := m.Path
		if m.From != "" {
			path = m.From // nothing else can be gone
		}
		out.send(failure{s.submitProblem(ctx, r, f, path, err)})
		return
	}
	s.log.Info("submitted", "id", requestID(r), "pull", result.Number)
	out.send(struct {
		Pull pull `json:"pull"`
	}{newPull(result)})
}

// submitProblem tells what went wrong, and for a stale submission what is
// there now, where that is known and can be edited, or where the post went.
func (s *Server) submitProblem(ctx context.Context, r *http.Request, f forge.Forge, path string, err error) problem {
	p := s.tell(r, err)
	var told *forge.Error
	if p.Kind != kindStale || !errors.As(err, &told) {
		return p
	}
	if told.Gone && told.Branch != "" {
		if p.Renamed = s.findRenamed(ctx, f, told.Branch, path); p.Renamed != nil {
			p.Sentence = s.assets.pages.of(r).words.Say(p.Renamed.sentence(told.Branch, path))
		}
	}
	if told.Current == nil {
		return p
	}
	current, err := s.postFile(ctx, f, told.Branch, *told.Current)
	if err != nil {
		s.tell(r, err)
		return p
	}
	p.Current = current
	return p
}

// lines writes JSON line by line, each at once. After the first one that could
// not be written it writes no more.
type lines struct {
	w        http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration // for each line
	broken   bool
}

func (l *lines) send(v any) {
	if l.broken {
		return
	}
	line, err := encodeJSON(v)
	if err == nil {
		// Not every ResponseWriter has deadlines; those of tests do without.
		_ = l.control.SetWriteDeadline(time.Now().Add(l.patience))
		_, err = l.w.Write(append(bytes.TrimSpace(line), '\n'))
	}
	if err == nil {
		err = l.control.Flush()
	}
	l.broken = err != nil
}
