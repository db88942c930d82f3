package forge

import (
	"regexp"
	"strings"
)

// withLine is a description in which the one line that the pattern matches, if
// there is one, is another: the line, or none where that is empty. All else stays
// as it is, byte for byte.
func withLine(body string, pattern *regexp.Regexp, line string) string {
	var out strings.Builder
	written, cut := false, false // cut: the line was the last one
	for old := range strings.SplitAfterSeq(body, "\n") {
		switch {
		case !pattern.MatchString(old):
			out.WriteString(old)
			cut = cut && old == ""
		case line != "" && !written:
			out.WriteString(line + old[len(strings.TrimRight(old, "\r\n")):])
			written, cut = true, false
		default:
			cut = true
		}
	}
	text := out.String()
	switch {
	case cut:
		text = strings.TrimRight(text, "\r\n")
	case line != "" && !written && text == "":
		text = line
	case line != "" && !written:
		end := "\n"
		if strings.Contains(text, "\r\n") {
			end = "\r\n"
		}
		for !strings.HasSuffix(text, end+end) {
			text += end
		}
		text += line
	}
	return text
}
