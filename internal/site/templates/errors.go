package templates

import (
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"galley/internal/diag"
	"galley/internal/site/config"
)

// templatePlace finds file and line in an error of the template library.
var templatePlace = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+):(?:(\d+)(?::\d+)?:)? ?`)

// templateDiag tells a template's error: file, line and the words there.
func templateDiag(src Source, err error) diag.Diagnostic {
	message, line := err.Error(), 0
	if m := templatePlace.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[2])
		message = strings.TrimPrefix(message, m[0])
	}
	if line == 0 {
		return diag.Diagnostic{File: src.file, Severity: diag.Error, Code: "template",
			Message: fmt.Sprintf("This template is wrong: %s.", message)}
	}
	r := diag.LineRange([]byte(src.Text), line)
	words := strings.TrimSpace(src.Text[r.Start:r.End])
	if len(words) > 120 {
		words = words[:120] + "…"
	}
	text := fmt.Sprintf("Line %d of this template is wrong: %s.", line, message)
	if words != "" {
		text += fmt.Sprintf(" It reads: %s", words)
	}
	return diag.Diagnostic{File: src.file, Range: r, Severity: diag.Error, Code: "template", Message: text}
}

// Failure tells of a template that failed at work; files are the site's, builtIn
// the built-in templates.
func (t *Template) Failure(files, builtIn fs.FS, err error) diag.Diagnostic {
	src := Source{file: t.File}
	if m := templatePlace.FindStringSubmatch(err.Error()); m != nil {
		for _, from := range []map[string]Source{Sources(files, config.TemplateDir, true), Sources(builtIn, ".", false)} {
			if found, ok := from[m[1]]; ok {
				src = found
				break
			}
		}
	}
	return templateDiag(src, fmt.Errorf("%s", strings.TrimSuffix(err.Error(), ".")))
}
