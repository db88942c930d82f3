// Package lint checks a post against house rules, one rule a file. A rule
// speaks of what a writer would want mended before the post is published, never
// of what the page could not be rendered for: that is said by packages post and
// site.
package lint

import (
	"cmp"
	"slices"

	"galley/internal/diag"
	"galley/internal/post"
)

// rule finds what breaks it.
type rule func(post.Post, Settings) []diag.Diagnostic

// Check applies every rule to a post, and gives what they found by place.
func Check(p post.Post, s Settings) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, check := range []rule{spacesBehindMarks, emptyBullets, emptyLabels, emptySections, splitLinks, placeholders, futureDate, partialDate, days} {
		found = append(found, check(p, s)...)
	}
	slices.SortStableFunc(found, func(a, b diag.Diagnostic) int { return cmp.Compare(a.Range.Start, b.Range.Start) })
	return found
}
