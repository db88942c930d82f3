package forge

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxBranch is the longest branch name, in bytes: a file on disk is named
// after each part, with ".lock" behind it.
const maxBranch = 200

// CheckBranch tells whether a text is the short name of a branch, as Git's
// rules for references have it and a little stricter: no full names
// ("refs/heads/x"), no "HEAD", no names that a command would take for an option
// ("-x") or for an expression ("a..b", "x@{1}", "x^"), no part that starts with
// a dot or ends in ".lock", nothing invisible. The error is an ErrInvalid.
func CheckBranch(name string) error {
	refuse := func(why string) error {
		return &Error{
			Kind:     ErrInvalid,
			Sentence: fmt.Sprintf("%q is not a name for a branch: %s.", shorten(name, 120), why),
		}
	}
	switch {
	case name == "":
		return &Error{Kind: ErrInvalid, Sentence: "The branch needs a name."}
	case len(name) > maxBranch:
		return refuse("it is too long")
	case !utf8.ValidString(name):
		return refuse("it is not UTF-8 text")
	case strings.HasPrefix(name, "-"):
		return refuse("it starts with a hyphen")
	case strings.HasPrefix(strings.ToLower(name), "refs/"):
		return refuse("it is the full name of a reference")
	case strings.EqualFold(name, "HEAD") || name == "@":
		return refuse("Git uses it for something else")
	case strings.Contains(name, ".."), strings.Contains(name, "@{"), strings.ContainsAny(name, " ~^:?*[\\%"):
		return refuse("Git reads it as an expression")
	case strings.HasSuffix(name, "."):
		return refuse("it ends in a dot")
	case looksLikeCommit(name):
		return refuse("it looks like the id of a commit")
	}
	for _, r := range name {
		if !unicode.IsGraphic(r) || unicode.IsSpace(r) || invisible(r) {
			return refuse("it has an invisible character")
		}
	}
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case part == "":
			return refuse("it has an empty part")
		case strings.HasPrefix(part, "."):
			return refuse("a part of it starts with a dot")
		case strings.HasSuffix(strings.ToLower(part), ".lock"):
			return refuse("a part of it ends in .lock")
		}
	}
	return nil
}

// galleyPrefix begins the names of the branches that Submit makes.
const galleyPrefix = "galley/"

// CheckStart tells whether a branch may be started under a name: CheckBranch
// holds, and the name is not one of those that are kept for pull requests. The
// error is an ErrInvalid.
func CheckStart(name string) error {
	if err := CheckBranch(name); err != nil {
		return err
	}
	if strings.HasPrefix(strings.ToLower(name), galleyPrefix) {
		return Errorf(ErrInvalid, nil, "Names that begin with %s are kept for pull requests. Choose another name for the branch.", galleyPrefix)
	}
	return nil
}

// looksLikeCommit matches what GitHub and Git take for a commit before they
// look for a branch.
func looksLikeCommit(name string) bool {
	if len(name) != 40 {
		return false
	}
	_, err := hex.DecodeString(name)
	return err == nil
}

// BranchName names the branch on which a person works on a file:
// "galley/LOGIN/SLUG". It is the same every time, so that a second submission,
// or one whose answer was lost, finds the first; it is valid for every input;
// and two people, or two files, do not share one. The plain form is for
// "_posts/SLUG.md" with a SLUG of small letters, digits and hyphens; anything
// else gets a few digits of a hash behind what can be kept of it.
func BranchName(person Person, file string) string {
	login := person.Login
	if login == "" {
		login = person.Name
	}
	who := slug(login, 40)
	if who == "" {
		who = "writer"
	}
	// Logins differ in more than case: never on GitHub, but on a laptop.
	if who != strings.ToLower(login) && login != "" {
		who += "-" + digest(login)
	}
	what := slug(strings.TrimSuffix(path.Base(file), path.Ext(file)), 80)
	if file != "_posts/"+what+".md" {
		if what != "" {
			what += "-"
		}
		what += digest(file)
	}
	return galleyPrefix + who + "/" + what
}

// NextBranch is the nth name for a branch whose earlier pull requests are
// merged, closed or for another base: the name itself for 1, then NAME.2, NAME.3. BranchName
// never makes a dot, so that these are nobody else's.
func NextBranch(name string, n int) string {
	if n <= 1 {
		return name
	}
	return fmt.Sprintf("%s.%d", name, n)
}

// OwnBranch tells whether a branch is one of BranchName's and NextBranch's for a
// person and a file: submitting the file again updates its pull request.
func OwnBranch(person Person, file, branch string) bool {
	name := BranchName(person, file)
	rest, ok := strings.CutPrefix(branch, name)
	if !ok || rest == "" {
		return ok
	}
	n, err := strconv.Atoi(strings.TrimPrefix(rest, "."))
	return err == nil && n > 1 && branch == NextBranch(name, n)
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug keeps the ASCII letters and digits of a text, accents taken off, with
// hyphens between.
func slug(s string, limit int) string {
	s = strings.ToLower(norm.NFKD.String(s))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s)
	s = strings.Trim(notSlug.ReplaceAllString(s, "-"), "-")
	return strings.Trim(s[:min(len(s), limit)], "-")
}

// digest is a short name for a text that cannot be one itself.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}

var forkOwner = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9_])?$`)

// CheckReadBranch tells whether a text names a branch that can be read: one of
// CheckBranch's, or "fork:branch" as a pull request has it. The error is an
// ErrInvalid.
func CheckReadBranch(name string) error {
	if owner, branch, forked := strings.Cut(name, ":"); forked && forkOwner.MatchString(owner) {
		return CheckBranch(branch)
	}
	return CheckBranch(name)
}

// IsForked tells whether the name of a branch is "fork:branch", which is in
// another repository.
func IsForked(name string) bool { return strings.Contains(name, ":") }
