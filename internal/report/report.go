// Package report writes what a check found for people and for machines: as
// compilers do, as lines of JSON, as annotations of a GitHub workflow, and as SARIF.
// A [Baseline] keeps what was found before out of it.
package report

import (
	"fmt"
	"io"
	"strings"

	"galley/internal/diag"
)

// Finding is a diagnostic in a file.
type Finding struct {
	// File is the path that is written, with slashes.
	File string
	diag.Diagnostic
	// Start and End are the diagnostic's range; zero where the problem is in a
	// file that was not read.
	Start, End diag.Position
	// Line is the text of the line that it begins on.
	Line string
	// Mended is the place of its fix, if it has one.
	Mended [2]diag.Position
}

// Find places diagnostics of a file in it. Those of another file are placed at no
// line of that one.
func Find(file string, src []byte, list []diag.Diagnostic) []Finding {
	index := diag.NewIndex(src)
	var out []Finding
	for _, d := range list {
		f := Finding{File: file, Diagnostic: d}
		if d.File != "" {
			f.File = d.File
			out = append(out, f)
			continue
		}
		f.Start, f.End = index.Position(d.Range.Start), index.Position(d.Range.End)
		from := index.Line(f.Start.Line)
		f.Line, _, _ = strings.Cut(string(src[from:]), "\n")
		if d.Fix != nil {
			f.Mended = [2]diag.Position{index.Position(d.Fix.Range.Start), index.Position(d.Fix.Range.End)}
		}
		out = append(out, f)
	}
	return out
}

// Rule is what a report says of a rule.
type Rule struct {
	Code, About string
	Level       diag.Severity
}

// Formats names the formats that [Write] knows.
var Formats = []string{"text", "json", "sarif", "github"}

// Write writes findings in a format. Only SARIF tells of rules.
func Write(w io.Writer, format string, found []Finding, rules []Rule) error {
	switch format {
	case "text":
		for _, f := range found {
			if _, err := fmt.Fprintln(w, text(f)); err != nil {
				return err
			}
		}
		return nil
	case "json":
		return writeJSON(w, found)
	case "github":
		return writeAnnotations(w, found)
	case "sarif":
		return writeSARIF(w, found, rules)
	}
	return fmt.Errorf("the format is text, json, sarif or github, not %q", format)
}

// text is a finding as compilers write it: "file:line:column: severity: message
// (code)".
func text(f Finding) string {
	at := f.File
	if f.Start.Line > 0 {
		at += ":" + f.Start.String()
	}
	return fmt.Sprintf("%s: %s: %s (%s)", at, f.Severity, f.Message, f.Code)
}

// writeAnnotations writes workflow commands, which GitHub shows beside the lines:
// https://docs.github.com/actions/reference/workflow-commands.
func writeAnnotations(w io.Writer, found []Finding) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	levels := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Info: "notice"}
	for _, f := range found {
		at := f.Start
		if at.Line == 0 {
			at = diag.Position{Line: 1, Column: 1}
		}
		if _, err := fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n",
			levels[f.Severity], property.Replace(f.File), at.Line, at.Column, property.Replace(f.Code), data.Replace(f.Message)); err != nil {
			return err
		}
	}
	return nil
}
