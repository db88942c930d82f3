package forge

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"slices"
)

// Limits of a submission. GitHub refuses files over 100 MB, and bodies of about
// 40 MB in JSON; a post with its pictures is far below.
const (
	maxChanges  = 50
	maxFileSize = 20 << 20
)

// Errorf makes an *Error: the kind, the cause (nil for none) and the sentence
// for the writer.
func Errorf(kind, cause error, format string, args ...any) error {
	return &Error{Kind: kind, Sentence: fmt.Sprintf(format, args...), Err: cause}
}

// Stale is the error for a file that is no longer what the edit started from.
// Current is what is there now, nil when there is nothing.
func Stale(path, branch string, current *File) error {
	e := &Error{Kind: ErrStale, Current: current, Gone: current == nil, Branch: branch}
	if current == nil {
		e.Sentence = fmt.Sprintf("%s is not on the branch %s any more: somebody deleted or renamed it. Nothing was written.", path, branch)
	} else {
		e.Sentence = fmt.Sprintf("%s was changed on the branch %s since you began. Nothing was written; compare both versions and submit again.", path, branch)
	}
	return e
}

// NothingToPropose is the error for a submission that changes nothing on its
// base.
func NothingToPropose(base string) error {
	return Errorf(ErrInvalid, nil, "The branch %s already is exactly as this would make it, so there is nothing to propose.", base)
}

// FromElsewhere is the error for continuing a pull request that is from another
// branch than the text was written on.
func FromElsewhere(number int, branch, written string) error {
	return Errorf(ErrForbidden, nil, "Pull request %d is from the branch %s, and this was written on %s. Submit this as a pull request of your own.", number, branch, written)
}

// MergedMeanwhile is the error for continuing a pull request that was merged
// without what is submitted.
func MergedMeanwhile(number int) error {
	return Errorf(ErrForbidden, nil, "Pull request %d was merged meanwhile, so that it cannot be continued. Submit this as a pull request of your own.", number)
}

// Prepare checks everything about a submission that can be checked without
// asking the repository, fills in the branch where it is empty, and makes the
// message harmless. Errors are ErrInvalid or ErrTooLarge.
func (s Submission) Prepare(person Person) (Submission, Message, error) {
	if err := CheckBranch(s.Base); err != nil {
		return s, Message{}, err
	}
	switch {
	case len(s.Changes) == 0:
		return s, Message{}, Errorf(ErrInvalid, nil, "There is no file to submit.")
	case len(s.Changes) > maxChanges:
		return s, Message{}, Errorf(ErrTooLarge, nil, "These are %d files; at most %d go into one pull request.", len(s.Changes), maxChanges)
	}
	seen := map[string]bool{}
	var entries []Entry
	for _, c := range s.Changes {
		if err := c.checkPath(); err != nil {
			return s, Message{}, err
		}
		if seen[c.Path] {
			return s, Message{}, Errorf(ErrInvalid, nil, "%s is there twice.", c.Path)
		}
		seen[c.Path] = true
		if c.Gone && (c.Blob == "" || len(c.Data) > 0) {
			return s, Message{}, Errorf(ErrInvalid, nil, "The version of %s that is to be taken out is not named by a blob id.", c.Path)
		}
		if !c.Gone {
			if err := CheckNew(entries, c.Path); err != nil {
				return s, Message{}, err
			}
			entries = append(entries, Entry{Path: c.Path})
		}
		if len(c.Data) > maxFileSize {
			return s, Message{}, Errorf(ErrTooLarge, nil, "%s is larger than %d MB.", c.Path, maxFileSize>>20)
		}
		if c.Blob != "" && !IsID(c.Blob) || slices.ContainsFunc(c.Earlier, func(id string) bool { return !IsID(id) }) {
			return s, Message{}, Errorf(ErrInvalid, nil, "The version that the edit of %s started from is not named by a blob id.", c.Path)
		}
	}
	if s.Merged != "" && !IsID(s.Merged) {
		return s, Message{}, Errorf(ErrInvalid, nil, "The version of %s that was merged is not named by a commit's id.", s.Base)
	}
	if s.Pull < 0 {
		return s, Message{}, Errorf(ErrInvalid, nil, "There is no pull request %d.", s.Pull)
	}
	if s.Pull > 0 {
		s.Branch = "" // the pull request's own
	} else {
		if s.Branch == "" {
			s.Branch = BranchName(person, s.Changes[0].Path)
		}
		if err := CheckBranch(s.Branch); err != nil {
			return s, Message{}, err
		}
		if s.Branch == s.Base {
			return s, Message{}, Errorf(ErrInvalid, nil, "A pull request needs a branch of its own, and %s is its base.", s.Base)
		}
	}
	message, err := NewMessage(s.Title, s.Message)
	if err != nil {
		return s, Message{}, err
	}
	message.Trailers, err = Trailers(person, s.SignOff, s.CoAuthors)
	return s, message, err
}

// Pending compares the changes with what is there: blobs gives the blob id at
// a path, "" for none. It returns the changes that are still to be made, and
// the first one whose file is neither what the edit started from nor already
// what it is to become; nil for none. A change that is still to be made names the
// blob that it replaces. A file that is to be taken out is found gone by an earlier
// try only where that made the other changes too: all are one commit. Otherwise
// somebody else took it away.
func (s Submission) Pending(blobs func(path string) string) (todo []FileChange, stale *FileChange) {
	var gone *FileChange
	for i, c := range s.Changes {
		switch found := blobs(c.Path); {
		case c.Holds(found): // done by an earlier try
			if c.Gone && gone == nil {
				gone = &s.Changes[i]
			}
		case found == c.Blob, found != "" && slices.Contains(c.Earlier, found):
			c.Blob = found
			todo = append(todo, c)
		default:
			return nil, &s.Changes[i]
		}
	}
	if gone != nil && len(todo) > 0 {
		return nil, gone
	}
	return todo, nil
}

// Doing says what the commit does, as a step.
func (s Submission) Doing() string {
	first := s.Changes[0]
	if first.Gone {
		return "Taking out " + first.Path
	}
	for _, c := range s.Changes {
		if c.Gone {
			return "Moving " + c.Path + " to " + first.Path
		}
	}
	return "Writing " + first.Path
}

// Stays are those of a tree's files that the submission does not take out: what a
// new file needs room beside.
func (s Submission) Stays(entries []Entry) []Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		return slices.ContainsFunc(s.Changes, func(c FileChange) bool { return c.Gone && c.Path == e.Path })
	})
}

// BlobID is the id that Git gives to a file with this content.
func BlobID(data []byte) string {
	h := sha1.New()
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// IsID tells whether a text is the full id of a Git object.
func IsID(id string) bool {
	if len(id) != 40 {
		return false
	}
	for _, c := range []byte(id) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// Progress tells the steps of a submission; the zero value tells nobody.
type Progress struct {
	Tell func(Step)
	open *Step
}

// Begin tells that a step begins, and that the one before it is done.
func (p *Progress) Begin(name, format string, args ...any) {
	p.End()
	p.open = &Step{Name: name, Text: fmt.Sprintf(format, args...)}
	p.tell(*p.open)
}

// End tells that the step that began last is done.
func (p *Progress) End() {
	if p.open == nil {
		return
	}
	step := *p.open
	step.Done = true
	p.open = nil
	p.tell(step)
}

func (p *Progress) tell(s Step) {
	if p.Tell != nil {
		p.Tell(s)
	}
}

// checkPath checks the path by whether a file is replaced there or a new one
// written. Where one is to be replaced that is not there, nothing is written.
func (c FileChange) checkPath() error {
	if c.Blob != "" {
		return CheckKept(c.Path)
	}
	return CheckPath(c.Path)
}
