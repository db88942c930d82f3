package forge

import (
	"fmt"
	"slices"
	"strings"
)

// Octopus is several pull requests on their way into their base by one commit,
// which Git calls an octopus merge: its first parent is the base's head, the others
// are the heads of the pull requests, so that each of them is merged and its author
// kept. They all change one file alone, and its text with all of them is given.
type Octopus struct {
	// Base is the branch that the pull requests are for.
	Base string
	// Head is the commit at the base's head that Data was made from.
	Head string
	// Path is the file, which is there at Head, and Data its bytes with what the pull
	// requests add.
	Path string
	Data []byte
	// Arms are the pull requests; MaxArms at most.
	Arms []Arm
	// SignOff adds a Signed-off-by line of the person to the commit.
	SignOff bool
}

// Arm is a pull request of an Octopus, in the state that somebody has looked at.
type Arm struct {
	Number int
	Head   string // commit id
}

// MaxArms is how many pull requests are merged by one commit at most.
const MaxArms = 50

// Check tells whether all that can be known without asking the repository is right.
// Errors are ErrInvalid or ErrTooLarge.
func (o Octopus) Check() error {
	if err := CheckBranch(o.Base); err != nil {
		return err
	}
	if err := CheckKept(o.Path); err != nil {
		return err
	}
	switch {
	case !IsID(o.Head):
		return Errorf(ErrInvalid, nil, "The state of the branch %s that was looked at is not named by a commit's id.", o.Base)
	case len(o.Arms) == 0:
		return Errorf(ErrInvalid, nil, "There is no pull request to merge.")
	case len(o.Arms) > MaxArms:
		return Errorf(ErrTooLarge, nil, "These are %d pull requests; at most %d are merged at once.", len(o.Arms), MaxArms)
	case len(o.Data) > maxFileSize:
		return Errorf(ErrTooLarge, nil, "%s is larger than %d MB.", o.Path, maxFileSize>>20)
	}
	seen := map[int]bool{}
	for _, a := range o.Arms {
		if a.Number <= 0 || !IsID(a.Head) || seen[a.Number] {
			return Errorf(ErrInvalid, nil, "The pull requests to merge are not named as they have to be, each once and with the commit that was looked at.")
		}
		seen[a.Number] = true
	}
	return nil
}

// Parents are the merge commit's: the base's head and then those of the pull
// requests, each once.
func (o Octopus) Parents() []string {
	list := []string{o.Head}
	for _, a := range o.Arms {
		if !slices.Contains(list, a.Head) {
			list = append(list, a.Head)
		}
	}
	return list
}

// Message is the merge commit's, for pull requests in the order of Arms.
func (o Octopus) Message(pulls []PullRequest, person Person) (Message, error) {
	var numbers, lines []string
	for _, p := range pulls {
		numbers = append(numbers, fmt.Sprintf("#%d", p.Number))
		name := p.Author.Login
		if name == "" {
			name = p.Author.Name
		}
		lines = append(lines, fmt.Sprintf("* #%d: %s (%s)", p.Number, oneLine(p.Title), name))
	}
	title := "Merge pull request " + numbers[0]
	if n := len(numbers); n > 1 {
		title = "Merge pull requests " + strings.Join(numbers[:n-1], ", ") + " and " + numbers[n-1]
	}
	message, err := NewMessage(title, strings.Join(lines, "\n"))
	if err != nil {
		return message, err
	}
	message.Trailers, err = Trailers(person, o.SignOff, nil)
	return message, err
}

// Fits tells whether a pull request is as it was when somebody looked at it, and may
// be an arm. The error is ErrStale or ErrInvalid.
func (o Octopus) Fits(a Arm, p PullRequest) error {
	switch {
	case p.Base != o.Base:
		return Errorf(ErrInvalid, nil, "Pull request %d is for the branch %s, not for %s.", a.Number, p.Base, o.Base)
	case p.State == Merged:
		return Errorf(ErrStale, nil, "Pull request %d was merged meanwhile. Nothing was written; look again.", a.Number)
	case p.State != Open:
		return Errorf(ErrStale, nil, "Pull request %d was closed meanwhile. Nothing was written; look again.", a.Number)
	case p.Head != a.Head:
		return Errorf(ErrStale, nil, "Pull request %d was changed since you looked at it. Nothing was written; look again.", a.Number)
	}
	return nil
}

// Moved is the error for a base that has gone on.
func (o Octopus) Moved() error {
	return Errorf(ErrStale, nil, "The branch %s has gone on since you looked at it. Nothing was written; look again at what would be put where.", o.Base)
}

// Crossed is the error for a pull request and a base that have merged each other, so
// that nobody can tell what the pull request adds.
func (o Octopus) Crossed(number int) error {
	return Errorf(ErrConflict, nil, "Pull request %d and the branch %s have merged each other, so it has to be merged by itself.", number, o.Base)
}

// Strays is the error for a pull request that changes another file, too, whose change
// would be lost.
func (o Octopus) Strays(number int, path string) error {
	return Errorf(ErrConflict, nil, "Pull request %d changes %s, too, so it has to be merged by itself.", number, path)
}
