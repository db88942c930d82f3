package tray

import "strings"

// maxFields is how many fields of a form are read.
const maxFields = 30

// ReadForm reads the body of an issue that was made by a form: headings of level 3,
// each with what was filled in below it. Names are small, with _ for spaces.
func ReadForm(body string) [][2]string {
	var fields [][2]string
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "### "); ok {
			if len(fields) == maxFields {
				break
			}
			name = strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
				return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f)
			}), "_")
			fields = append(fields, [2]string{name, ""})
			continue
		}
		if n := len(fields); n > 0 && line != "" && line != "_No response_" && len(fields[n-1][1]) < maxSummary {
			fields[n-1][1] = strings.TrimSpace(fields[n-1][1] + " " + line)
		}
	}
	return fields
}
