package build

import (
	"errors"
	"fmt"
	"io/fs"
	"sort"

	"galley/internal/diag"
)

// Report tells what a build did.
type Report struct {
	// Posts, Pages and Files are how many of each were made; Files are those
	// that were copied as they are.
	Posts, Pages, Files int
	// Hidden are the files that the settings keep back, with the reason.
	Hidden []Hidden
	// Problems are everything that was found wrong, by file.
	Problems []Problem
	// Written are the names of all files of the built site, sorted.
	Written []string
	// Kept are style sheets with a mistake: nothing was made of them, and what was
	// made of them before stays.
	Kept []string
}

// Hidden is a post that is not published.
type Hidden struct {
	// File is the post, Reason why: "it is a draft".
	File, Reason string
}

// Problem is a diagnostic with the file that it is about.
type Problem struct {
	diag.Diagnostic
	// Position is where in the file, counted from 1; zero when the problem
	// has no place.
	Position diag.Position
}

// String writes a problem as compilers do.
func (p Problem) String() string {
	if p.Position.Line == 0 {
		return fmt.Sprintf("%s: %s: %s (%s)", p.File, p.Severity, p.Message, p.Code)
	}
	return fmt.Sprintf("%s:%s: %s: %s (%s)", p.File, p.Position, p.Severity, p.Message, p.Code)
}

// problem gives a diagnostic its file and position.
func (s builder) problem(o output, d diag.Diagnostic) Problem {
	src := []byte(nil)
	if d.File == "" {
		d.File = o.from
		if o.entry != nil {
			src = o.entry.Post.Source
		}
	} else if b, err := fs.ReadFile(s.Files, d.File); err == nil {
		src = b
	} else if !errors.Is(err, fs.ErrNotExist) {
		return Problem{Diagnostic: d}
	}
	p := Problem{Diagnostic: d}
	if src != nil {
		p.Position = diag.NewIndex(src).Position(d.Range.Start)
	}
	return p
}

// sortProblems orders problems by file and place, each once.
func sortProblems(list []Problem) []Problem {
	sort.SliceStable(list, func(i, j int) bool {
		if list[i].File != list[j].File {
			return list[i].File < list[j].File
		}
		if list[i].Range.Start != list[j].Range.Start {
			return list[i].Range.Start < list[j].Range.Start
		}
		return list[i].Message < list[j].Message
	})
	kept := list[:0]
	for _, p := range list {
		if len(kept) == 0 || kept[len(kept)-1] != p {
			kept = append(kept, p)
		}
	}
	return kept
}
