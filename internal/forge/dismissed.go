package forge

import (
	"regexp"
	"slices"
	"strings"
)

// A pull request's description says what its author has dismissed of the material
// for an edition, by the keys of internal/tray, in a comment that readers do not
// see:
//
//	<!-- Dismissed: 0123456789ab cdef01234567 -->
//
// As with sections, that line is all there is to it.

// dismissedLine matches such a line, without its end.
var dismissedLine = regexp.MustCompile(`^<!-- Dismissed:((?: [0-9a-f]{12})*) -->`)

var dismissedKey = regexp.MustCompile(`^[0-9a-f]{12}$`)

// MaxDismissed is how many items one pull request dismisses at most; the first
// ones are forgotten.
const MaxDismissed = 500

// Dismissed are the keys that a description says are dismissed.
func Dismissed(body string) []string {
	keys := []string{}
	for line := range strings.SplitSeq(body, "\n") {
		if m := dismissedLine.FindStringSubmatch(line); m != nil {
			for key := range strings.FieldsSeq(m[1]) {
				keys = addKey(keys, key)
			}
		}
	}
	return keys
}

func addKey(keys []string, key string) []string {
	if !dismissedKey.MatchString(key) || slices.Contains(keys, key) {
		return keys
	}
	return append(keys[max(0, len(keys)+1-MaxDismissed):], key)
}

// describeDismissed is the body with what is dismissed: what either description
// says, and the submission, without what the submission takes back.
func (s Submission) describeDismissed(now, body string) string {
	keys := []string{}
	restored := make(map[string]bool, len(s.Restored))
	for _, key := range s.Restored {
		restored[key] = true
	}
	for _, list := range [][]string{Dismissed(now), Dismissed(body), s.Dismissed} {
		for _, key := range list {
			if !restored[key] {
				keys = addKey(keys, key)
			}
		}
	}
	if slices.Equal(keys, Dismissed(body)) {
		return body
	}
	line := ""
	if len(keys) > 0 {
		line = "<!-- Dismissed: " + strings.Join(keys, " ") + " -->"
	}
	return withLine(body, dismissedLine, line)
}
