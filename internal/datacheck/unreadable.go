package datacheck

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"galley/internal/datafile"
	"galley/internal/diag"
)

// unreadable tells why YAML or JSON cannot be read.
func unreadable(text lines, isJSON bool, problem datafile.Problem) diag.Diagnostic {
	if isJSON {
		if d, ok := jsonProblem(text.src); ok {
			d.Severity, d.Code = diag.Error, "data"
			return d
		}
	}
	d := diag.Diagnostic{Severity: diag.Error, Code: "data", Range: text.within(problem.Line)}
	e := loadError(text.src)
	if e == nil || e.Mark.Line == 0 {
		d.Message = plainly(problem.Message)
		return d
	}
	y := yamlProblem{lines: text, e: e, at: text.offset(e.Mark.Line, e.Mark.Column)}
	d.Range, d.Message, d.Fix = y.explain()
	return d
}

// plainly is a problem whose place is not known but for its line.
func plainly(message string) string {
	if strings.Contains(message, "control characters") || strings.Contains(message, "invalid") && strings.Contains(message, "UTF-8") {
		return "There is a character in this line that cannot be seen and that no data file may have. Take it out: type the line anew."
	}
	return fmt.Sprintf("This cannot be read as YAML: %s.", strings.TrimSuffix(message, "."))
}

// loadError is what the second reader says; nil where it reads the text.
func loadError(src []byte) (e *yaml.LoadError) {
	defer func() {
		if recover() != nil {
			e = nil
		}
	}()
	var node yaml.Node
	if err := yaml.Unmarshal(bytes.TrimPrefix(src, []byte("\ufeff")), &node); errors.As(err, &e) {
		return e
	}
	return nil
}

// yamlProblem is a place at which YAML cannot be read on.
type yamlProblem struct {
	lines
	e  *yaml.LoadError
	at int
}

// explain says in which words a writer understands it.
func (y yamlProblem) explain() (diag.Range, string, *diag.Fix) {
	line := y.e.Mark.Line
	text, start := y.line(line)
	before := text[:min(max(y.at-start, 0), len(text))]
	here := diag.Range{Start: y.at, End: start + len(text)}
	if here.End == here.Start {
		here = y.within(line)
	}
	begun := y.e.ContextMark
	opened := diag.Range{Start: y.offset(begun.Line, begun.Column)}
	opened.End = min(opened.Start+1, len(y.src))

	message := y.e.Message
	switch {
	case hasTab(text) && (strings.Contains(message, "tab") || strings.Contains(message, "cannot start any token")):
		indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
		place := diag.Range{Start: start, End: start + len(indent)}
		return place, "A tab stands in the indentation of this line, where YAML takes spaces alone. Put spaces in its place.",
			&diag.Fix{Name: "Put spaces", Range: place, Insert: strings.ReplaceAll(indent, "\t", "  ")}
	case y.e.ContextMsg == "while scanning a quoted scalar" && strings.Contains(message, "unexpected"):
		return opened, fmt.Sprintf("The quote that begins here is not closed. Put %c behind the text that it is to hold, or take it out.", y.charAt(opened.Start)), nil
	case strings.Contains(message, "unknown escape"):
		return here, "Within double quotes a backslash has a meaning of its own. Write two of them for one, or put the text in single quotes.", nil
	case strings.Contains(message, "mapping values are not allowed"):
		if strings.Contains(before, ": ") {
			return y.within(line), "A second “: ” stands in this line, so that it is not clear which of the two divides a key from its value. Put the value in quotes.", nil
		}
		return y.within(line), "This line does not go together with the line before: either that one lacks its “: ”, or this one is indented too far.", nil
	case strings.Contains(message, "could not find expected ':'"):
		return y.within(begun.Line), "This line has no “: ” that divides a key from its value. Write both, with a space behind the colon, or indent the line so that it goes on with the text before.", nil
	case strings.Contains(message, "cannot start any token"):
		return here, fmt.Sprintf("A value cannot begin with %c. Put it in quotes.", y.charAt(y.at)), quoted(y.src, here)
	case strings.Contains(message, "expected ',' or"):
		open, closing := "[", "]"
		if strings.Contains(message, "'}'") {
			open, closing = "{", "}"
		}
		if y.endsAt(y.at) {
			return opened, fmt.Sprintf("The %s that begins here is not closed: the file ends before its %s.", open, closing), nil
		}
		return here, fmt.Sprintf("A comma is missing before this, or the %s of line %d is to be closed by %s.", open, begun.Line, closing), nil
	case strings.Contains(message, "expected node content"):
		return here, "A value is missing here: there is a comma too many, or nothing between two signs.", nil
	case strings.Contains(message, "did not find expected") && strings.HasSuffix(strings.TrimRight(before, " \t"), `"`),
		strings.Contains(message, "did not find expected") && strings.HasSuffix(strings.TrimRight(before, " \t"), "'"):
		return here, "Text stands behind a closing quote. Put the whole value in quotes; a quote within it is written as '' between single quotes, and as \\\" between double ones.", nil
	case strings.Contains(message, "did not find expected '-'"):
		return y.within(line), fmt.Sprintf("The list that begins in line %d goes on here, but this line does not begin with “- ”. Write “- ” before it, or indent it so that it belongs to the item above.", begun.Line), nil
	case strings.Contains(message, "did not find expected key"):
		return y.within(line), notIndented(begun.Line, begun.Column-1), nil
	case strings.Contains(message, "block sequence entries are not allowed"):
		return y.within(line), "An item of a list cannot begin here. Begin the list in a line of its own, below its key.", nil
	case strings.Contains(message, "unknown anchor"):
		return here, "No value before this has that name (&name), so that * cannot repeat it. Put the text in quotes if it is to begin with *.", quoted(y.src, here)
	}
	return here, plainly(message), nil
}

func (y yamlProblem) charAt(at int) rune {
	c, _ := utf8.DecodeRune(y.src[min(at, len(y.src)):])
	return c
}

// hasTab tells that a tab is in a line's indentation.
func hasTab(line string) bool {
	return strings.Contains(line[:len(line)-len(strings.TrimLeft(line, " \t"))], "\t")
}

// notIndented tells by how much a line is to be indented.
func notIndented(begun, spaces int) string {
	switch spaces {
	case 0:
		return fmt.Sprintf("This line is not indented as the other keys of the map that begins in line %d. Indent it as they are, by no space.", begun)
	case 1:
		return fmt.Sprintf("This line is not indented as the other keys of the map that begins in line %d. Indent it as they are, by one space.", begun)
	}
	return fmt.Sprintf("This line is not indented as the other keys of the map that begins in line %d. Indent it as they are, by %d spaces.", begun, spaces)
}

// quoted is a fix that puts what stands in a range between quotes; nil where that
// would not be all of it.
func quoted(src []byte, r diag.Range) *diag.Fix {
	if r.End-r.Start > maxText {
		return nil
	}
	text := strings.TrimRight(string(src[r.Start:r.End]), " \t\r")
	if text == "" || strings.ContainsAny(text, "\"\\\n") || strings.Contains(text, " #") {
		return nil
	}
	return &diag.Fix{Name: "Put it in quotes", Range: diag.Range{Start: r.Start, End: r.Start + len(text)}, Insert: `"` + text + `"`}
}
