package site

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"galley/internal/diag"
)

// templatePlace finds file and line in an error of the template library.
var templatePlace = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+):(?:(\d+)(?::\d+)?:)? ?`)

// templateDiag tells a template's error: file, line and the words there.
func templateDiag(src templateSource, err error) diag.Diagnostic {
	message, line := err.Error(), 0
	if m := templatePlace.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[2])
		message = strings.TrimPrefix(message, m[0])
	}
	if line == 0 {
		return diag.Diagnostic{File: src.file, Severity: diag.Error, Code: "template",
			Message: fmt.Sprintf("This template is wrong: %s.", message)}
	}
	r := diag.LineRange([]byte(src.text), line)
	words := strings.TrimSpace(src.text[r.Start:r.End])
	if len(words) > 120 {
		words = words[:120] + "…"
	}
	text := fmt.Sprintf("Line %d of this template is wrong: %s.", line, message)
	if words != "" {
		text += fmt.Sprintf(" It reads: %s", words)
	}
	return diag.Diagnostic{File: src.file, Range: r, Severity: diag.Error, Code: "template", Message: text}
}
