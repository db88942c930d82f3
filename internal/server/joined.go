package server

import (
	"context"
	"errors"
	"net/http"

	"galley/internal/additions"
	"galley/internal/forge"
)

// joined is a post with what several pull requests add to it.
type joined struct {
	Head string `json:"head"`
	// Old is the text without, and Text with them, of the given blob id.
	Old  string `json:"old"`
	Text string `json:"text"`
	Blob string `json:"blob"`
	// Commit is the merge commit; empty where it was only looked.
	Commit string `json:"commit"`
}

// postSubmissions answers POST /api/submissions: it puts pull requests into a post by
// one merge commit. Without a blob it gives the text as it would be; with the blob of
// that text, which somebody has seen, it is done. Once begun it is finished, as a merge
// is.
func (s *Server) postSubmissions(r *http.Request) (any, error) {
	var m struct {
		Branch string `json:"branch"`
		Path   string `json:"path"`
		// Head is the branch's commit that was looked at.
		Head  string `json:"head"`
		Pulls []struct {
			Number int    `json:"number"`
			Head   string `json:"head"`
		} `json:"pulls"`
		Blob string `json:"blob"`
	}
	if err := readJSON(r, &m); err != nil {
		return nil, err
	}
	f, err := s.forge(r)
	if err != nil {
		return nil, err
	}
	o := forge.Octopus{Base: m.Branch, Head: m.Head, Path: m.Path}
	for _, p := range m.Pulls {
		o.Arms = append(o.Arms, forge.Arm{Number: p.Number, Head: p.Head})
	}
	if err := o.Check(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), s.cfg.SubmitTime)
	defer cancel()
	if m.Blob == "" {
		ctx = r.Context()
	}
	file, err := s.editable(ctx, f, m.Branch, m.Path)
	if err != nil {
		return nil, err
	}
	if err := s.writable(ctx, f, m.Branch, m.Path, string(file.Data), true); err != nil {
		return nil, err
	}
	out := joined{Head: m.Head, Old: string(file.Data)}
	if file.Commit != m.Head {
		if m.Blob == "" {
			return nil, o.Moved()
		}
		// Perhaps this is the second press: the forge knows. What the text was then is
		// in its blob.
		return s.again(ctx, f, o, m.Blob, out)
	}
	text, err := s.joinArms(ctx, f, o, file)
	if err != nil {
		return nil, err
	}
	out.Text, out.Blob = string(text), forge.BlobID(text)
	if m.Blob == "" {
		return out, nil
	}
	if m.Blob != out.Blob {
		return nil, o.Moved()
	}
	o.Data = text
	if o.SignOff, err = s.signsOff(ctx, f, false); err != nil {
		return nil, err
	}
	out.Commit, err = f.MergeAll(ctx, o)
	return out, err
}

// joinArms gives a post with what the pull requests of a merge add to it.
func (s *Server) joinArms(ctx context.Context, f forge.Forge, o forge.Octopus, file forge.File) ([]byte, error) {
	var list []additions.Version
	for _, a := range o.Arms {
		p, err := f.PullRequest(ctx, a.Number)
		if err != nil {
			return nil, err
		}
		if err := o.Fits(a, p); err != nil {
			return nil, err
		}
		change, err := s.proposedBy(ctx, f, p, file)
		if err != nil {
			return nil, err
		}
		if why := change.unfit(p); why != nil || !change.touches {
			if why == nil {
				why = &additions.Unfit{Why: "it does not change the post"}
			}
			return nil, byItself(a.Number, why)
		}
		list = append(list, change.version)
	}
	text, failed, err := s.join(ctx, file.Data, list)
	var why *additions.Unfit
	if errors.As(err, &why) {
		return nil, byItself(o.Arms[failed].Number, why)
	} else if err != nil {
		return nil, err
	}
	if len(text) > maxPost {
		return nil, refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "With these the post would be too large: it would have more than %d MB.", maxPost>>20)
	}
	return text, nil
}

// again finds a merge that was made before: its answer was lost, or somebody pressed
// twice.
func (s *Server) again(ctx context.Context, f forge.Forge, o forge.Octopus, blob string, out joined) (any, error) {
	text, err := f.Blob(ctx, blob)
	if errors.Is(err, forge.ErrNotFound) || errors.Is(err, forge.ErrInvalid) {
		return nil, o.Moved()
	} else if err != nil {
		return nil, err
	}
	o.Data = text
	out.Text, out.Blob = string(text), blob
	out.Commit, err = f.MergeAll(ctx, o) // it makes none: the branch has gone on
	return out, err
}

// byItself refuses to put in a pull request together with others.
func byItself(number int, why *additions.Unfit) error {
	return refuse(http.StatusConflict, kindConflict, "Pull request %d cannot be put in with the others: %s. Leave it out, and merge it by itself. Nothing was written.", number, why.Why)
}

// join is additions.Join when there is a slot, within the time for merging.
func (s *Server) join(ctx context.Context, now []byte, list []additions.Version) ([]byte, int, error) {
	ctx, cancel := context.WithTimeout(ctx, mergeTime)
	defer cancel()
	var text []byte
	var failed int
	var err error
	if ran := s.merges.run(ctx, &ending{}, func() { // it ends with the context
		text, failed, err = additions.Join(ctx, now, list)
	}); ran != nil {
		return nil, -1, ran
	}
	return text, failed, err
}
