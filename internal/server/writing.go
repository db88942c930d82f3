package server

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

// writingLine matches such a line.
var writingLine = regexp.MustCompile(`(?m)^Writing:[ \t]*(.*?)[ \t\r]*(?:\n|$)`)

// Limits of the sections that one pull request takes.
const (
	maxWriting = 20
	maxSection = 200 // bytes of a name
)

// writingOf are the sections that a description says are taken.
func writingOf(body string) []string {
	names := []string{}
	for _, m := range writingLine.FindAllStringSubmatch(body, -1) {
		for name := range strings.SplitSeq(m[1], ";") {
			names = addSection(names, name)
		}
	}
	return names
}

func addSection(names []string, name string) []string {
	name = strings.Join(strings.Fields(strings.ReplaceAll(name, ";", ",")), " ")
	if name == "" || len(name) > maxSection || len(names) == maxWriting || slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// withWriting is a description that takes the sections, and no others.
func withWriting(body string, sections []string) string {
	body = strings.TrimRight(writingLine.ReplaceAllString(body, ""), "\n \t")
	var names []string
	for _, name := range sections {
		names = addSection(names, name)
	}
	if len(names) == 0 {
		return body
	}
	if body != "" {
		body += "\n\n"
	}
	return body + "Writing: " + strings.Join(names, "; ")
}
