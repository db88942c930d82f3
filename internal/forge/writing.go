package forge

import (
	"regexp"
	"slices"
	"strings"
)

// A pull request's description names the sections that its author has taken, in
// a line of its own:
//
//	Writing: Promotions; Shoutouts
//
// That line is all there is to a taken section: whoever reads the open pull
// requests knows it, and when they are merged or closed it is free again.

// writingLine matches such a line, without its end.
var writingLine = regexp.MustCompile(`^Writing:[ \t]*([^\r\n]*)`)

// MaxWriting is how many sections one pull request takes at most.
const MaxWriting = 20

const maxSection = 200 // bytes of a name

// Writing are the sections that a description says are taken.
func Writing(body string) []string {
	names := []string{}
	for line := range strings.SplitSeq(body, "\n") {
		if m := writingLine.FindStringSubmatch(line); m != nil {
			for name := range strings.SplitSeq(m[1], ";") {
				names = AddSection(names, name)
			}
		}
	}
	return names
}

// AddSection adds a section's name as a description has it, unless it is there
// already, too long or one too many.
func AddSection(names []string, name string) []string {
	name = strings.Join(strings.Fields(strings.ReplaceAll(name, ";", ",")), " ")
	if name == "" || len(name) > maxSection || len(names) == MaxWriting || slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// WithWriting is a description that takes the sections, and no others. All of it
// but that line stays as it is, byte for byte.
func WithWriting(body string, sections []string) string {
	var names []string
	for _, name := range sections {
		names = AddSection(names, oneLine(name))
	}
	line := ""
	if len(names) > 0 {
		line = harmless("Writing: " + strings.Join(names, "; "))
	}
	return withLine(body, writingLine, line)
}

// Describe is the description that a pull request gets by the submission, from
// the one that it has. A message takes its place, and an empty one leaves it.
// The line of sections is merged: those that either of them names and those that
// the submission takes are in it, without those that it gives back. So a section
// that was taken in another browser meanwhile stays taken. So is what is dismissed.
func (s Submission) Describe(now, message string) string {
	body := message
	if message == "" {
		body = now
	}
	given := named(s.GivenBack)
	taken := []string{}
	for _, names := range [][]string{Writing(now), Writing(body), named(s.Writing)} {
		for _, name := range names {
			if !slices.Contains(given, name) {
				taken = AddSection(taken, name)
			}
		}
	}
	if !slices.Equal(taken, Writing(body)) {
		body = WithWriting(body, taken)
	}
	return s.describeDismissed(now, body)
}

// named are sections as a description names them.
func named(sections []string) []string {
	return Writing(WithWriting("", sections))
}
